"""Availability: what keeps a booking out of a room. `hold()`, the form's hint, the search and the calendar all ask here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.models import DateTimeField, Exists, F, Func, OuterRef, Prefetch, Q, Value

from bookings.models import Booking, BookingActor, Closure, ClosureRoom, Occupancy
from bookings.querysets import Span
from centers.models import Room
from centers.querysets import RoomQuerySet
from medborger.common import clock

if TYPE_CHECKING:
    from bookings.rules import Slot

# Set-up and clean-up are at most this long (centers.Room): how far beyond its own time a booking can meet another.
MARGIN = timedelta(minutes=240)


def overlaps(span: Span, taken: Iterable[Span]) -> bool:
    """Whether the span has time in common with one of those that are taken."""
    start, end = span
    return any(begins < end and ends > start for begins, ends in taken)


def blocked_span(room: Room, starts_at: datetime, ends_at: datetime) -> Span:
    """The time a booking keeps others out of `room`: with its set-up before and its clean-up after."""
    return starts_at - timedelta(minutes=room.setup_minutes), ends_at + timedelta(minutes=room.cleanup_minutes)


@dataclass(frozen=True)
class InTheWay:
    """What keeps a booking out: rows that hold its rooms, in time order, and planned closures that wait for them."""

    rows: Sequence[Occupancy] = ()
    planned: Sequence[Closure] = ()

    def __bool__(self) -> bool:
        return bool(self.rows or self.planned)


def in_the_way(leaves: Iterable[Room], span: Span, *, except_booking: Booking | None = None) -> InTheWay:
    """What keeps a booking out of the leaf rooms of a house in this time (with set-up and clean-up)."""
    leaves = list(leaves)
    if not leaves:
        return InTheWay()
    center_id, ids = leaves[0].center_id, [leaf.pk for leaf in leaves]
    rows = (
        Occupancy.objects.holding(center_id, ids, span)
        .not_of(except_booking)
        .select_related("booking__room", "closure")
        .prefetch_related(Prefetch("booking__parties", BookingActor.objects.select_related("actor")))
    )
    planned = ClosureRoom.objects.planned_over(center_id, span).filter(room__in=ids)
    return InTheWay(
        list(rows.order_by("blocked", "id")), list(Closure.objects.filter(pk__in=planned.values("closure")))
    )


def planned_spans(center_id: int, leaf_ids: Collection[int], span: Span) -> list[tuple[int, Span]]:
    """The leaves that planned closures wait for in the span, each with the closure's time."""
    rows = ClosureRoom.objects.planned_over(center_id, span).filter(room__in=leaf_ids)
    return [
        (leaf, (starts_at, ends_at))
        for leaf, starts_at, ends_at in rows.values_list("room_id", "closure__starts_at", "closure__ends_at")
    ]


class Timetable:
    """What keeps bookings out of some rooms of a house over some days, read in three statements, to be asked about many times."""

    def __init__(
        self, rooms: Sequence[Room], first: date, last: date, *, except_booking: Booking | None = None
    ) -> None:
        ids = [room.pk for room in rooms]
        center_id = rooms[0].center_id if rooms else 0
        span = clock.midnight(first) - MARGIN, clock.midnight(last + timedelta(days=1)) + MARGIN
        self._whole_of: dict[int, int | None] = dict(
            Room.objects.in_use().filter(Q(pk__in=ids) | Q(part_of__in=ids)).values_list("pk", "part_of_id")
        )
        held = Occupancy.objects.holding(center_id, self._whole_of, span).not_of(except_booking)
        self._taken: dict[int, list[Span]] = defaultdict(list)
        for leaf, blocked in held.values_list("room_id", "blocked"):
            self._take(leaf, (blocked.lower, blocked.upper))
        for leaf, planned in planned_spans(center_id, self._whole_of.keys(), span):
            self._take(leaf, planned)

    def _take(self, leaf: int, span: Span) -> None:
        self._taken[leaf].append(span)
        if whole := self._whole_of[leaf]:
            self._taken[whole].append(span)

    def leaf_ids(self, room: Room) -> list[int]:
        """What a booking of the room holds: its parts, or itself when it has none."""
        return [leaf for leaf, whole in self._whole_of.items() if whole == room.pk] or [room.pk]

    def is_free(self, slot: Slot) -> bool:
        return not overlaps(blocked_span(slot.room, *slot.span), self._taken[slot.room.pk])


def free_among(rooms: RoomQuerySet, center_id: int, span: Span, *, except_booking: Booking | None) -> RoomQuerySet:
    """Those of a house's rooms that nothing keeps a booking out of in the span, each with its own set-up and clean-up: one statement.

    A divided hall is free when all its parts are.
    """
    here = Q(room=OuterRef("pk")) | Q(room__part_of=OuterRef("pk"))
    holding = Occupancy.objects.in_house(center_id, (span[0] - MARGIN, span[1] + MARGIN))
    holding = holding.filter(here, blocked__overlap=OuterRef("wanted")).not_of(except_booking)
    lower, upper = (Func(OuterRef("wanted"), function=end, output_field=DateTimeField()) for end in ("lower", "upper"))
    planned = ClosureRoom.objects.planned_over(center_id, (lower, upper)).filter(here)
    return rooms.annotate(wanted=_wanted(span)).filter(~Exists(holding), ~Exists(planned))


def _wanted(span: Span) -> Func:
    """The time a booking of the annotated room would block."""
    minute = Value(timedelta(minutes=1))
    starts = Value(span[0], DateTimeField()) - F("setup_minutes") * minute
    ends = Value(span[1], DateTimeField()) + F("cleanup_minutes") * minute
    return Func(starts, ends, function="tstzrange", output_field=DateTimeRangeField())
