"""Pages to record a collaboration, change it, change its kind, end it."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from actors.requests import HouseRequest
from collaboration import actions
from collaboration.enums import CollaborationKind, CollaborationState
from collaboration.errors import AlreadyEntered
from collaboration.forms import EndForm, EntryForm, KindForm
from collaboration.models import Collaboration
from collaboration.permissions import tied
from collaboration.views.collaboration_access import address, collaboration_to_change
from medborger.common import clock
from medborger.common.errors import Stale
from medborger.common.limits import posting, writing_to_others
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, form_page


@requires(tied)
@posting
@writing_to_others
@form_page
def new(request: HouseRequest) -> HttpResponse:
    """A collaboration of one's own, or on behalf."""
    form = EntryForm.new(
        request.POST if request.method == "POST" else None,
        center=request.center,
        access=request.access,
        form=request.GET.get("form", ""),
        actors=request.GET.get("aktoerer", ""),
    )
    if request.method == "POST" and form.is_valid():
        said = {"entry": form.entry(), "token": form.cleaned_data["token"], "by": request.access}
        if made := attempt(form, actions.enter, center=request.center, **said):
            messages.success(request, _("Skrevet ind. De andre har fået besked og kan træde ud, hvis det ikke passer."))
            return redirect(address(made))
    return _entry_page(request, form)


@requires(tied)
@posting
@writing_to_others
@form_page
def change(request: HouseRequest, pk: int) -> HttpResponse:
    """Other words, more actors, a next step; of a proposal it is confirmed with the same button."""
    found = collaboration_to_change(request, pk)
    if found.state == CollaborationState.DISMISSED:
        return redirect(address(found))
    form = EntryForm.of(found, request.access, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _entry_page(request, form, collaboration=found)
    said = {"collaboration": found, "version": form.cleaned_data["version"], "by": request.access}
    try:
        if found.state == CollaborationState.PROPOSED:
            saved = attempt(form, actions.confirm, changes=form.entry(), **said)
        else:
            saved = attempt(form, actions.change, entry=form.entry(), **said)
    except Stale as error:
        fresh = collaboration_to_change(request, pk)
        again = EntryForm.of(fresh, request.access)
        return _entry_page(request, again, collaboration=fresh, refused=str(error.message), status=409)
    if saved is None:
        return _entry_page(request, form, collaboration=found)
    if found.state == CollaborationState.PROPOSED:
        messages.success(request, _("Bekræftet. Samarbejdet står nu i loggen."))
    return redirect(address(found))


@requires(tied)
@posting
@form_page
def change_form(request: HouseRequest, pk: int) -> HttpResponse:
    """Another form from a day on."""
    found = collaboration_to_change(request, pk)
    initial = {"form": found.form, "since": clock.today()}
    form = KindForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        take = partial(actions.change_form, form=CollaborationKind(said["form"]), since=said["since"])
        if attempt(form, take, collaboration=found, by=request.access):
            return redirect(address(found))
    context = {"collaboration": found, "form": form, "five": list(CollaborationKind)}
    return render(request, "collaboration/form.html", context, status=422 if form.errors else 200)


@requires(tied)
@posting
@form_page
def end(request: HouseRequest, pk: int) -> HttpResponse:
    """When it was over, and what was learned."""
    found = collaboration_to_change(request, pk)
    initial = {"until": clock.today(), "learned": found.learned}
    form = EndForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        day, learned = said["until"], said["learned"]
        if attempt(form, actions.end, collaboration=found, on=day, learned=learned, by=request.access):
            return redirect(address(found))
    context = {"collaboration": found, "form": form}
    return render(request, "collaboration/end.html", context, status=422 if form.errors else 200)


def _entry_page(
    request: HouseRequest,
    form: EntryForm,
    *,
    collaboration: Collaboration | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "collaboration": collaboration,
        "entered": _entered(request, form),
        "refused": refused,
        "five": list(CollaborationKind),
    }
    return render(request, "collaboration/edit.html", context, status=422 if form.errors else status)


def _entered(request: HouseRequest, form: EntryForm) -> Collaboration | None:
    """What is in the log already and in the way of what was written, if the person may see it."""
    entered = form.refused.entered if isinstance(form.refused, AlreadyEntered) else None
    rows = Collaboration.objects.visible_to(request.access, request.center.pk)
    return rows.filter(pk=entered.pk).first() if entered else None
