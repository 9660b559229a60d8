"""The events of one's actors that meet others, and the questions that wait for an answer, over all houses, for /mig/."""

from actors.my_page import Section, sections
from actors.requests import PersonRequest
from collaboration.clashes.clash_view import ClashView
from collaboration.clashes.models import Clash

MOST = 10


@sections.register(order=60)
def my_clashes(request: PersonRequest) -> Section | None:
    """Questions first. Two statements, one where there is nothing."""
    access = request.access
    if not access.actor_ids:
        return None
    found = Clash.objects.of_person(access).waiting().order_by("first__starts_at", "id")[:MOST]
    mine = [ClashView.in_own_house(clash, access) for clash in found.read()]
    mine.sort(key=lambda clash_view: not clash_view.may_accept)
    return Section("clashes/_me.html", {"clash_views": mine}) if mine else None
