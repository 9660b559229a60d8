"""One's bookings over all houses, for /mig/."""

from __future__ import annotations

from actors.me import Section
from actors.requests import PersonRequest
from bookings.enums import BookingState
from bookings.models import Booking
from bookings.querysets import BookingQuerySet

COMING, PAST, OWING = 20, 10, 20


def my_bookings(request: PersonRequest) -> Section:
    """The coming ones, those just past, and those that still want a reason: four statements and two for the actors."""
    standing = request.standing
    mine = Booking.objects.of_person(standing).with_parties().select_related("center")
    context = {
        "coming": mine.coming()[:COMING],
        "past": mine.past().exclude(state=BookingState.CANCELLED)[:PAST],
        "owing": _owing(request),
    }
    return Section("bookings/_me.html", context)


def _owing(request: PersonRequest) -> BookingQuerySet:
    """Bookings outside the opening hours that this person made and has not said why."""
    owing = Booking.objects.owing_reason().filter(booked_by=request.user.pk).with_parties().select_related("center")
    return owing.order_by("starts_at", "id")[:OWING]
