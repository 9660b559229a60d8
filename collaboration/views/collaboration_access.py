"""Find a collaboration for a person; what the log's pages share."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from actors.requests import HouseRequest, redirect_in_house
from collaboration.entries import may_change
from collaboration.forms import BackForm
from collaboration.models import Collaboration


def address(collaboration: Collaboration, name: str = "collaboration") -> str:
    """The path of a collaboration's page, or of one of the pages under it."""
    return reverse(name, kwargs={"hus": collaboration.center.slug, "pk": collaboration.pk})


def visible_collaboration(request: HouseRequest, pk: int) -> Collaboration:
    """The collaboration, if the person may open its page. Raises Http404."""
    rows = Collaboration.objects.visible_to(request.access, request.center.pk)
    subjects = rows.with_parties().select_related("next_step_owner").prefetch_related("themes", "target_groups")
    found: Collaboration = get_object_or_404(subjects, pk=pk)
    found.center = request.center
    return found


def collaboration_to_change(request: HouseRequest, pk: int) -> Collaboration:
    """The collaboration, for its actors' people and staff. Raises Http404 where it is hidden, else PermissionDenied."""
    found = visible_collaboration(request, pk)
    if not may_change(found, request.access):
        raise PermissionDenied
    return found


def stood_on_me(request: HouseRequest) -> bool:
    """Whether the button stood on /mig/."""
    back = BackForm(request.POST)
    return back.is_valid() and back.cleaned_data["back"] == "me"


def done(request: HouseRequest, collaboration: Collaboration, said: str) -> HttpResponse:
    """Say what was done, and go back to the page that the button stood on."""
    messages.success(request, said)
    if stood_on_me(request):
        return redirect("me")
    rows = Collaboration.objects.visible_to(request.access, request.center.pk)
    if not rows.filter(pk=collaboration.pk).exists():
        return redirect_in_house(request, "collaborations")
    return redirect(address(collaboration))
