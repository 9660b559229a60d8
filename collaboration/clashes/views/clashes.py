"""The clashes of a house: what waits, and what was done."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actors.requests import HouseRequest
from collaboration.clashes.clash_view import clash_views
from collaboration.clashes.forms import LogFilter
from collaboration.clashes.models import Clash
from collaboration.permissions import tied
from medborger.common.pagination import page
from medborger.common.permissions import requires

MOST_WAITING = 50


@requires(tied)
@require_safe
def clashes(request: HouseRequest) -> HttpResponse:
    """Those of one's own actors, staff see the house's: what waits first, then what was done, newest first."""
    access, center_id = request.access, request.center.pk
    seen = Clash.objects.visible_to(access, center_id)
    waiting = seen.waiting().order_by("first__starts_at", "id")[:MOST_WAITING].read()
    chosen = LogFilter(request.GET)
    settled = seen.filter(~Q(pk__in=seen.waiting().values("pk")))
    if chosen.state:
        settled = settled.filter(state=chosen.state)
    log = page(settled.with_events(), request.GET, field="changed_at", newest_first=True)
    context = {
        "waiting": clash_views(waiting, access, center_id),
        "page": log,
        "log": clash_views(log.rows, access, center_id),
        "chosen": chosen,
        "is_staff": access.is_staff_in(center_id),
    }
    return render(request, "clashes/clashes.html", context)
