"""Bookings as calendar files (.ics)."""

from bookings.enums import BookingState
from bookings.models import Booking
from medborger.common import calendar_file as files

STATUS = {
    BookingState.CONFIRMED: "CONFIRMED",
    BookingState.REQUESTED: "TENTATIVE",
    BookingState.CANCELLED: "CANCELLED",
    BookingState.EXPIRED: "CANCELLED",
}


def calendar_file(booking: Booking, *, title: str, actor: str = "", url: str = "") -> str:
    """One booking as a calendar; `title` and `actor` are what the reader may see of it."""
    entry = files.CalendarFileEvent(
        name=f"booking-{booking.pk}",
        sequence=booking.version,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        summary=title,
        location=", ".join(part for part in _place(booking) if part),
        description=actor,
        url=url,
        status=STATUS[BookingState(booking.state)],
    )
    return files.calendar_file([entry], cancelled=not booking.holds)


def _place(booking: Booking) -> tuple[str, ...]:
    center = booking.center
    return booking.room.name, center.name, center.address, f"{center.postcode} {center.town}".strip()
