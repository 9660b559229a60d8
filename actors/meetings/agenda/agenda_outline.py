"""The agenda as a page shows it: each item with its time, and whether it is for the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actors.meetings import timetable, words
from actors.meetings.action_points.action_point_rows import ActionPointRow
from actors.meetings.convening.meeting_invitations import Invitation
from actors.meetings.models import AgendaItem, Meeting
from actors.meetings.timetable import Slot
from medborger.common import phrases


@dataclass(frozen=True)
class Line:
    """`mine`: the item is for the reader, and not for all."""

    slot: Slot
    mine: bool
    is_first: bool
    is_last: bool
    points: Sequence[ActionPointRow] = ()

    @property
    def item(self) -> AgendaItem:
        return self.slot.item

    @property
    def hours(self) -> str:
        return phrases.hours(self.slot.starts_at, self.slot.ends_at)

    @property
    def audience(self) -> str:
        """Whom the item concerns; empty for everyone."""
        return ", ".join(actor.name for actor in self.item.audience.all())


@dataclass(frozen=True)
class Outline:
    lines: list[Line]
    overrun: str

    @classmethod
    def of(
        cls,
        meeting: Meeting,
        invitation: Invitation | None = None,
        points: Mapping[int, Sequence[ActionPointRow]] | None = None,
    ) -> Outline:
        """`points` are those of each item, by its id, where the reader may see them."""
        slots = meeting.slots
        own = invitation.place.actor_ids if invitation else frozenset()
        lines = [
            Line(
                slot,
                mine=not own.isdisjoint(slot.item.audience_ids),
                is_first=slot is slots[0],
                is_last=slot is slots[-1],
                points=(points or {}).get(slot.item.pk, ()),
            )
            for slot in slots
        ]
        end = timetable.ends_at(meeting.starts_at, [slot.item for slot in slots])
        return cls(lines, words.overrun(meeting.ends_at, end))
