"""What the booking form posts."""

from typing import Any
from uuid import uuid4

from actors.models import Actor
from bookings.models import Booking
from centers.models import Room
from medborger.common import clock
from tests.factories import working_day


def wish(room: Room, actor: Actor, /, **changes: Any) -> dict[str, Any]:
    """A closed booking from 18 to 20 on a coming working day; `changes` replace or add fields."""
    fields: dict[str, Any] = {
        "room": room.slug,
        "date": working_day().isoformat(),
        "start": "18.00",
        "end": "20.00",
        "title": "Øveaften",
        "actor": actor.pk,
        "audience": "closed",
        "token": str(uuid4()),
    }
    return fields | changes


def new_time(booking: Booking, start: str, end: str, /, **changes: Any) -> dict[str, Any]:
    """The move form of a booking, filled in with another time on its day."""
    fields: dict[str, Any] = {
        "room": booking.room.slug,
        "date": clock.local(booking.starts_at).date().isoformat(),
        "start": start,
        "end": end,
        "version": booking.version,
    }
    return fields | changes
