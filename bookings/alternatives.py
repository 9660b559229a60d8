"""Which rooms are free for somebody, and what is free instead of a time that is taken."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice, zip_longest

from bookings.availability import Timetable, free_among, overlaps
from bookings.models import Booking
from bookings.querysets import Span
from bookings.rules import Slot, SlotContext, check_slot
from centers.models import Room
from centers.querysets import RoomQuerySet
from medborger.common import clock
from medborger.common.errors import DomainError

QUARTER = 15
DAYS_AHEAD = 14


@dataclass(frozen=True)
class Search(SlotContext):
    """What is searched for besides a time: for whom, how many, with which facilities."""

    facilities: Collection[str] = ()
    outside_hours: bool = False  # staff whose own wish lies outside the opening hours are offered such times too
    except_booking: Booking | None = None
    avoiding: Collection[Span] = ()  # times that would be no better: what lies there is for the same people

    def rooms(self) -> RoomQuerySet:
        """The rooms that would do, free or not; the smallest that fits first."""
        rooms = Room.objects.in_use().filter(center=self.center).bookable_by(self.actor_ids, staff=self.by_staff)
        return (
            rooms.for_persons(self.persons or 1).with_facilities(self.facilities).order_by("capacity", "position", "id")
        )

    def allows(self, slot: Slot) -> bool:
        """Whether the rules let the person book that time at all."""
        try:
            outside = check_slot(slot, self)
        except DomainError:
            return False
        if self.stands_in(slot) or overlaps(slot.span, self.avoiding):
            return False
        return self.outside_hours or not outside

    def stands_in(self, slot: Slot) -> bool:
        """Whether the booking to be moved is there already, which is then no alternative."""
        booking = self.except_booking
        return booking is not None and booking.room_id == slot.room.pk and booking.span == slot.span


def free_rooms(search: Search, day: date, start: int, end: int) -> RoomQuerySet:
    """The fitting rooms that nothing keeps the booking out of from `start` to `end`: one statement.

    Raises NonexistentTime in the hour that summer time skips.
    """
    span = clock.at(day, start), clock.at(day, end)
    return free_among(search.rooms(), search.center.pk, span, except_booking=search.except_booking)


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
    """The nearest alternatives that differ enough: a quarter of an hour earlier is the same offer."""
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
