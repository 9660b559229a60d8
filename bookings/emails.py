"""Who is told what about a booking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bookings.enums import Verb
from bookings.models import Booking
from medborger.common.outbox import Letter

if TYPE_CHECKING:
    from actors.standing import Standing


def letters(*, booking: Booking, verb: Verb, by: Standing, act: int) -> list[Letter]:
    """The letters about one act; `act` is the audit row's id, which makes their keys unique."""
    return []
