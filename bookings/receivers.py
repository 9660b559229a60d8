"""What happens elsewhere and shows in the calendar: its pages are to be read anew."""

from typing import Any

from django.dispatch import receiver

from actors.council import signals
from bookings.calendar import calendar_version


@receiver(signals.rules_changed, dispatch_uid="bookings")
def rules_changed(center_id: int, **signal: Any) -> None:
    calendar_version.bump(center_id)
