"""A neglected tie: why it is worth making, and the words that ask the two for coffee."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actors.requests import HouseRequest, redirect_in_house
from collaboration import log_charts
from collaboration.forms import CoffeeForm
from collaboration.introductions import actions, ties
from collaboration.models import Introduction
from collaboration.permissions import staff
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import form_page, refused_on


def _page_of(request: HouseRequest, pk: int, **context: Any) -> HttpResponse:
    form = CoffeeForm(request.POST) if "message" in request.POST else None
    return _page(request, _visible(request, pk), form=form, **context)


@requires(staff)
@posting
@form_page
@refused_on(_page_of)
def tie(request: HouseRequest, pk: int) -> HttpResponse:
    """Why, a message to edit, and the POST that sends it to both."""
    found = _visible(request, pk)
    if request.method != "POST":
        return _page(request, found)
    form = CoffeeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    actions.propose_coffee(introduction=found, message=form.cleaned_data["message"], by=request.access)
    return redirect_in_house(request, "tie", pk, said=_("Sendt til begges kontaktpersoner."))


@requires(staff)
@posting
@require_POST
@refused_on(_page_of)
def not_now(request: HouseRequest, pk: int) -> HttpResponse:
    """Leave it for now."""
    actions.not_now(introduction=_visible(request, pk), by=request.access)
    return redirect_in_house(request, "tie", pk)


def _visible(request: HouseRequest, pk: int) -> Introduction:
    rows = Introduction.objects.visible_to(request.access, request.center.pk).with_actors()
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
