"""The council's front page, its founding, and its standing orders."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.council import overview
from actors.council.actions import council as actions
from actors.council.bench import Bench
from actors.council.forms.council import FoundForm
from actors.council.models import Council, StandingOrders
from actors.council.permissions import manager, tied
from actors.council.presets import PRESETS
from actors.council.sentences import changes, sentences
from actors.council.views.shared import bench_of
from actors.requests import HouseRequest
from actors.views.people import page
from medborger.common.access import requires
from medborger.common.limits import posting
from medborger.common.refusals import attempt, form_page


@requires(tied)
@require_safe
def council(request: HouseRequest, hus: str) -> HttpResponse:
    """What waits for the reader, and what is before the council; in a house without one, how it gets one."""
    orders = StandingOrders.objects.filter(council__center=request.center).select_related("council").first()
    if orders is None:
        return render(request, "council/none.html", {"may_found": request.standing.is_manager_in(request.center.pk)})
    orders.council.center = request.center
    bench = Bench.of(request.standing, orders.council)
    context = {
        "council": orders.council,
        "bench": bench,
        "page": overview.of(bench, orders),
        "is_staff": request.standing.is_staff_in(request.center.pk),
    }
    return render(request, "council/council.html", context)


@requires(manager)
@posting
@form_page
def found(request: HouseRequest, hus: str) -> HttpResponse:
    """Give the house a council, once."""
    if request.method != "POST" and Council.objects.filter(center=request.center).exists():
        return redirect("council", hus)
    form = FoundForm(request.POST or None, initial={"preset": "husraad"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form, actions.found, center=request.center, name=given["name"], preset=given["preset"], by=request.standing
        )
        if made:
            messages.success(request, _("%(council)s er oprettet.") % {"council": made.name})
            return redirect("council", hus)
    explained = [(preset, sentences(preset.orders())) for preset in PRESETS.values()]
    return page(request, "council/found.html", form, explained=explained)


@requires(tied)
@require_safe
def standing_orders(request: HouseRequest, hus: str, version: int | None = None) -> HttpResponse:
    """How the council decides, now or in an earlier version, and what each version changed."""
    bench = bench_of(request)
    versions = list(StandingOrders.objects.filter(council=bench.council).select_related("motion"))
    shown = next((orders for orders in versions if version in (None, orders.version)), None)
    if shown is None:
        raise Http404
    before = {orders.version: orders for orders in versions}
    context = {
        "council": bench.council,
        "shown": shown,
        "in_force": versions[0],
        "sentences": sentences(shown),
        "versions": [
            (orders, changes(before[orders.version - 1], orders) if orders.motion_id else []) for orders in versions
        ],
        "may_move": bool(bench.may_move_for(versions[0])),
    }
    return render(request, "council/orders.html", context)
