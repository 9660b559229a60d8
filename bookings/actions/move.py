"""Move a booking, and undo the last change of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bookings import errors, signals
from bookings.actions.closures import pass_on
from bookings.actions.transitions import locked_booking, locked_for_change, place_of, put, tell
from bookings.enums import UNDOABLE, BookingEvent, BookingState
from bookings.hold import Locked
from bookings.models import Booking
from bookings.rules import Slot
from centers.models import Room
from medborger.common import audit, clock
from medborger.common.models import Audit

if TYPE_CHECKING:
    from actors.access import Access

UNDO_FOR = timedelta(minutes=10)
# What an act says of itself when it is not its booking's alone to undo: a closure cancelled it, or it is held together with another.
FOR_GOOD = frozenset({"because", "merged_into"})


@transaction.atomic
def move(*, booking: Booking, slot: Slot, version: int | None, by: Access) -> Booking:
    """Move a booking to another time or room of its house. Raises Stale when it was changed since `version`, and all that `book` does."""
    locked = Locked(booking.center_id, {booking.room_id, slot.room.pk})
    booking = locked_for_change(booking, by, version)
    before, freed = place_of(booking), ([booking.room], booking.span)
    put(booking, slot, locked, by, BookingState(booking.state), booking.expires_at)
    tell(booking, BookingEvent.MOVED, by, **{"from": before, "to": place_of(booking)})
    signals.announce(signals.event_changed, booking, by)
    pass_on(*freed)
    return booking


@transaction.atomic
def undo(*, booking: Booking, by: Access) -> Booking:
    """Take back the last move or cancellation, through all the rules again. Raises NothingToUndo and all that `move` does."""
    last = undoable(booking)
    if last is None:
        raise errors.NothingToUndo
    slot = _slot_of(last.parameters["from"])
    locked = Locked(booking.center_id, {booking.room_id, slot.room.pk})
    booking = locked_booking(booking, by)
    if undoable(booking) != last:
        raise errors.NothingToUndo
    before, freed = place_of(booking), ([booking.room], booking.span)
    state, expires_at, restored = BookingState(booking.state), booking.expires_at, last.verb == BookingEvent.CANCELLED
    if restored:
        expires_at = _expiry(last)
        state = BookingState.REQUESTED if expires_at else BookingState.CONFIRMED
    put(booking, slot, locked, by, state, expires_at)
    tell(
        booking,
        BookingEvent.RESTORED if restored else BookingEvent.MOVED_BACK,
        by,
        **{"from": before, "to": place_of(booking)},
    )
    signals.announce(signals.event_published if restored else signals.event_changed, booking, by)
    pass_on(*freed)
    return booking


def undoable(booking: Booking) -> Audit | None:
    """The act that can be undone now: the booking's last one, if it is a move or cancellation less than ten minutes old.

    A cancelled request comes back only while it would still have waited for its answer.
    """
    last, now = audit.history(booking).last(), clock.now()
    if last is None or last.verb not in UNDOABLE or last.at < now - UNDO_FOR or FOR_GOOD & last.parameters.keys():
        return None
    expires_at = _expiry(last)
    return last if expires_at is None or expires_at > now else None


def _expiry(cancelled: Audit) -> datetime | None:
    """Until when the booking that was cancelled had been asked for; None when it was confirmed."""
    said: str | None = cancelled.parameters.get("expires_at")
    return datetime.fromisoformat(said) if said else None


def _slot_of(place: dict[str, Any]) -> Slot:
    span = datetime.fromisoformat(place["start"]), datetime.fromisoformat(place["end"])
    return Slot.of(Room.objects.get(pk=place["room"]), span)
