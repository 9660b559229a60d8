"""The house's tablet: a seat without a phone votes there with a one-time code. Nobody is logged in, and nothing is kept."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from actors.council.actions import ballots as actions
from actors.council.actions.ballots.tablet import code_for
from actors.council.emails.ballots import title
from actors.council.forms.ballots import TabletForm
from actors.council.models import Council
from actors.requests import HouseRequest
from actors.views.shared import form_page
from medborger.common.access import public
from medborger.common.errors import DomainError
from medborger.common.limits import limited

THANKS_LAST, CHOICE_LASTS = 15, 180  # seconds, after which the tablet is ready for the next one


@public
@limited("tablet", "40/m", posts_only=True)
@form_page
def tablet(request: HouseRequest, hus: str) -> HttpResponse:
    """First the code, then what is voted on, then the choice. `tak` says that a vote was cast."""
    council = get_object_or_404(Council, center=request.center)
    if request.method == "POST":
        return _take(request, council, TabletForm(request.POST))
    if "tak" in request.GET:
        return _back_to_start(request, render(request, "council/tablet_thanks.html"), THANKS_LAST)
    return _page(request, council, TabletForm())


def _take(request: HouseRequest, council: Council, form: TabletForm) -> HttpResponse:
    if not form.is_valid() and "code" in form.errors:
        return _page(request, council, form, status=422)
    code = form.cleaned_data["code"]
    try:
        found = code_for(code=code, center=request.center)
        if "voting" in form.data and not form.errors:
            if form.cleaned_data["choice"] is None:
                form.add_error("choice", _("Vælg for, imod eller blank."))
            else:
                actions.vote_with_code(code=code, center=request.center, choice=form.cleaned_data["choice"])
                return redirect(f"{reverse('tablet', kwargs={'hus': request.center.slug})}?tak=1")
    except DomainError as error:
        form.refuse(error)
        return _page(request, council, form, status=error.status)
    context = {"form": form, "ballot": found.ballot, "seat": found.seat, "title": title(found.ballot)}
    status = 422 if form.errors else 200
    return _back_to_start(request, render(request, "council/tablet_vote.html", context, status=status), CHOICE_LASTS)


def _page(request: HouseRequest, council: Council, form: TabletForm, *, status: int = 200) -> HttpResponse:
    response = render(request, "council/tablet.html", {"council": council, "form": form}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _back_to_start(request: HouseRequest, response: HttpResponse, seconds: int) -> HttpResponse:
    """A page that goes away by itself, also without JavaScript: the next one sees nothing of it."""
    response.headers["Refresh"] = f"{seconds}; url={reverse('tablet', kwargs={'hus': request.center.slug})}"
    response.headers["Cache-Control"] = "no-store"
    return response
