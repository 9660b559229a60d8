"""Which item comes when, and when each participant is needed. Pure: it reads nothing and decides nothing else.

"Delte møder, hvor aktører går til og fra" (S1921-29): an item may have an audience of its own; whoever it does not concern
need not be there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actors.meetings.models import AgendaItem, Meeting

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Slot:
    """An item and its time, in UTC."""

    item: AgendaItem
    starts_at: datetime
    ends_at: datetime

    def concerns(self, actor_ids: Collection[int]) -> bool:
        """Whether these actors are needed for it. Nobody's actors are those of a person who is there in their own right."""
        audience = self.item.audience_ids
        return not audience or not actor_ids or not audience.isdisjoint(actor_ids)


def slots(starts_at: datetime, items: Iterable[AgendaItem]) -> list[Slot]:
    """The items in their order, one after another from the meeting's start. Lengths are elapsed time."""
    return list(_one_after_another(starts_at, items))


def _one_after_another(starts_at: datetime, items: Iterable[AgendaItem]) -> Iterator[Slot]:
    for item in items:
        ends_at = starts_at + timedelta(minutes=item.minutes_needed)
        yield Slot(item, starts_at, ends_at)
        starts_at = ends_at


def ends_at(starts_at: datetime, items: Iterable[AgendaItem]) -> datetime:
    """When the last item is over."""
    return starts_at + timedelta(minutes=sum(item.minutes_needed for item in items))


def needed(meeting: Meeting, of_agenda: list[Slot], actor_ids: Collection[int]) -> list[Span]:
    """When somebody who is there for these actors is needed: the whole meeting where every item concerns them, else the time of
    those that do, joined where one follows the other; empty where none does.
    """
    theirs = [slot for slot in of_agenda if slot.concerns(actor_ids)]
    if len(theirs) == len(of_agenda):
        return [(meeting.starts_at, meeting.ends_at)]
    spans: list[Span] = []
    for slot in theirs:
        if spans and spans[-1][1] == slot.starts_at:
            spans[-1] = (spans[-1][0], slot.ends_at)
        else:
            spans.append((slot.starts_at, slot.ends_at))
    return spans
