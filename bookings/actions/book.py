"""Book a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from bookings import signals
from bookings.actions.transitions import hold_or_say_why, place_of, tell
from bookings.enums import Audience, BookingEvent, BookingRole
from bookings.hold import Locked
from bookings.models import Booking, BookingActor
from bookings.rules import BookingData, SlotContext, check_slot
from centers.hours import Hours
from centers.models import Center
from medborger.common import audit, clock
from medborger.common.errors import AlreadyDone, DomainError, NotAllowed, violated

if TYPE_CHECKING:
    from actors.access import Access


def book(*, center: Center, data: BookingData, by: Access) -> Booking:
    """Book a room for an actor. The same form sent twice books once: AlreadyDone carries the booking that the first one made,
    whatever would be said of the wish by now.

    Raises the errors of `check_slot`, and RoomTaken with what is in the way.
    """
    try:
        with transaction.atomic():
            return _book(center, data, by)
    except NotAllowed:
        raise
    except DomainError:
        if made := _made_by(data):
            raise AlreadyDone(outcome=made) from None
        raise
    except IntegrityError as error:
        if violated(error) == "bookings_booking_form_token_key" and (made := _made_by(data)):
            raise AlreadyDone(outcome=made) from error
        raise


def _book(center: Center, data: BookingData, by: Access) -> Booking:
    locked = Locked(center.pk, [data.slot.room.pk])
    slot, holder = locked.fresh(data.slot), data.actor
    hours = Hours(center, slot.day, slot.day)
    outside = check_slot(slot, SlotContext(center, hours, by, [holder.pk], data.persons, holder, data.partner))
    booking = Booking.objects.create(
        center=center,
        room=slot.room,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        title=data.title,
        audience=data.audience,
        drop_in=data.drop_in and data.audience != Audience.CLOSED,
        persons=data.persons,
        booked_by_id=by.user.pk,
        by_house=holder.pk not in by.actor_ids,
        outside_hours=outside,
        hours_reason=data.hours_reason if outside else "",
        form_token=data.token,
        created_at=clock.now(),
    )
    hold_or_say_why(booking, locked.leaves(slot.room.pk))
    parties = [BookingActor(booking=booking, actor=holder, part=BookingRole.HOLDER)]
    if data.partner is not None and data.partner != holder:
        parties.append(BookingActor(booking=booking, actor=data.partner, part=BookingRole.PARTNER))
    BookingActor.objects.bulk_create(parties)
    themes, groups = Booking.themes.through, Booking.target_groups.through
    themes._default_manager.bulk_create([themes(booking=booking, theme=theme) for theme in data.themes])
    groups._default_manager.bulk_create([groups(booking=booking, targetgroup=group) for group in data.target_groups])
    tell(booking, BookingEvent.BOOKED, by, parties, to=place_of(booking), actor=holder.pk)
    signals.announce(signals.event_published, booking, by)
    return booking


def _made_by(data: BookingData) -> Booking | None:
    return Booking.objects.filter(form_token=data.token).first() if data.token else None


@transaction.atomic
def give_reason(*, booking: Booking, reason: str, by: Access) -> None:
    """Say afterwards why a booking lies outside the opening hours. Raises NotAllowed for others than staff."""
    if not by.is_staff_in(booking.center_id):
        raise NotAllowed
    booking.hours_reason = reason
    booking.save(update_fields=["hours_reason"])
    audit.record(BookingEvent.REASON_GIVEN, booking, by=by.user)
