"""The nightly search: every pair of events to come, in all houses, that meet and are not entered yet. One statement.

It says of all events what `meeting.py` says of one. An event lies within one local date, so that pairs are joined by date and theme
first, and looked at more closely after.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from bookings.enums import BookingState
from collaboration.clashes.enums import PARTED
from medborger.common import clock

Pair = tuple[int, int]

NEW_PAIRS = """
WITH near AS (
    SELECT id AS center_id, id AS other_id FROM centers_center WHERE retired_at IS NULL
    UNION SELECT center_id, neighbour_id FROM collaboration_neighbour
    UNION SELECT neighbour_id, center_id FROM collaboration_neighbour
), event AS MATERIALIZED (
    SELECT booking.id, booking.center_id, booking.starts_at, booking.ends_at, holder.actor_id AS holder_id,
           (booking.starts_at AT TIME ZONE 'Europe/Copenhagen')::date AS day
    FROM bookings_booking AS booking
    JOIN bookings_bookingactor AS holder ON holder.booking_id = booking.id AND holder.part = 'holder'
    JOIN centers_center AS center ON center.id = booking.center_id AND center.retired_at IS NULL
    WHERE booking.state = %(confirmed)s AND NOT booking.audience = 'closed' AND NOT booking.drop_in
      AND booking.starts_at >= %(midnight)s AND booking.ends_at > %(now)s
), about AS MATERIALIZED (
    SELECT event.*, theme.theme_id FROM event JOIN bookings_booking_themes AS theme ON theme.booking_id = event.id
), pair AS (
    SELECT DISTINCT one.id AS first_id, other.id AS second_id, one.holder_id AS first_holder, other.holder_id AS second_holder
    FROM about AS one
    JOIN about AS other ON other.day = one.day AND other.theme_id = one.theme_id AND other.id > one.id
        AND other.starts_at < one.ends_at AND other.ends_at > one.starts_at AND other.holder_id <> one.holder_id
    JOIN near ON near.center_id = one.center_id AND near.other_id = other.center_id
)
SELECT first_id, second_id FROM pair
WHERE EXISTS (
    SELECT FROM bookings_booking_target_groups AS one JOIN bookings_booking_target_groups AS other USING (targetgroup_id)
    WHERE one.booking_id = first_id AND other.booking_id = second_id
) AND NOT EXISTS (
    SELECT FROM bookings_bookingactor
    WHERE (booking_id = first_id AND actor_id = second_holder) OR (booking_id = second_id AND actor_id = first_holder)
) AND NOT EXISTS (
    SELECT FROM clashes_clash AS known
    WHERE known.first_id = pair.first_id AND known.second_id = pair.second_id AND NOT known.state = ANY(%(parted)s)
)
ORDER BY first_id, second_id
"""


def new_pairs() -> list[Pair]:
    """The ids of two events each, the older first."""
    with connection.cursor() as cursor:
        cursor.execute(NEW_PAIRS, parameters(clock.now()))
        return [(first, second) for first, second in cursor.fetchall()]


def parameters(now: datetime) -> dict[str, Any]:
    return {
        "confirmed": BookingState.CONFIRMED.value,
        "midnight": clock.midnight(clock.local(now).date()),
        "now": now,
        "parted": [state.value for state in PARTED],
    }
