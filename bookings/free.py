"""Which rooms are free, and what is free instead of a time that is taken. The arithmetic is that of `hold()`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, Func, OuterRef, Q, Value
from django.db.models.expressions import Combinable

from bookings import rules
from bookings.enums import ClosureState
from bookings.hold import blocked_span
from bookings.models import Booking, Closure, ClosureRoom, Occupancy
from bookings.querysets import Span
from bookings.rules import Slot
from centers.hours import Hours
from centers.models import Center, Room
from centers.querysets import RoomQuerySet
from medborger.common import clock
from medborger.common.errors import DomainError

if TYPE_CHECKING:
    from actors.standing import Standing

QUARTER = 15
DAYS_AHEAD = 14
# Set-up and clean-up are at most this long (centers.Room): how far beyond its own time a wish can meet another booking.
MARGIN = timedelta(minutes=240)


@dataclass(frozen=True)
class Search:
    """What a room must offer, for whom, and which hours the house keeps; not yet when."""

    center: Center
    hours: Hours
    by: Standing
    actor_ids: Collection[int] = ()
    persons: int | None = None
    facilities: Collection[str] = ()
    outside_hours: bool = False  # staff whose own wish lies outside the opening hours are offered such times too
    except_booking: Booking | None = None
    avoiding: Collection[Span] = ()  # times that would be no better: what lies there is for the same people

    def rooms(self) -> RoomQuerySet:
        """The rooms that would do, free or not; the smallest that fits first."""
        staff = self.by.is_staff_in(self.center.pk)
        rooms = Room.objects.in_use().filter(center=self.center).bookable_by(self.actor_ids, staff=staff)
        return (
            rooms.for_persons(self.persons or 1).with_facilities(self.facilities).order_by("capacity", "position", "id")
        )

    def allows(self, slot: Slot) -> bool:
        """Whether the rules let the person book that time at all."""
        try:
            rules.check_time(slot, self.center)
        except DomainError:
            return False
        if self.stands_in(slot) or self._meets(slot):
            return False
        return self.outside_hours or self.hours.on(slot.day).covers(slot.start, slot.end)

    def _meets(self, slot: Slot) -> bool:
        if not self.avoiding:
            return False
        starts_at, ends_at = slot.span
        return any(start < ends_at and end > starts_at for start, end in self.avoiding)

    def stands_in(self, slot: Slot) -> bool:
        """Whether the booking to be moved is there already: no place to offer it."""
        booking = self.except_booking
        return (
            booking is not None
            and booking.room_id == slot.room.pk
            and (booking.starts_at, booking.ends_at) == slot.span
        )


def free_rooms(search: Search, day: date, start: int, end: int) -> RoomQuerySet:
    """The fitting rooms that nothing holds from `start` to `end`, their own set-up and clean-up counted: one statement.

    A divided hall is free when all its parts are. Raises NonexistentTime in the hour that summer time skips.
    """
    span = clock.at(day, start), clock.at(day, end)
    rooms = search.rooms().annotate(wanted=_wanted(span))
    holding = Occupancy.objects.in_house(search.center.pk, (span[0] - MARGIN, span[1] + MARGIN)).filter(
        Q(room=OuterRef("pk")) | Q(room__part_of=OuterRef("pk")), blocked__overlap=OuterRef("wanted")
    )
    if search.except_booking is not None:
        holding = holding.exclude(booking=search.except_booking)
    waiting = ClosureRoom.objects.filter(
        Q(room=OuterRef("pk")) | Q(room__part_of=OuterRef("pk")),
        closure__center=search.center,
        closure__state=ClosureState.PLANNED,
        closure__starts_at__lt=Func(OuterRef("wanted"), function="upper", output_field=DateTimeField()),
        closure__ends_at__gt=Func(OuterRef("wanted"), function="lower", output_field=DateTimeField()),
    )
    return rooms.filter(~Exists(holding), ~Exists(waiting))


def _wanted(span: Span) -> Func:
    """The time a booking of the annotated room would block."""

    def shifted(instant: datetime, operator: str, minutes: str) -> Combinable:
        length = ExpressionWrapper(F(minutes) * Value(timedelta(minutes=1)), output_field=DateTimeField())
        moved: Combinable = Value(instant, DateTimeField())
        moved = moved - length if operator == "-" else moved + length
        return ExpressionWrapper(moved, output_field=DateTimeField())

    return Func(
        shifted(span[0], "-", "setup_minutes"),
        shifted(span[1], "+", "cleanup_minutes"),
        function="tstzrange",
        output_field=DateTimeRangeField(),
    )


class Timetable:
    """What holds some rooms over some days, read in three statements, to be asked about many times."""

    def __init__(
        self, rooms: Sequence[Room], first: date, last: date, *, except_booking: Booking | None = None
    ) -> None:
        ids = [room.pk for room in rooms]
        span = clock.midnight(first) - MARGIN, clock.midnight(last + timedelta(days=1)) + MARGIN
        leaves = dict(Room.objects.in_use().filter(Q(pk__in=ids) | Q(part_of__in=ids)).values_list("pk", "part_of_id"))
        self._whole_of = leaves
        held = Occupancy.objects.holding(rooms[0].center_id if rooms else 0, leaves, span)
        if except_booking is not None:
            held = held.exclude(booking=except_booking)
        waiting = ClosureRoom.objects.filter(
            room__in=leaves,
            closure__in=Closure.objects.filter(state=ClosureState.PLANNED, starts_at__lt=span[1], ends_at__gt=span[0]),
        )
        self._taken: dict[int, list[Span]] = defaultdict(list)
        for leaf, blocked in held.values_list("room_id", "blocked"):
            self._take(leaf, leaves[leaf], (blocked.lower, blocked.upper))
        for leaf, starts_at, ends_at in waiting.values_list("room_id", "closure__starts_at", "closure__ends_at"):
            self._take(leaf, leaves[leaf], (starts_at, ends_at))

    def _take(self, leaf: int, whole: int | None, span: Span) -> None:
        self._taken[leaf].append(span)
        if whole is not None:
            self._taken[whole].append(span)

    def leaf_ids(self, room: Room) -> list[int]:
        """What a booking of the room holds: its parts, or itself when it has none."""
        parts = [leaf for leaf, whole in self._whole_of.items() if whole == room.pk]
        return parts or [room.pk]

    def is_free(self, slot: Slot) -> bool:
        starts_at, ends_at = blocked_span(slot.room, *slot.span)
        return not any(start < ends_at and end > starts_at for start, end in self._taken[slot.room.pk])


@dataclass(frozen=True)
class Alternative:
    """A time that can be booked instead of the wish."""

    slot: Slot
    wish: Slot = field(repr=False)

    @property
    def other_room(self) -> bool:
        return self.slot.room != self.wish.room

    @property
    def value(self) -> str:
        """What its button posts; `forms.SlotForm` reads it."""
        slot = self.slot
        times = (f"{minute // 60:02d}:{minute % 60:02d}" for minute in (slot.start, slot.end))
        return "|".join((slot.room.slug, slot.day.isoformat(), *times))


def timetable_ahead(wish: Slot, search: Search) -> Timetable:
    """The wished room on the wished day and the two weeks after it."""
    last = wish.day + timedelta(days=DAYS_AHEAD)
    return Timetable([wish.room], wish.day, last, except_booking=search.except_booking)


def alternatives(wish: Slot, search: Search, table: Timetable, *, most: int = 3) -> list[Alternative]:
    """The nearest that is free: the same room that day, another room at that time, the same room on another day.

    `table` is the `timetable_ahead` of the wish.
    """

    def free(slots: Iterable[Slot]) -> Iterator[Slot]:
        return (slot for slot in slots if search.allows(slot) and table.is_free(slot))

    kinds = (
        _apart(free(_that_day(wish))),
        islice((slot for slot in _other_rooms(wish, search) if not search.stands_in(slot)), 2),
        islice(free(_other_days(wish)), 2),
    )
    best = (slot for turn in zip_longest(*kinds) for slot in turn if slot is not None)
    return [Alternative(slot, wish) for slot in islice(best, most)]


def _apart(slots: Iterator[Slot]) -> Iterator[Slot]:
    """The nearest, and the nearest beside it: a quarter earlier still is the same offer."""
    for first in slots:
        yield first
        yield from islice((slot for slot in slots if slot.end <= first.start or first.end <= slot.start), 1)


def nearest(search: Search, day: date, start: int, end: int, *, most: int = 3) -> list[Slot]:
    """Where no room is free then: the fitting rooms' times nearest to it that day, one earlier and one later of each."""
    rooms = list(search.rooms())
    table = Timetable(rooms, day, day)
    found: dict[tuple[int, bool], Slot] = {}
    for earlier, later in _shifts(start, end):
        for minute in (later, earlier):
            for room in rooms:
                slot = Slot(room, day, minute, minute + end - start)
                kind = (room.pk, minute > start)
                if kind not in found and search.allows(slot) and table.is_free(slot):
                    found[kind] = slot
        if len(found) >= most:
            break
    return list(found.values())[:most]


def _that_day(wish: Slot) -> Iterator[Slot]:
    for earlier, later in _shifts(wish.start, wish.end):
        yield replace(wish, start=later, end=later + wish.end - wish.start)
        yield replace(wish, start=earlier, end=earlier + wish.end - wish.start)


def _shifts(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Starting times by their distance from the wished one: a quarter earlier and later, two quarters …"""
    furthest = max(start, clock.MINUTES_A_DAY - end)
    return ((start - by, start + by) for by in range(QUARTER, furthest + QUARTER, QUARTER))


def _other_rooms(wish: Slot, search: Search) -> Iterator[Slot]:
    if not search.allows(wish):
        return
    rooms = free_rooms(search, wish.day, wish.start, wish.end).exclude(pk=wish.room.pk)
    for room in rooms:
        yield replace(wish, room=room)


def _other_days(wish: Slot) -> Iterator[Slot]:
    """The same time next week, else on the days from tomorrow on."""
    for days in (7, *range(1, 7), *range(8, DAYS_AHEAD + 1)):
        yield replace(wish, day=wish.day + timedelta(days=days))
