"""The one way to a room. Nothing else inserts Occupancy rows.

Rooms are locked first, in id order and in one statement, bookings after them: so two writers never wait for each other. The
exclusion constraints of the database decide, and a conflict is an answer (`ON CONFLICT DO NOTHING`), not an exception that spoils
the transaction.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection
from django.db.models import Q

from bookings.availability import blocked_span, overlaps, planned_spans
from bookings.errors import RoomNotBookable
from bookings.models import Booking, Closure, Occupancy
from bookings.rules import Slot
from centers.models import Room


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

    def fresh(self, slot: Slot) -> Slot:
        """The slot with its room as it is now. Raises RoomNotBookable where the room is no longer in use."""
        if slot.room.pk not in self._rooms:
            raise RoomNotBookable
        return replace(slot, room=self._rooms[slot.room.pk])

    def leaves(self, room_id: int) -> list[Room]:
        """What a booking of the room holds: its parts, or itself when it has none."""
        parts = [room for room in self._rooms.values() if room.part_of_id == room_id]
        return parts or [room for room in self._rooms.values() if room.pk == room_id]

    def all_leaves(self) -> list[Room]:
        divided = {room.part_of_id for room in self._rooms.values()}
        return [room for room in self._rooms.values() if room.pk not in divided]


def hold(room: Room | None, leaves: Sequence[Room], occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """Hold every leaf for each occurrence, or none of it; gives the occurrences that clashed.

    The caller has locked the leaves in this transaction, or the row of the planned closure that nobody passes. `room` is the room booked,
    whose set-up and clean-up count for all its leaves; None for a closure, which needs neither, and which no other closure keeps out.
    """
    if not occurrences or not leaves:
        return list(occurrences)
    center_id, leaf_ids = leaves[0].center_id, [leaf.pk for leaf in leaves]
    spans = [blocked_span(room, o.starts_at, o.ends_at) if room else (o.starts_at, o.ends_at) for o in occurrences]
    reach = min(start for start, _end in spans), max(end for _start, end in spans)
    planned = [span for _leaf, span in planned_spans(center_id, leaf_ids, reach)] if room else []
    rows = sorted(
        (leaf_id, one.starts_at, one.ends_at, *span, one.cause.pk)
        for one, span in zip(occurrences, spans, strict=True)
        if not overlaps(span, planned)
        for leaf_id in leaf_ids
    )
    held = _insert(center_id, rows, is_closure=room is None) if rows else Counter()
    clashed = [one for one in occurrences if held[one.cause.pk] < len(leaves)]
    partly = [one.cause.pk for one in clashed if held[one.cause.pk]]
    if partly:
        cause = "booking__in" if room else "closure__in"
        Occupancy.objects.filter(**{cause: partly}, room_id__in=leaf_ids).delete()
    return clashed


def _insert(
    center_id: int, rows: Collection[tuple[int, datetime, datetime, datetime, datetime, int]], *, is_closure: bool
) -> Counter[int]:
    """Insert the rows that clash with nothing; gives the number that came back per cause."""
    columns = dict(
        zip(("rooms", "starts", "ends", "from", "to", "causes"), map(list, zip(*rows, strict=True)), strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO bookings_occupancy (center_id, room_id, booking_id, closure_id, during, blocked, is_closure)
            SELECT %(center)s, room, CASE WHEN %(closure)s THEN NULL ELSE cause END, CASE WHEN %(closure)s THEN cause END,
                   tstzrange(starts, ends), tstzrange(blocked_from, blocked_to), %(closure)s
            FROM unnest(%(rooms)s::bigint[], %(starts)s::timestamptz[], %(ends)s::timestamptz[],
                        %(from)s::timestamptz[], %(to)s::timestamptz[], %(causes)s::bigint[])
                 AS wish (room, starts, ends, blocked_from, blocked_to, cause)
            ORDER BY room, starts
            ON CONFLICT DO NOTHING RETURNING COALESCE(booking_id, closure_id)
            """,
            {"center": center_id, "closure": is_closure, **columns},
        )
        return Counter(cause for (cause,) in cursor.fetchall())
