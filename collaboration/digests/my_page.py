"""The digests' section of /mig/: those the person gets, over all houses."""

from actors.my_page import Section, sections
from actors.requests import PersonRequest
from collaboration.digests.models import Subscription


@sections.register(order=90)
def my_digests(request: PersonRequest) -> Section | None:
    """One statement."""
    own = Subscription.objects.going_on().filter(user=request.user.pk, center__retired_at=None)
    held = [row for row in own.select_related("center").order_by("center__name") if _still(row, request)]
    return Section("digests/_me.html", {"subscriptions": held}) if held else None


def _still(subscription: Subscription, request: PersonRequest) -> bool:
    return request.access.is_tied_to(subscription.center_id)
