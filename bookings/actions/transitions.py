"""Steps of every action on a booking: lock its row, save its new state and place, record and notify."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from bookings import emails, errors, signals
from bookings.availability import blocked_span, in_the_way
from bookings.calendar import calendar_version
from bookings.enums import BookingEvent, BookingState
from bookings.hold import Locked, Occurrence, hold
from bookings.models import Booking, BookingActor, Occupancy
from bookings.rules import Slot, SlotContext, check_slot
from centers.hours import Hours
from centers.models import Room
from medborger.common import audit, clock
from medborger.common.errors import NotAllowed, Stale
from medborger.common.messaging import outbox

if TYPE_CHECKING:
    from actors.access import Access


def locked_booking(booking: Booking, by: Access) -> Booking:
    """The booking as it is now, its row locked. Its room is locked already: a booking that left that room meanwhile is Stale."""
    fresh: Booking = (
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .select_related("center", "room")
        .with_parties()
        .get(pk=booking.pk)
    )
    if not fresh.may_be_changed_by(by):
        raise NotAllowed
    if fresh.room_id != booking.room_id:
        raise Stale(current=fresh)
    return fresh


def locked_for_change(booking: Booking, by: Access, version: int | None) -> Booking:
    """As `locked_booking`. Raises BookingOver, and Stale when it was changed since `version`."""
    fresh = locked_booking(booking, by)
    if not fresh.holds or fresh.ends_at <= clock.now():
        raise errors.BookingOver
    if version is not None and fresh.version != version:
        raise Stale(current=fresh)
    return fresh


def transition(booking: Booking, state: BookingState, **place: Any) -> None:
    """Save the booking in the state, with its new place if it gets one. Its occupancies are deleted; `hold` makes the next ones."""
    Occupancy.objects.filter(booking=booking).delete()
    for name, value in {"state": state, "expires_at": None, **place}.items():
        setattr(booking, name, value)
    booking.version += 1
    booking.save(update_fields=["state", "expires_at", "version", *place])


def put(
    booking: Booking, slot: Slot, locked: Locked, by: Access, state: BookingState, expires_at: datetime | None
) -> None:
    """Save the booking in an active state and hold the slot, which all rules allow. Raises the errors of `check_slot`, and RoomTaken."""
    slot, holder = locked.fresh(slot), booking.holder
    hours = Hours(booking.center, slot.day, slot.day)
    context = SlotContext(booking.center, hours, by, [holder.pk], booking.persons, holder)
    outside = check_slot(slot, context)
    place = {"room": slot.room, "starts_at": slot.starts_at, "ends_at": slot.ends_at, "outside_hours": outside}
    transition(booking, state, expires_at=expires_at, **place)
    hold_or_say_why(booking, locked.leaves(slot.room.pk))


def hold_or_say_why(booking: Booking, leaves: list[Room]) -> None:
    """Raises RoomTaken with what is in the way."""
    if hold(booking.room, leaves, [Occurrence(booking, booking.starts_at, booking.ends_at)]):
        raise errors.RoomTaken(
            met=in_the_way(leaves, blocked_span(booking.room, *booking.span), except_booking=booking)
        )


def withdraw(booking: Booking, *, by: Access, because: str = "", merged_into: Booking | None = None) -> None:
    """Cancel a booking within the caller's transaction, which calls `pass_on`; `because` is the public reason of the closure that made it
    necessary, `merged_into` the booking that it is held together with instead."""
    said: dict[str, Any] = {"because": because} if because else {}
    if merged_into is not None:
        said["merged_into"] = merged_into.pk
    if booking.expires_at:
        said["expires_at"] = booking.expires_at.isoformat()
    transition(booking, BookingState.CANCELLED)
    tell(booking, BookingEvent.CANCELLED, by, **{"from": place_of(booking)}, **said)
    signals.announce(signals.event_withdrawn, booking, by)


def place_of(booking: Booking) -> dict[str, Any]:
    """Where and when it is, as the audit trail keeps it."""
    return {"room": booking.room_id, "start": booking.starts_at.isoformat(), "end": booking.ends_at.isoformat()}


def tell(
    booking: Booking, verb: BookingEvent, by: Access, parties: list[BookingActor] | None = None, /, **parameters: Any
) -> None:
    """Record the act: audit row, notices, and the calendar's version."""
    row = audit.record(verb, booking, by=by.user, **parameters)
    outbox.post(emails.letters(booking=booking, act=row, by=by, parties=parties))
    calendar_version.bump(booking.center_id)
