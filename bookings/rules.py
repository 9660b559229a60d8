"""The rules of a booking. Each raises its own domain error; the actions check them under the room's lock."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from dateutil.relativedelta import relativedelta

from actors.enums import Tie
from actors.models import Affiliation, RoomHolder
from bookings import errors
from bookings.enums import Audience
from centers.hours import hours_on
from medborger.common import clock

if TYPE_CHECKING:
    from actors.models import Actor, TargetGroup, Theme
    from actors.standing import Standing
    from centers.models import Center, Room

GRACE = timedelta(minutes=15)


@dataclass(frozen=True)
class Slot:
    """A wished time in a room: one local date, minutes since its midnight (1440 is 24.00)."""

    room: Room
    day: date
    start: int
    end: int

    @property
    def starts_at(self) -> datetime:
        """In UTC. Raises NonexistentTime in the hour that the spring's change skips."""
        return clock.at(self.day, self.start)

    @property
    def ends_at(self) -> datetime:
        return clock.at(self.day, self.end)

    @property
    def span(self) -> tuple[datetime, datetime]:
        return self.starts_at, self.ends_at


@dataclass(frozen=True)
class Wish:
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


def check_time(slot: Slot, center: Center) -> None:
    """Shape and reach of the time: in order, whole quarters, one date, not past, not too long, not too far ahead."""
    if not 0 <= slot.start < slot.end <= clock.MINUTES_A_DAY:
        raise errors.EndsBeforeStart
    if slot.start % 15 or slot.end % 15:
        raise errors.NotInQuarters
    starts_at, ends_at = slot.span
    if ends_at <= starts_at:
        raise errors.EndsBeforeStart
    if starts_at < clock.now() - GRACE:
        raise errors.InThePast
    if ends_at - starts_at > timedelta(minutes=center.longest_booking):
        raise errors.TooLong(minutes=center.longest_booking)
    if slot.day > (last := last_date(center)):
        raise errors.TooFarAhead(last=last)


def last_date(center: Center) -> date:
    """The last date that can be booked today."""
    return clock.today() + relativedelta(months=center.furthest_ahead)


def check_hours(slot: Slot, center: Center, by: Standing) -> bool:
    """Whether the booking lies outside the opening hours: staff may, others not (OutsideOpeningHours)."""
    day = hours_on(center, slot.day)
    if day.covers(slot.start, slot.end):
        return False
    if not by.is_staff_in(center.pk):
        raise errors.OutsideOpeningHours(day=day)
    return True


def check_room(room: Room | None, actor_ids: Collection[int], by: Standing) -> Room:
    """The room is in use and bookable by all, or belongs to one of the actors; staff may book any room in use."""
    if room is None:
        raise errors.RoomNotBookable
    if room.bookable or by.is_staff_in(room.center_id):
        return room
    if RoomHolder.objects.filter(room=room, actor__in=actor_ids).exists():
        return room
    raise errors.RoomNotBookable


def check_persons(room: Room, persons: int | None) -> None:
    if persons is not None and persons > room.capacity:
        raise errors.TooManyPersons(capacity=room.capacity)


def check_actors(actor: Actor, partner: Actor | None, center: Center, by: Standing) -> None:
    """The person may act for the actor, and both belong to the house; for an actor from outside only staff book."""
    staff = by.is_staff_in(center.pk)
    if not staff and actor.pk not in by.actor_ids:
        raise errors.ActorNotYours
    named = [named.pk for named in (actor, partner) if named is not None]
    in_house = Affiliation.objects.in_force().filter(actor__in=named, actor__retired_at=None, center=center)
    ties = dict(in_house.values_list("actor_id", "tie"))
    if actor.pk not in ties:
        raise errors.ActorNotInHouse
    if partner is not None and partner.pk not in ties:
        raise errors.ActorNotInHouse(field="partner")
    if ties[actor.pk] == Tie.EXTERNAL and not staff:
        raise errors.ExternalOnlyByStaff
