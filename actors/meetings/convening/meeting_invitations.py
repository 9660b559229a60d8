"""When a reader is needed at a meeting, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from actors.access import Access
from actors.meetings import timetable
from actors.meetings.enums import Answer
from actors.meetings.models import Meeting, Participant
from actors.meetings.timetable import Span

WORD_JOINER = "\u2060"


@dataclass(frozen=True)
class MeetingInvitation:
    """When the reader is needed. `place` is their own; None where somebody else comes for an actor of theirs: all people of an actor see
    when it is needed, and only participants answer."""

    meeting: Meeting
    place: Participant | None
    spans: list[Span]

    @classmethod
    def of(cls, meeting: Meeting, access: Access) -> MeetingInvitation | None:
        """Return None where neither the person nor an actor of theirs is invited, or where only an actor is and the meeting is over or
        cancelled."""
        place = meeting.participants.filter(user=access.user.pk).prefetch_related("actors").first()
        if place is not None:
            place.meeting = meeting
            return cls.of_place(place)
        own = access.actors_in(meeting.center_id)
        if not own or not meeting.is_coming:
            return None
        invited = set(meeting.participants.filter(actors__in=own).values_list("actors", flat=True)) & own
        return cls(meeting, None, timetable.needed(meeting, invited)) if invited else None

    @classmethod
    def of_place(cls, place: Participant) -> MeetingInvitation:
        return cls(place.meeting, place, place.needed)

    @property
    def needed(self) -> str:
        """I skal bruges kl. 9.20–9.40. No line breaks inside a time."""
        for_actors = self.place is None or bool(self.place.actor_ids)
        said = timetable.needed_words(self.meeting, self.spans, for_actors=for_actors)
        return said.replace("–", f"{WORD_JOINER}–{WORD_JOINER}")

    @property
    def choices(self) -> list[tuple[Answer, bool]]:
        """The answers a participant can give, and whether it is the one that was given."""
        return [(answer, answer == self.place.answer) for answer in (Answer.YES, Answer.NO)] if self.place else []
