"""What happens to events is looked at in the same transaction: whom they meet, and whom no longer."""

from typing import Any

from django.dispatch import receiver

from actors.access import Access
from bookings.extension_points import Plan
from bookings.models import Booking
from bookings.signals import event_changed, event_published, event_withdrawn
from collaboration.clashes import clash_records
from collaboration.clashes.enums import ClashState
from collaboration.clashes.similar_events import meeting


@receiver(event_published, dispatch_uid="clashes")
def published(booking: Booking, by: Access, **said: Any) -> None:
    _enter(booking, by)


@receiver(event_changed, dispatch_uid="clashes")
def changed(booking: Booking, by: Access, **said: Any) -> None:
    clash_records.settle_parted(booking, ClashState.MOVED, by)
    _enter(booking, by)


@receiver(event_withdrawn, dispatch_uid="clashes")
def withdrawn(booking: Booking, by: Access, **said: Any) -> None:
    clash_records.settle_parted(booking, ClashState.GONE, by)


def _enter(booking: Booking, by: Access) -> None:
    if not booking.is_event:
        return
    met = meeting(Plan.of(booking)).values_list("pk", flat=True)
    clash_records.enter(sorted((min(pk, booking.pk), max(pk, booking.pk)) for pk in met), by)
