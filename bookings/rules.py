"""The rules of a booking, apart from what else is in the room. Each raises its own error; actions check them under the room's lock."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from dateutil.relativedelta import relativedelta

from actors.enums import Tie
from actors.errors import ActorNotInHouse
from actors.models import Affiliation, RoomHolder
from bookings import errors
from bookings.enums import Audience
from medborger.common import clock
from medborger.common.errors import EndsBeforeStart

if TYPE_CHECKING:
    from actors.access import Access
    from actors.models import Actor, TargetGroup, Theme
    from bookings.querysets import Span
    from centers.hours import Hours
    from centers.models import Center, Room

GRACE = timedelta(minutes=15)


@dataclass(frozen=True)
class Slot:
    """A wished time in a room: one local date, minutes since its midnight (1440 is 24.00)."""

    room: Room
    day: date
    start: int
    end: int

    @classmethod
    def of(cls, room: Room, span: Span) -> Slot:
        """The slot of a booking's time, which lies within one local date."""
        day = clock.local(span[0]).date()
        return cls(room, day, clock.minute_of_day(span[0], day), clock.minute_of_day(span[1], day))

    @property
    def starts_at(self) -> datetime:
        """In UTC. Raises NonexistentTime in the hour that the spring's change skips."""
        return clock.at(self.day, self.start)

    @property
    def ends_at(self) -> datetime:
        return clock.at(self.day, self.end)

    @property
    def span(self) -> Span:
        return self.starts_at, self.ends_at


@dataclass(frozen=True)
class BookingData:
    """All that a person says when booking."""

    slot: Slot
    actor: Actor
    title: str
    audience: Audience = Audience.CLOSED
    drop_in: bool = False
    persons: int | None = None
    themes: Collection[Theme] = ()
    target_groups: Collection[TargetGroup] = ()
    partner: Actor | None = None
    hours_reason: str = ""
    token: UUID | None = None


@dataclass(frozen=True)
class SlotContext:
    """Who asks for room in a house and for how many, and what the rules read of that: once, however many slots are checked.

    `hours` reach over the dates of all slots. `actor_ids` are those whose own rooms may be booked. `holder` and `partner` are the actors of
    the booking; without a holder nobody has been named yet, and the rules about actors wait.
    """

    center: Center
    hours: Hours
    by: Access
    actor_ids: Collection[int] = ()
    persons: int | None = None
    holder: Actor | None = None
    partner: Actor | None = None

    @property
    def by_staff(self) -> bool:
        return self.by.is_staff_in(self.center.pk)

    @cached_property
    def own_rooms(self) -> frozenset[int]:
        """The rooms that one of the actors has for its own."""
        return frozenset(RoomHolder.objects.filter(actor__in=self.actor_ids).values_list("room_id", flat=True))

    @cached_property
    def ties(self) -> dict[int, str]:
        """How those of the booking's actors that belong to the house are tied to it."""
        named = [actor.pk for actor in (self.holder, self.partner) if actor is not None]
        in_house = Affiliation.objects.in_force().filter(actor__in=named, actor__retired_at=None, center=self.center)
        return dict(in_house.values_list("actor_id", "tie"))


def check_slot(slot: Slot, context: SlotContext) -> bool:
    """Check all rules in the order in which they are told, and return whether the slot lies outside the opening hours.

    The slot's room is as it is now. What else holds the room is for `hold()` to say.
    """
    check_time(slot, context.center)
    _check_actors(context)
    if not (slot.room.bookable or context.by_staff or slot.room.pk in context.own_rooms) or slot.room.retired_at:
        raise errors.RoomNotBookable
    if context.persons is not None and context.persons > slot.room.capacity:
        raise errors.TooManyPersons(capacity=slot.room.capacity)
    return check_hours(slot, context)


def check_time(slot: Slot, center: Center) -> None:
    """Shape and reach of the time: in order, whole quarters, one date, not past, not too long, not too far ahead."""
    if not 0 <= slot.start < slot.end <= clock.MINUTES_A_DAY:
        raise EndsBeforeStart
    if slot.start % 15 or slot.end % 15:
        raise errors.NotInQuarters
    starts_at, ends_at = slot.span
    if ends_at <= starts_at:
        raise EndsBeforeStart
    if starts_at < clock.now() - GRACE:
        raise errors.InThePast
    if ends_at - starts_at > timedelta(minutes=center.longest_booking):
        raise errors.TooLong(minutes=center.longest_booking)
    if slot.day > (last := last_date(center)):
        raise errors.TooFarAhead(last=last)


def last_date(center: Center) -> date:
    """The last date that can be booked today."""
    return clock.today() + relativedelta(months=center.furthest_ahead)


def check_hours(slot: Slot, context: SlotContext) -> bool:
    """Return whether the slot lies outside the opening hours: staff may book there, others not (OutsideOpeningHours)."""
    day = context.hours.on(slot.day)
    if day.covers(slot.start, slot.end):
        return False
    if not context.by_staff:
        raise errors.OutsideOpeningHours(day=day)
    return True


def _check_actors(context: SlotContext) -> None:
    """The person may act for the holder, and both actors belong to the house; for a holder from outside only staff book."""
    holder, partner = context.holder, context.partner
    if holder is None:
        return
    if not context.by_staff and holder.pk not in context.by.actor_ids:
        raise errors.ActorNotYours
    if holder.pk not in context.ties:
        raise ActorNotInHouse
    if partner is not None and partner.pk not in context.ties:
        raise ActorNotInHouse(field="partner")
    if context.ties[holder.pk] == Tie.EXTERNAL and not context.by_staff:
        raise errors.ExternalOnlyByStaff
