"""The log of a house, and the page of one collaboration."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actors.requests import HouseRequest
from collaboration.models import Collaboration
from collaboration.permissions import tied
from medborger.common.access import requires


@requires(tied)
@require_safe
def collaborations(request: HouseRequest, hus: str) -> HttpResponse:
    """Who works together in the house."""
    seen = Collaboration.objects.visible_to(request.standing, request.center.pk).confirmed().with_parties()
    return render(request, "collaboration/collaborations.html", {"rows": seen.order_by("-since", "-id")[:50]})


@requires(tied)
@require_safe
def collaboration(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """One collaboration."""
    seen = Collaboration.objects.visible_to(request.standing, request.center.pk).with_parties()
    found: Collaboration = get_object_or_404(seen, pk=pk)
    return render(request, "collaboration/collaboration.html", {"collaboration": found})
