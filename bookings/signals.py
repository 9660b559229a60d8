"""Events of bookings that are open to residents or everyone, for the apps that build on bookings.

Sent with `send()` inside the action's transaction, with `booking` and `by` (the `Access` of who did it). A receiver inserts and
updates rows, and nothing else. A closed booking sends nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.dispatch import Signal

from bookings.enums import OPEN_AUDIENCES
from bookings.models import Booking

if TYPE_CHECKING:
    from actors.access import Access

# Booked, or its cancellation undone.
event_published = Signal()
# Another time, room or set of actors.
event_changed = Signal()
# Cancelled.
event_withdrawn = Signal()


def announce(signal: Signal, booking: Booking, by: Access) -> None:
    """Send the signal if the booking is an event."""
    if booking.audience in OPEN_AUDIENCES:
        signal.send(Booking, booking=booking, by=by)
