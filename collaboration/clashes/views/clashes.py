"""The clashes of a house: what waits, and what was done."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actors.requests import HouseRequest
from collaboration.clashes.clash_view import clash_views
from collaboration.clashes.forms import LogFilter
from collaboration.clashes.models import Clash
from collaboration.permissions import tied
from medborger.common.access import requires
from medborger.common.pagination import page

MOST_WAITING = 50


@requires(tied)
@require_safe
def clashes(request: HouseRequest) -> HttpResponse:
    """Those of one's own actors, staff see the house's: what waits first, then what was done, newest first."""
    standing, center_id = request.standing, request.center.pk
    seen = Clash.objects.visible_to(standing, center_id)
    waiting = seen.waiting().order_by("first__starts_at", "id")[:MOST_WAITING].read()
    chosen = LogFilter(request.GET)
    settled = seen.filter(~Q(pk__in=seen.waiting().values("pk")))
    if chosen.state:
        settled = settled.filter(state=chosen.state)
    log = page(settled.with_events(), request.GET, field="changed_at", newest_first=True)
    context = {
        "waiting": clash_views(waiting, standing, center_id),
        "page": log,
        "log": clash_views(log.rows, standing, center_id),
        "chosen": chosen,
        "is_staff": standing.is_staff_in(center_id),
    }
    return render(request, "clashes/clashes.html", context)
