"""Bookings as calendar files (.ics) that phones and calendars read."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from bookings.enums import BookingState
from bookings.models import Booking
from medborger.common import clock

STATUS = {
    BookingState.CONFIRMED: "CONFIRMED",
    BookingState.REQUESTED: "TENTATIVE",
    BookingState.CANCELLED: "CANCELLED",
    BookingState.EXPIRED: "CANCELLED",
}


def calendar_file(booking: Booking, *, title: str, actor: str = "", url: str = "") -> str:
    """One booking as a calendar. Its UID never changes and its SEQUENCE rises with each change, so a calendar that has it replaces it.

    `title` and `actor` are what the reader may see of it.
    """
    event = Event()
    event.add("uid", f"booking-{booking.pk}@{urlsplit(settings.PUBLIC_URL).hostname or 'medborger'}")
    event.add("sequence", booking.version)
    event.add("dtstamp", clock.now())
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("summary", title)
    event.add("location", ", ".join(part for part in _place(booking) if part))
    if actor:
        event.add("description", actor)
    if url:
        event.add("url", url)
    event.add("status", STATUS[BookingState(booking.state)])
    calendar = Calendar()
    calendar.add("prodid", "-//Medborger//da")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH" if booking.holds else "CANCEL")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content.decode()


def _place(booking: Booking) -> tuple[str, ...]:
    center = booking.center
    return booking.room.name, center.name, center.address, f"{center.postcode} {center.town}".strip()
