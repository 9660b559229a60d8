"""Making one event of two: one booking is kept and gets the other's actors as partners, the other gives its room up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookings import changes, errors, signals
from bookings.actions.bookings import let_planned_closures_begin, withdraw
from bookings.enums import BookingState, Part, Verb
from bookings.hold import Locked
from bookings.models import Booking, BookingActor
from medborger.common import audit, clock
from medborger.common.errors import Stale

if TYPE_CHECKING:
    from actors.standing import Standing


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
            raise Stale(now)
        if now.state != BookingState.CONFIRMED or now.starts_at <= clock.now():
            raise errors.BookingOver
    return fresh[one.pk], fresh[other.pk]


def make_one(*, kept: Booking, given_up: Booking, by: Standing) -> None:
    """Put the actors of `given_up` on `kept` as partners, and cancel `given_up` for good; within the caller's transaction, which has
    locked both and checked that both actors want it. Who gives a room up is told of it; of the rest the caller tells."""
    there = {party.actor_id for party in kept.parties.all()}
    joining = [party.actor_id for party in given_up.parties.all() if party.actor_id not in there]
    BookingActor.objects.bulk_create(BookingActor(booking=kept, actor_id=pk, part=Part.PARTNER) for pk in joining)
    audit.record(Verb.PARTNER_JOINED, kept, by=by.user, actors=joining, merged_from=given_up.pk)
    changes.bump(kept.center_id)
    withdraw(given_up, by=by, merged_into=kept)
    let_planned_closures_begin(given_up.center_id)
    signals.announce(signals.event_changed, kept, by)
