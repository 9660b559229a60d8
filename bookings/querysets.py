"""Reading rooms in time: what holds a room, which rooms are free, and who may see what of a booking."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import connection, models
from django.db.models import Exists, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Cast

from bookings.enums import HOLDING, STANDING, BookingState, ClosureState
from medborger.common import clock

if TYPE_CHECKING:
    from actors.standing import Standing
    from bookings.models import Booking, BookingActor, Closure, Occupancy

Span = tuple[datetime, datetime]

# Written out, for the header of every page of an open house asks it: put together by the ORM it took 5 ms of CPU, and under 1 to answer.
CLOSED_HOUSES = """
    SELECT closure.center_id, closure.reason
    FROM bookings_closure AS closure
    JOIN bookings_closureroom AS closed ON closed.closure_id = closure.id
    JOIN centers_room AS closed_room ON closed_room.id = closed.room_id AND closed_room.bookable
    WHERE closure.center_id = ANY(%(centers)s) AND closure.state = ANY(%(standing)s)
    AND closure.starts_at <= %(moment)s AND closure.ends_at > %(moment)s
    AND NOT EXISTS (
        SELECT FROM centers_room AS room
        WHERE room.center_id = closure.center_id AND room.bookable AND room.retired_at IS NULL
        AND NOT EXISTS (SELECT FROM centers_room AS part WHERE part.part_of_id = room.id AND part.retired_at IS NULL)
        AND (
            NOT EXISTS (
                SELECT FROM bookings_closure AS another
                JOIN bookings_closureroom AS its ON its.closure_id = another.id AND its.room_id = room.id
                WHERE another.center_id = room.center_id AND another.state = ANY(%(standing)s)
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


def _not_expired(prefix: str = "") -> Q:
    """A request holds its room only until it expires; a constraint cannot read the clock, so every reader does.

    Only requests have an expiry (`booking_requests_alone_expire`).
    """
    return Q(**{f"{prefix}expires_at": None}) | Q(**{f"{prefix}expires_at__gt": clock.now()})


class OccupancyQuerySet(models.QuerySet["Occupancy"]):
    def holding(self, center_id: int, room_ids: Iterable[int], blocked: Span) -> Self:
        """The rows that keep a booking out of these leaf rooms of a house in this time (with set-up and clean-up).

        The form's hint, the alternatives and `hold()` all ask this.
        """
        return self.in_house(center_id, blocked).filter(room_id__in=list(room_ids))

    def in_house(self, center_id: int, span: Span) -> Self:
        """What holds the house's rooms in the span.

        The house as a bigint: a GiST index knows no bigint = integer, and would be read for all houses (9 ms at 10 of them, not 0.6).
        """
        house = Cast(Value(center_id), models.BigIntegerField())
        return self.filter(_not_expired("booking__"), center_id=house, blocked__overlap=span)


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, standing: Standing, center_id: int) -> Self:
        """The bookings whose page the person may open: open ones, and with a tie to the house those that hold a room or are theirs.

        What they see on it is for `bookings.visibility` to say.
        """
        if standing.is_staff_in(center_id):
            return self.filter(center_id=center_id)
        if not standing.is_tied_to(center_id):
            return self.filter(center_id=center_id, state=BookingState.CONFIRMED).exclude(audience="closed")
        return self.filter(Q(state__in=HOLDING) | Exists(self._parties(standing)), center_id=center_id)

    def _parties(self, standing: Standing) -> models.QuerySet[BookingActor]:
        from bookings.models import BookingActor

        return BookingActor.objects.filter(booking=OuterRef("pk"), actor__in=standing.actor_ids)

    def of_person(self, standing: Standing) -> Self:
        """The bookings of the person's actors, and those they made themselves."""
        return self.filter(Q(booked_by=standing.user.pk) | Exists(self._parties(standing)))

    def holding(self) -> Self:
        return self.filter(_not_expired(), state__in=HOLDING)

    def coming(self) -> Self:
        return self.holding().filter(ends_at__gt=clock.now()).order_by("starts_at", "id")

    def past(self) -> Self:
        return self.filter(ends_at__lte=clock.now()).order_by("-starts_at", "-id")

    def on(self, day: date) -> Self:
        return self.filter(starts_at__gte=clock.midnight(day), starts_at__lt=clock.midnight(day + timedelta(days=1)))

    def open_to_public(self) -> Self:
        """Confirmed bookings that everyone may walk into; those for residents only are among them."""
        return self.filter(state=BookingState.CONFIRMED).exclude(audience="closed")

    def owing_reason(self) -> Self:
        """Staff bookings outside the opening hours whose reason has not been given yet."""
        return self.holding().filter(outside_hours=True, hours_reason="")

    def with_parties(self) -> Self:
        """Room and actors in two further statements at most, however many bookings."""
        from bookings.models import BookingActor

        parties = BookingActor.objects.select_related("actor").order_by("part", "id")
        return self.select_related("room").prefetch_related(Prefetch("parties", queryset=parties))


class ClosureQuerySet(models.QuerySet["Closure"]):
    def standing(self) -> Self:
        """Closures in force or planned, not yet over."""
        return self.filter(state__in=STANDING, ends_at__gt=clock.now())

    def at(self, moment: datetime) -> Self:
        """Closures that keep their rooms closed at the moment; one that still waits for bookings keeps new ones out already."""
        return self.filter(state__in=STANDING, starts_at__lte=moment, ends_at__gt=moment)

    def closed_houses(self, center_ids: Collection[int], moment: datetime) -> dict[int, str]:
        """Of these houses those where every room that can be booked is closed at the moment, each with its widest closure's reason.

        A room whose booking is on, and which the closure waits for, is not closed. One statement.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                CLOSED_HOUSES, {"centers": [*center_ids], "standing": [*map(str, STANDING)], "moment": moment}
            )
            return dict(cursor.fetchall())

    def planned_over(self, center_id: int, room_ids: Iterable[int], span: Span) -> Self:
        """Planned closures that wait for these rooms: they let no new booking in."""
        return self.filter(
            center_id=center_id,
            state=ClosureState.PLANNED,
            starts_at__lt=span[1],
            ends_at__gt=span[0],
            closed_rooms__room__in=list(room_ids),
        ).distinct()
