"""One's bookings over all houses, for /mig/."""

from actors.access import Access
from actors.my_page import Section, sections
from actors.requests import PersonRequest
from bookings.enums import BookingState
from bookings.models import Booking
from bookings.querysets import BookingQuerySet
from centers.models import Center
from centers.querysets import CenterQuerySet

COMING, PAST, OWING = 5, 5, 20


@sections.register(order=70)
def my_bookings(request: PersonRequest) -> Section:
    """The next ones, those just past, those that still want a reason, and the way to all: five statements and two for the actors."""
    access = request.access
    mine = Booking.objects.of_person(access).with_parties().select_related("center")
    context = {
        "coming": mine.coming()[:COMING],
        "past": mine.past().exclude(state=BookingState.CANCELLED)[:PAST],
        "owing": _owing(request),
        "houses": [(house, access.is_staff_in(house.pk)) for house in _houses(access)],
    }
    return Section("bookings/_me.html", context)


def _houses(access: Access) -> CenterQuerySet:
    """The houses whose list of bookings the person may open: staff read the house's, others their actors'."""
    ids = [*access.actors_by_center, *(pk for pk in access.roles if access.is_staff_in(pk))]
    return Center.objects.open_to_visitors().filter(pk__in=ids).order_by("name")


def _owing(request: PersonRequest) -> BookingQuerySet:
    """Bookings outside the opening hours that this person made and has not said why."""
    owing = Booking.objects.owing_reason().filter(booked_by=request.user.pk).with_parties().select_related("center")
    return owing.order_by("starts_at", "id")[:OWING]
