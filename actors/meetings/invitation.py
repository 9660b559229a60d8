"""One participant's place in a meeting, as the pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from actors.meetings import words
from actors.meetings.enums import Answer
from actors.meetings.models import Meeting, Participant

WORD_JOINER = "\u2060"


@dataclass(frozen=True)
class Invitation:
    place: Participant

    @property
    def meeting(self) -> Meeting:
        return self.place.meeting

    @property
    def needed(self) -> str:
        """I skal bruges kl. 9.20–9.40. No line breaks inside a time."""
        said = words.needed(self.meeting, self.place.needed, for_actors=bool(self.place.actor_ids))
        return said.replace("–", f"{WORD_JOINER}–{WORD_JOINER}")

    @property
    def choices(self) -> list[tuple[Answer, bool]]:
        """The answers one can give, and whether it is the one that was given."""
        return [(answer, answer == self.place.answer) for answer in (Answer.YES, Answer.NO)]

    @property
    def may_answer(self) -> bool:
        return self.meeting.stands and not self.meeting.is_over
