"""Cancel a booking: by itself, merged into another, or expired. Let a partner leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bookings import errors, signals
from bookings.actions.closures import pass_on
from bookings.actions.transitions import locked_for_change, tell, transition, withdraw
from bookings.calendar import calendar_version
from bookings.enums import BookingEvent, BookingRole, BookingState
from bookings.hold import Locked
from bookings.models import Booking, BookingActor
from medborger.common import audit, clock
from medborger.common.errors import NotAllowed, Stale

if TYPE_CHECKING:
    from actors.access import Access
    from actors.models import Actor


@transaction.atomic
def cancel(*, booking: Booking, version: int | None, by: Access) -> Booking:
    """Cancel a booking. It can be undone for ten minutes, as long as the room is still free."""
    Locked(booking.center_id, [booking.room_id])
    booking = locked_for_change(booking, by, version)
    withdraw(booking, by=by)
    pass_on([booking.room], booking.span)
    return booking


def expire_requests() -> int:
    """End every request whose time to be answered is over, in any house; return how many. Nothing else ends one by the clock."""
    due = Booking.objects.filter(state=BookingState.REQUESTED, expires_at__lte=clock.now())
    return sum(_expire(booking) for booking in due.order_by("pk"))


@transaction.atomic
def _expire(booking: Booking) -> bool:
    Locked(booking.center_id, [booking.room_id])
    request = (
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .select_related("room")
        .filter(pk=booking.pk, room=booking.room_id, state=BookingState.REQUESTED, expires_at__lte=clock.now())
        .first()
    )
    if request is None:
        return False
    transition(request, BookingState.EXPIRED)
    audit.record(BookingEvent.EXPIRED, request, by=None)
    calendar_version.bump(request.center_id)
    pass_on([request.room], request.span)
    return True


@transaction.atomic
def leave(*, booking: Booking, actor: Actor, by: Access) -> None:
    """Remove a partner from a booking. Raises NotAllowed for who does not act for it."""
    if actor.pk not in by.actor_ids and not by.is_staff_in(booking.center_id):
        raise NotAllowed
    if BookingActor.objects.filter(booking=booking, actor=actor, part=BookingRole.PARTNER).delete()[0]:
        tell(booking, BookingEvent.PARTNER_LEFT, by, actor=actor.pk)
        signals.announce(signals.event_changed, booking, by)


def lock_both(one: Booking, other: Booking) -> tuple[Booking, Booking]:
    """Both as they are now, locked until the caller's transaction ends: their rooms house by house, then the bookings in id order.

    Raises Stale where one has left its room meanwhile, BookingOver where one has begun or is not to take place.
    """
    for center_id in sorted({one.center_id, other.center_id}):
        Locked(center_id, {booking.room_id for booking in (one, other) if booking.center_id == center_id})
    rows = Booking.objects.select_for_update(no_key=True, of=("self",)).select_related("center").with_parties()
    fresh = {booking.pk: booking for booking in rows.filter(pk__in=[one.pk, other.pk]).order_by("pk")}
    for seen in (one, other):
        now = fresh[seen.pk]
        if now.room_id != seen.room_id:
            raise Stale(current=now)
        if now.state != BookingState.CONFIRMED or now.starts_at <= clock.now():
            raise errors.BookingOver
    return fresh[one.pk], fresh[other.pk]


def make_one(*, kept: Booking, given_up: Booking, by: Access) -> None:
    """Put the actors of `given_up` on `kept` as partners, and cancel `given_up` for good; within the caller's transaction, which has
    locked both and checked that both actors want it. Who gives a room up is told of it; of the rest the caller tells."""
    there = {party.actor_id for party in kept.parties.all()}
    joining = [party.actor_id for party in given_up.parties.all() if party.actor_id not in there]
    BookingActor.objects.bulk_create(
        BookingActor(booking=kept, actor_id=pk, part=BookingRole.PARTNER) for pk in joining
    )
    audit.record(BookingEvent.PARTNER_JOINED, kept, by=by.user, actors=joining, merged_from=given_up.pk)
    calendar_version.bump(kept.center_id)
    withdraw(given_up, by=by, merged_into=kept)
    signals.announce(signals.event_changed, kept, by)
    pass_on([given_up.room], given_up.span)
