"""The clashes of a house, and the page of one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actors.requests import HouseRequest
from collaboration.clashes.models import Clash
from collaboration.permissions import tied
from medborger.common.access import requires


@requires(tied)
@require_safe
def clash(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """Both events side by side, what can be done, and what was done."""
    return render(request, "clashes/clash.html", {"clash": visible_clash(request, pk)})


def visible_clash(request: HouseRequest, pk: int) -> Clash:
    """The clash, if the person may open its page. Raises Http404."""
    clashes = Clash.objects.visible_to(request.standing, request.center.pk).with_events()
    found: Clash = get_object_or_404(clashes, pk=pk)
    return found
