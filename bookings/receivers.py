"""What happens elsewhere and shows in the calendar: its pages are to be read anew."""

from typing import Any

from django.dispatch import receiver

from actors.council import signals
from bookings import changes


@receiver(signals.rules_changed, dispatch_uid="bookings")
def rules_changed(center_id: int, **signal: Any) -> None:
    changes.bump(center_id)
