"""What is said of events that meet on the bookings' own pages: a line while one is being written, and a panel on its page."""

from collections.abc import Iterator

from django.utils.translation import gettext as _, ngettext

from actors.access import Access
from actors.requests import HouseRequest
from bookings.extension_points import BookingPanel, Plan, line_providers, panel_providers
from bookings.models import Booking
from bookings.visibility import Viewer
from collaboration.clashes import clash_texts
from collaboration.clashes.clash_view import clash_views
from collaboration.clashes.models import Clash
from collaboration.clashes.similar_events import meeting
from medborger.common import phrases


@line_providers.register(name="clashes")
def lines(plan: Plan, access: Access) -> Iterator[str]:
    """One line about the first that it would meet. Two statements; it is booked all the same."""
    met = list(meeting(plan).with_parties().select_related("center").order_by("starts_at", "id"))
    if not met:
        return
    first = met[0]
    seen = Viewer.of(access, first.center_id).sees_booking(first)
    said = _("Samme tid, samme målgruppe: %(actor)s holder »%(title)s« i %(place)s kl. %(hours)s.") % {
        "actor": clash_texts.named(first, seen.actor),
        "title": first.title,
        "place": clash_texts.place(first, seen_from=plan.center_id),
        "hours": phrases.hours(first.starts_at, first.ends_at),
    }
    more = len(met) - 1
    if more:
        also = ngettext("%(count)s til er på samme tid.", "%(count)s til er på samme tid.", more) % {"count": more}
        said = f"{said} {also}"
    yield _("%(met)s I kan booke alligevel.") % {"met": said}


@panel_providers.register(name="clashes")
def panel(request: HouseRequest, booking: Booking) -> BookingPanel | None:
    """What the booking meets and what can be done about it; two statements, one where it meets nothing."""
    if not booking.is_event:
        return None
    found = Clash.objects.of_event(booking).waiting().order_by("found_at", "id").read()
    if not found:
        return None
    met = clash_views(found, request.access, request.center.pk)
    return BookingPanel("clashes/_panel.html", {"met": [(one, *one.seen_from_event(booking)) for one in met]})
