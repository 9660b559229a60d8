"""The nightly search: every pair of events to come, in all houses, that meet and are not entered yet. One statement.

It says of all events what `similar_events.py` says of one. An event lies within one local date, so that pairs are joined by date and theme
first, and looked at more closely after.
"""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from collaboration.clashes.enums import PARTED_STATES
from medborger.common import clock

Pair = tuple[int, int]
MOST_TIME = 60_000  # milliseconds; nobody waits for it, and all houses are in it

NEW_PAIRS = """
WITH near AS (
    SELECT id AS center_id, id AS other_id FROM centers_center WHERE retired_at IS NULL
    UNION SELECT center_id, neighbour_id FROM collaboration_neighbour
    UNION SELECT neighbour_id, center_id FROM collaboration_neighbour
), about AS MATERIALIZED (
    SELECT booking.id, booking.center_id, booking.starts_at, booking.ends_at, holder.actor_id AS holder,
           (booking.starts_at AT TIME ZONE 'Europe/Copenhagen')::date AS day,
           theme.theme_id AS theme, target_group.targetgroup_id AS target_group
    FROM bookings_booking AS booking
    JOIN centers_center AS center ON center.id = booking.center_id AND center.retired_at IS NULL
    JOIN bookings_bookingactor AS holder ON holder.booking_id = booking.id AND holder.part = 'holder'
    JOIN bookings_booking_themes AS theme ON theme.booking_id = booking.id
    JOIN bookings_booking_target_groups AS target_group ON target_group.booking_id = booking.id
    WHERE booking.state = 'confirmed' AND NOT booking.audience = 'closed' AND NOT booking.drop_in
      AND booking.starts_at >= %(midnight)s AND booking.ends_at > %(now)s
), pair AS (
    SELECT DISTINCT one.id AS first_id, other.id AS second_id, one.holder AS first_holder, other.holder AS second_holder
    FROM about AS one
    JOIN near ON near.center_id = one.center_id
    JOIN about AS other ON (other.center_id, other.day, other.theme, other.target_group)
                         = (near.other_id, one.day, one.theme, one.target_group)
    WHERE one.id < other.id AND one.starts_at < other.ends_at AND other.starts_at < one.ends_at
      AND one.holder <> other.holder
)
SELECT first_id, second_id FROM pair
WHERE NOT EXISTS (
    SELECT FROM bookings_bookingactor AS party WHERE party.booking_id = first_id AND party.actor_id = second_holder
) AND NOT EXISTS (
    SELECT FROM bookings_bookingactor AS party WHERE party.booking_id = second_id AND party.actor_id = first_holder
) AND NOT EXISTS (
    SELECT FROM clashes_clash AS known
    WHERE known.first_id = pair.first_id AND known.second_id = pair.second_id AND NOT known.state = ANY(%(parted)s)
)
ORDER BY first_id, second_id
"""


def new_pairs() -> list[Pair]:
    """The ids of two events each, the older first."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = %s", [MOST_TIME])
        cursor.execute(NEW_PAIRS, parameters(clock.now()))
        return [(first, second) for first, second in cursor.fetchall()]


def parameters(now: datetime) -> dict[str, Any]:
    return {
        "midnight": clock.midnight(clock.local(now).date()),
        "now": now,
        "parted": [state.value for state in PARTED_STATES],
    }
