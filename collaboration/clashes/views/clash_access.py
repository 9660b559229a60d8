"""What the pages of clashes have in common."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from actors.requests import HouseRequest
from collaboration.clashes.clash_view import ClashView
from collaboration.clashes.models import Clash


def visible_clash(request: HouseRequest, pk: int) -> Clash:
    """The clash, if the person may open its page. Raises Http404."""
    clashes = Clash.objects.visible_to(request.access, request.center.pk).with_events().with_what_they_share()
    found: Clash = get_object_or_404(clashes, pk=pk)
    return found


def clash_view_of(request: HouseRequest, clash: Clash) -> ClashView:
    return ClashView.of(clash, request.access, request.center.pk)


def address(request: HouseRequest, clash: Clash) -> str:
    """The path of its page, in the house of the address."""
    return reverse("clash", args=[request.center.slug, clash.pk])
