"""Which agenda item comes when, when each participant is needed, and both in words. Reads nothing.

"Delte møder, hvor aktører går til og fra" (S1921-29): an item may have an audience of its own; whoever it does not concern
need not be there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from medborger.common import phrases

if TYPE_CHECKING:
    from actors.meetings.models import AgendaItem, Meeting

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class TimedItem:
    """An item and its time, in UTC."""

    item: AgendaItem
    starts_at: datetime
    ends_at: datetime

    @property
    def hours(self) -> str:
        return phrases.hours(self.starts_at, self.ends_at)

    def concerns(self, actor_ids: Collection[int]) -> bool:
        """Whether these actors are needed for it. No actors means a person who is there in their own right."""
        audience = self.item.audience_ids
        return not audience or not actor_ids or not audience.isdisjoint(actor_ids)


def slots(starts_at: datetime, items: Iterable[AgendaItem]) -> list[TimedItem]:
    """The items in their order, one after another from the meeting's start. Lengths are elapsed time."""
    found = []
    for item in items:
        ends_at = starts_at + timedelta(minutes=item.minutes_needed)
        found.append(TimedItem(item, starts_at, ends_at))
        starts_at = ends_at
    return found


def needed(meeting: Meeting, actor_ids: Collection[int]) -> list[Span]:
    """When somebody who is there for these actors is needed: the whole meeting where every item concerns them, else the time of
    those that do, joined where one follows the other; empty where none does.
    """
    theirs = [slot for slot in meeting.slots if slot.concerns(actor_ids)]
    if len(theirs) == len(meeting.slots):
        return [(meeting.starts_at, meeting.ends_at)]
    spans: list[Span] = []
    for slot in theirs:
        if spans and spans[-1][1] == slot.starts_at:
            spans[-1] = (spans[-1][0], slot.ends_at)
        else:
            spans.append((slot.starts_at, slot.ends_at))
    return spans


def times(spans: Sequence[Span]) -> str:
    """9.20–9.40 og 10.00–10.15"""
    return _(" og ").join(phrases.hours(*span) for span in spans)


def needed_words(meeting: Meeting, spans: Sequence[Span], *, for_actors: bool) -> str:
    """When one is needed, said to an actor's people or to somebody who is there in their own right."""
    if not spans:
        return _("I skal ikke bruges. Ingen punkter på dagsordenen er for jer.")
    whole = list(spans) == [(meeting.starts_at, meeting.ends_at)]
    if for_actors:
        said = _("I skal bruges i hele mødet, kl. %(times)s.") if whole else _("I skal bruges kl. %(times)s.")
    else:
        said = _("Du skal bruges i hele mødet, kl. %(times)s.") if whole else _("Du skal bruges kl. %(times)s.")
    return said % {"times": times(spans)}


def items_for(meeting: Meeting, actor_ids: Collection[int]) -> list[str]:
    """The items that concern these actors, one a line: 9.20–9.40: Nye borde"""
    return [f"{slot.hours}: {slot.item.title}" for slot in meeting.slots if slot.concerns(actor_ids)]
