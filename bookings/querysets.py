"""Reading rooms in time: what holds a room, which rooms are free, and who may see what of a booking."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db import connection, models
from django.db.models import Exists, FilteredRelation, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Cast

from bookings.enums import ACTIVE_CLOSURE_STATES, ACTIVE_STATES, BookingRole, BookingState, ClosureState
from medborger.common import clock

if TYPE_CHECKING:
    from actors.access import Access
    from bookings.models import Booking, BookingActor, Closure, ClosureRoom, Occupancy

Span = tuple[datetime, datetime]


class OpenEvent(NamedTuple):
    """A booking that others may come to."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    title: str
    audience: str
    drop_in: bool
    room: str
    holder: int
    holder_name: str
    holder_shown: bool

    @property
    def day(self) -> date:
        return clock.local(self.starts_at).date()


OPEN_EVENT = (
    "pk",
    "starts_at",
    "ends_at",
    "title",
    "audience",
    "drop_in",
    "room__name",
    "holding__actor_id",
    "holding__actor__name",
    "holding__actor__shown_publicly",
)

# Written out, for the header of every page of an open house asks it: put together by the ORM it took 5 ms of CPU, and under 1 to answer.
CLOSED_HOUSES = """
    SELECT closure.center_id, closure.reason
    FROM bookings_closure AS closure
    JOIN bookings_closureroom AS closed ON closed.closure_id = closure.id
    JOIN centers_room AS closed_room ON closed_room.id = closed.room_id AND closed_room.bookable
    WHERE closure.center_id = ANY(%(centers)s) AND closure.state = ANY(%(active)s)
    AND closure.starts_at <= %(moment)s AND closure.ends_at > %(moment)s
    AND NOT EXISTS (
        SELECT FROM centers_room AS room
        WHERE room.center_id = closure.center_id AND room.bookable AND room.retired_at IS NULL
        AND NOT EXISTS (SELECT FROM centers_room AS part WHERE part.part_of_id = room.id AND part.retired_at IS NULL)
        AND (
            NOT EXISTS (
                SELECT FROM bookings_closure AS another
                JOIN bookings_closureroom AS its ON its.closure_id = another.id AND its.room_id = room.id
                WHERE another.center_id = room.center_id AND another.state = ANY(%(active)s)
                AND another.starts_at <= %(moment)s AND another.ends_at > %(moment)s
            )
            OR EXISTS (
                SELECT FROM bookings_occupancy AS held
                WHERE held.center_id = room.center_id AND held.room_id = room.id AND NOT held.is_closure
                AND held.blocked @> %(moment)s::timestamptz AND held.during @> %(moment)s::timestamptz
            )
        )
    )
    GROUP BY closure.id
    ORDER BY count(*), closure.starts_at DESC, closure.id DESC
"""


class OccupancyQuerySet(models.QuerySet["Occupancy"]):
    def holding(self, center_id: int, room_ids: Iterable[int], blocked: Span) -> Self:
        """The rows that keep a booking out of these leaf rooms of a house in this time (with set-up and clean-up)."""
        return self.in_house(center_id, blocked).filter(room_id__in=list(room_ids))

    def in_house(self, center_id: int, span: Span) -> Self:
        """What holds the house's rooms in the span.

        The house as a bigint: a GiST index knows no bigint = integer, and would be read for all houses (9 ms at 10 of them, not 0.6).
        """
        house = Cast(Value(center_id), models.BigIntegerField())
        return self.filter(center_id=house, blocked__overlap=span)

    def not_of(self, booking: Booking | None) -> Self:
        """Leave out the rows of a booking, if one is named: it is not in its own way."""
        return self.exclude(booking=booking) if booking else self


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, access: Access, center_id: int) -> Self:
        """The bookings whose page the person may open: open ones, and with a tie to the house those that hold a room or are theirs.

        What they see on it is for `bookings.visibility` to say.
        """
        if access.is_staff_in(center_id):
            return self.filter(center_id=center_id)
        if not access.is_tied_to(center_id):
            return self.filter(center_id=center_id, state=BookingState.CONFIRMED).exclude(audience="closed")
        return self.filter(Q(state__in=ACTIVE_STATES) | Exists(self._parties(access)), center_id=center_id)

    def _parties(self, access: Access) -> models.QuerySet[BookingActor]:
        from bookings.models import BookingActor

        return BookingActor.objects.filter(booking=OuterRef("pk"), actor__in=access.actor_ids)

    def of_person(self, access: Access) -> Self:
        """The bookings of the person's actors, and those they made themselves."""
        return self.filter(Q(booked_by=access.user.pk) | Exists(self._parties(access)))

    def holding(self) -> Self:
        return self.filter(state__in=ACTIVE_STATES)

    def coming(self) -> Self:
        return self.holding().filter(ends_at__gt=clock.now()).order_by("starts_at", "id")

    def past(self) -> Self:
        return self.filter(ends_at__lte=clock.now()).order_by("-starts_at", "-id")

    def open_to_public(self) -> Self:
        """Confirmed bookings that everyone may walk into; those for residents only are among them."""
        return self.filter(state=BookingState.CONFIRMED).exclude(audience="closed")

    def open_events(self, center_id: int, starting: Span) -> Iterator[OpenEvent]:
        """A house's events that are open to others and start in the span, in time order; one statement."""
        held = self.open_to_public().annotate(
            holding=FilteredRelation("parties", condition=Q(parties__part=BookingRole.HOLDER))
        )
        of_house = held.filter(center_id=center_id, starts_at__gte=starting[0], starts_at__lt=starting[1])
        return map(OpenEvent._make, of_house.order_by("starts_at", "pk").values_list(*OPEN_EVENT))

    def owing_reason(self) -> Self:
        """Staff bookings outside the opening hours whose reason has not been given yet."""
        return self.holding().filter(outside_hours=True, hours_reason="")

    def with_parties(self) -> Self:
        """Room and actors in two further statements at most, however many bookings."""
        from bookings.models import BookingActor

        parties = BookingActor.objects.select_related("actor").order_by("part", "id")
        return self.select_related("room").prefetch_related(Prefetch("parties", queryset=parties))


class ClosureQuerySet(models.QuerySet["Closure"]):
    def active(self) -> Self:
        """Closures in force or planned, not yet over."""
        return self.filter(state__in=ACTIVE_CLOSURE_STATES, ends_at__gt=clock.now())

    def closed_houses(self, center_ids: Collection[int], moment: datetime) -> dict[int, str]:
        """Of these houses those where every room that can be booked is closed at the moment, each with its widest closure's reason.

        A room whose booking is on, and which the closure waits for, is not closed. One statement.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                CLOSED_HOUSES,
                {"centers": [*center_ids], "active": [*map(str, ACTIVE_CLOSURE_STATES)], "moment": moment},
            )
            return dict(cursor.fetchall())


class ClosureRoomQuerySet(models.QuerySet["ClosureRoom"]):
    def planned_over(self, center_id: int, span: tuple[Any, Any]) -> Self:
        """The rooms that planned closures wait for in the span: such a closure holds no room yet, but lets no new booking in.

        The span's ends are instants, or expressions over the row that the rooms are compared with.
        """
        return self.filter(
            closure__center=center_id,
            closure__state=ClosureState.PLANNED,
            closure__starts_at__lt=span[1],
            closure__ends_at__gt=span[0],
        )
