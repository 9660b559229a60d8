"""The one way to a room. Nothing else inserts Occupancy rows.

Rooms are locked first, in id order and in one statement, bookings after them: so two writers never wait for each other. The
exclusion constraints of the database decide, and a conflict is an answer (`ON CONFLICT DO NOTHING`), not an exception that spoils
the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Prefetch, Q

from bookings import changes
from bookings.enums import BookingState, Verb
from bookings.models import Booking, BookingActor, Closure, Occupancy
from bookings.querysets import Span
from centers.models import Room
from medborger.common import audit, clock


@dataclass(frozen=True)
class Occurrence:
    """A booking's or a closure's time in the rooms it wants."""

    cause: Booking | Closure
    starts_at: datetime
    ends_at: datetime


class Locked:
    """Rooms of a house with their parts, locked in id order until the transaction ends; as they are now, retired ones left out."""

    def __init__(self, center_id: int, room_ids: Iterable[int]) -> None:
        ids = list(room_ids)
        wanted = Room.objects.in_use().filter(Q(pk__in=ids) | Q(part_of__in=ids), center_id=center_id)
        self._rooms = {room.pk: room for room in wanted.order_by("pk").select_for_update(no_key=True)}

    def room(self, room_id: int) -> Room | None:
        return self._rooms.get(room_id)

    def leaves(self, room_id: int) -> list[Room]:
        """What a booking of the room holds: its parts, or itself when it has none."""
        parts = [room for room in self._rooms.values() if room.part_of_id == room_id]
        return parts or [room for room in self._rooms.values() if room.pk == room_id]

    def all_leaves(self) -> list[Room]:
        divided = {room.part_of_id for room in self._rooms.values()}
        return [room for room in self._rooms.values() if room.pk not in divided]


def blocked_span(room: Room, starts_at: datetime, ends_at: datetime) -> Span:
    """The time a booking keeps others out of `room`: with its set-up before and its clean-up after."""
    return starts_at - timedelta(minutes=room.setup_minutes), ends_at + timedelta(minutes=room.cleanup_minutes)


def hold(room: Room | None, leaves: Sequence[Room], occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """Hold every leaf for each occurrence, or none of it; gives the occurrences that clashed.

    The caller has locked the leaves in this transaction. `room` is the room booked, whose set-up and clean-up count for all its
    leaves; None for a closure, which needs neither.
    """
    if not occurrences or not leaves:
        return list(occurrences)
    rows = sorted(
        (leaf.pk, occurrence.starts_at, occurrence.ends_at, *_blocked(room, occurrence), occurrence.cause.pk)
        for occurrence in occurrences
        for leaf in leaves
    )
    leaf_ids = [leaf.pk for leaf in leaves]
    is_closure = isinstance(occurrences[0].cause, Closure)
    release_expired(leaves[0].center_id, leaf_ids, (min(row[3] for row in rows), max(row[4] for row in rows)))
    held = _insert(leaves[0].center_id, rows, is_closure=is_closure)
    clashed = [o for o in occurrences if held.get(o.cause.pk, 0) < len(leaves)]
    partly = [o.cause.pk for o in clashed if o.cause.pk in held]
    if partly:
        Occupancy.objects.filter(
            **{"closure__in" if is_closure else "booking__in": partly}, room_id__in=leaf_ids
        ).delete()
    return clashed


def release(booking: Booking) -> None:
    """Give up what the booking holds."""
    Occupancy.objects.filter(booking=booking).delete()


def clashes(
    leaves: Iterable[Room], span: Span, *, except_booking: Booking | None = None
) -> tuple[list[Occupancy], list[Closure]]:
    """What keeps a booking out of the rooms in this time (with set-up and clean-up): rows that hold them, closures that wait for them."""
    leaves = list(leaves)
    if not leaves:
        return [], []
    ids = [leaf.pk for leaf in leaves]
    rows = (
        Occupancy.objects.holding(leaves[0].center_id, ids, span)
        .select_related("booking__room", "closure")
        .prefetch_related(Prefetch("booking__parties", BookingActor.objects.select_related("actor")))
    )
    if except_booking is not None:
        rows = rows.exclude(booking=except_booking)
    return list(rows.order_by("blocked", "id")), list(Closure.objects.planned_over(leaves[0].center_id, ids, span))


def release_expired(center_id: int, room_ids: Sequence[int], span: Span) -> None:
    """Let go of requests whose time to be answered is over, in these rooms and this time."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH gone AS (
                UPDATE bookings_booking SET state = %(expired)s, expires_at = NULL, version = version + 1
                WHERE state = %(requested)s AND expires_at <= %(now)s AND id IN (
                    SELECT booking_id FROM bookings_occupancy
                    WHERE center_id = %(center)s::bigint AND room_id = ANY(%(rooms)s) AND blocked && tstzrange(%(start)s, %(end)s)
                ) RETURNING id
            ) DELETE FROM bookings_occupancy WHERE booking_id IN (SELECT id FROM gone) RETURNING booking_id
            """,
            {
                "expired": BookingState.EXPIRED,
                "requested": BookingState.REQUESTED,
                "now": clock.now(),
                "center": center_id,
                "rooms": list(room_ids),
                "start": span[0],
                "end": span[1],
            },
        )
        gone = {booking for (booking,) in cursor.fetchall()}
    for booking in Booking.objects.filter(pk__in=gone).order_by("pk") if gone else ():
        audit.record(Verb.EXPIRED, booking, by=None)
        changes.bump(booking.center_id)


def expire_requests() -> int:
    """Let go of every expired request, in any house; gives how many."""
    expired = Booking.objects.filter(state=BookingState.REQUESTED, expires_at__lte=clock.now()).select_related("room")
    count = 0
    for booking in expired:
        with transaction.atomic():
            Locked(booking.center_id, [booking.room_id])
            leaf_ids = [held.room_id for held in booking.occupancies.all()]
            release_expired(booking.center_id, leaf_ids, (booking.starts_at, booking.ends_at))
            count += 1
    return count


def _blocked(room: Room | None, occurrence: Occurrence) -> Span:
    if room is None:
        return occurrence.starts_at, occurrence.ends_at
    return blocked_span(room, occurrence.starts_at, occurrence.ends_at)


def _insert(
    center_id: int, rows: Sequence[tuple[int, datetime, datetime, datetime, datetime, int]], *, is_closure: bool
) -> dict[int, int]:
    """Insert the rows that clash with nothing; gives the number that came back per cause.

    A planned closure is not yet a row, but lets no new booking in.
    """
    held: dict[int, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO bookings_occupancy (center_id, room_id, booking_id, closure_id, during, blocked, is_closure)
            SELECT %(center)s, room, CASE WHEN %(closure)s THEN NULL ELSE cause END, CASE WHEN %(closure)s THEN cause END,
                   tstzrange(starts, ends), tstzrange(blocked_from, blocked_to), %(closure)s
            FROM unnest(%(rooms)s::bigint[], %(starts)s::timestamptz[], %(ends)s::timestamptz[],
                        %(from)s::timestamptz[], %(to)s::timestamptz[], %(causes)s::bigint[])
                 AS wish (room, starts, ends, blocked_from, blocked_to, cause)
            WHERE %(closure)s OR NOT EXISTS (
                SELECT FROM bookings_closureroom JOIN bookings_closure ON bookings_closure.id = closure_id
                WHERE room_id = wish.room AND state = 'planned' AND starts_at < blocked_to AND ends_at > blocked_from
            )
            ORDER BY room, starts
            ON CONFLICT DO NOTHING RETURNING COALESCE(booking_id, closure_id)
            """,
            {
                "center": center_id,
                "closure": is_closure,
                **{
                    name: list(column)
                    for name, column in zip(
                        ("rooms", "starts", "ends", "from", "to", "causes"), zip(*rows, strict=True), strict=True
                    )
                },
            },
        )
        for (cause,) in cursor.fetchall():
            held[cause] = held.get(cause, 0) + 1
    return held
