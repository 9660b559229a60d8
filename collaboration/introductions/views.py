"""A neglected tie: why it is worth making, and the words that ask the two for coffee."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actors.requests import HouseRequest
from actors.views.shared import form_page
from collaboration import log_charts
from collaboration.forms import CoffeeForm
from collaboration.introductions import actions, ties
from collaboration.models import Introduction
from collaboration.permissions import staff
from medborger.common.access import requires
from medborger.common.errors import DomainError, NotAllowed
from medborger.common.limits import posting


@requires(staff)
@posting
@form_page
def tie(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """Why, a message to edit, and the POST that sends it to both."""
    found = _visible(request, pk)
    if request.method != "POST":
        return _page(request, found)
    form = CoffeeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    try:
        actions.propose_coffee(introduction=found, message=form.cleaned_data["message"], by=request.standing)
    except NotAllowed:
        raise
    except DomainError as error:
        return _page(request, _visible(request, pk), form=form, status=409, refused=str(error.message))
    messages.success(request, _("Sendt til begges kontaktpersoner."))
    return redirect("tie", hus=hus, pk=pk)


@requires(staff)
@posting
@require_POST
def not_now(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """Leave it for now."""
    found = _visible(request, pk)
    try:
        actions.not_now(introduction=found, by=request.standing)
    except NotAllowed:
        raise
    except DomainError as error:
        return _page(request, _visible(request, pk), status=409, refused=str(error.message))
    return redirect("tie", hus=hus, pk=pk)


def _visible(request: HouseRequest, pk: int) -> Introduction:
    rows = Introduction.objects.visible_to(request.standing, request.center.pk).with_actors()
    found: Introduction = get_object_or_404(rows, pk=pk)
    found.center = request.center
    return found


def _page(
    request: HouseRequest,
    introduction: Introduction,
    *,
    form: CoffeeForm | None = None,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    why = ties.why(introduction)
    context = {
        "introduction": introduction,
        "why": str(why),
        "picture": log_charts.triangle(introduction, ties.common(introduction)),
        "form": form or CoffeeForm(initial={"message": ties.message(introduction, why)}),
        "refused": refused,
    }
    return render(request, "collaboration/tie.html", context, status=status)
