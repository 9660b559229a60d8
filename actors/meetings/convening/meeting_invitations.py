"""One participant's place in a meeting, as the pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from actors.meetings import timetable, words
from actors.meetings.enums import Answer
from actors.meetings.models import Meeting, Participant
from actors.meetings.timetable import Span
from actors.standing import Standing

WORD_JOINER = "\u2060"


@dataclass(frozen=True)
class Invitation:
    place: Participant

    @classmethod
    def of(cls, meeting: Meeting, standing: Standing) -> Invitation | None:
        """The person's own; None for who is not invited."""
        place = meeting.participants.filter(user=standing.user.pk).prefetch_related("actors").first()
        if place is None:
            return None
        place.meeting = meeting
        return cls(place)

    @property
    def meeting(self) -> Meeting:
        return self.place.meeting

    @property
    def needed(self) -> str:
        """I skal bruges kl. 9.20–9.40. No line breaks inside a time."""
        return _unbroken(words.needed(self.meeting, self.place.needed, for_actors=bool(self.place.actor_ids)))

    @property
    def choices(self) -> list[tuple[Answer, bool]]:
        """The answers one can give, and whether it is the one that was given."""
        return [(answer, answer == self.place.answer) for answer in (Answer.YES, Answer.NO)]

    @property
    def may_answer(self) -> bool:
        return self.meeting.stands and not self.meeting.is_over


@dataclass(frozen=True)
class Colleagues:
    """The times of actors that somebody else comes for: all their people see when they are needed, and those who were invited answer."""

    meeting: Meeting
    spans: list[Span]

    @classmethod
    def of(cls, meeting: Meeting, standing: Standing) -> Colleagues | None:
        """None where nobody was invited for an actor of the person's. One statement, for who acts for an actor of the house."""
        own = standing.actors_in(meeting.center_id)
        if not own or not meeting.stands or meeting.is_over:
            return None
        invited = set(meeting.participants.filter(actors__in=own).values_list("actors", flat=True)) & own
        return cls(meeting, timetable.needed(meeting, meeting.slots, invited)) if invited else None

    @property
    def needed(self) -> str:
        """I skal bruges kl. 9.20–9.40."""
        return _unbroken(words.needed(self.meeting, self.spans, for_actors=True))


def _unbroken(said: str) -> str:
    return said.replace("–", f"{WORD_JOINER}–{WORD_JOINER}")
