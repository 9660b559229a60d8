"""The page of one collaboration, and the buttons on it that need no page of their own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actors.models import Actor
from actors.requests import HouseRequest
from collaboration import actions
from collaboration.collaboration_history import history
from collaboration.entries import acts_for_one, may_change
from collaboration.enums import CollaborationKind
from collaboration.forms import LeaveForm
from collaboration.models import Collaboration
from collaboration.permissions import tied
from collaboration.views.collaboration_access import (
    address,
    collaboration_to_change,
    done,
    stood_on_me,
    visible_collaboration,
)
from medborger.common import clock
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import form_page, refused_on


@requires(tied)
@require_safe
def collaboration(request: HouseRequest, pk: int) -> HttpResponse:
    """Who, what, its form over time, what it is known from, what was learned, and the next step."""
    return collaboration_page(request, visible_collaboration(request, pk))


def collaboration_page(
    request: HouseRequest, collaboration: Collaboration, *, status: int = 200, refused: str = ""
) -> HttpResponse:
    """`refused` is why something that was asked for here did not happen."""
    access = request.access
    inside = may_change(collaboration, access)
    context = {
        "collaboration": collaboration,
        "form": CollaborationKind(collaboration.form),
        "forms": [(CollaborationKind(taken.form), taken.since) for taken in collaboration.forms.all()],
        "evidence": collaboration.evidence.all(),
        "inside": inside,
        "may_leave": inside and collaboration.is_confirmed and bool(_may_leave(request, collaboration)),
        "overdue": bool(collaboration.next_step_on and collaboration.next_step_on < clock.today()),
        "history": history(collaboration, access),
        "refused": refused,
    }
    return render(request, "collaboration/collaboration.html", context, status=status)


def _refused(request: HouseRequest, pk: int, *, refused: str, status: int) -> HttpResponse:
    """Why nothing was done, on the page that the button stood on."""
    if stood_on_me(request):
        messages.warning(request, refused)
        return redirect("me")
    return collaboration_page(request, visible_collaboration(request, pk), status=status, refused=refused)


@requires(tied)
@posting
@require_POST
@refused_on(_refused)
def confirm(request: HouseRequest, pk: int) -> HttpResponse:
    """It is so, as it stands."""
    found = collaboration_to_change(request, pk)
    actions.confirm(collaboration=found, by=request.access)
    return done(request, found, _("Bekræftet. Samarbejdet står nu i loggen."))


@requires(tied)
@posting
@require_POST
@refused_on(_refused)
def dismiss(request: HouseRequest, pk: int) -> HttpResponse:
    """It is not so."""
    found = collaboration_to_change(request, pk)
    actions.dismiss(collaboration=found, by=request.access)
    return done(request, found, _("Afvist. Vi foreslår det ikke igen."))


@requires(tied)
@posting
@require_POST
@refused_on(_refused)
def reopen(request: HouseRequest, pk: int) -> HttpResponse:
    """It goes on after all."""
    found = collaboration_to_change(request, pk)
    actions.reopen(collaboration=found, by=request.access)
    return done(request, found, _("Samarbejdet er i gang igen."))


@requires(tied)
@posting
@form_page
@refused_on(_refused)
def leave(request: HouseRequest, pk: int) -> HttpResponse:
    """What stepping out leads to, and the POST that does it."""
    found = collaboration_to_change(request, pk)
    actors = _may_leave(request, found)
    form = LeaveForm(request.POST if request.method == "POST" else None, actors=actors)
    if request.method == "POST" and form.is_valid():
        actor = form.who()
        actions.leave(collaboration=found, actor=actor, by=request.access)
        return done(request, found, _("%(actor)s er trådt ud.") % {"actor": actor.name})
    context = {
        "collaboration": found,
        "form": form,
        "url": address(found, "collaboration_leave"),
        "only_two": len(found.parties.all()) == 2,
    }
    return render(request, "collaboration/leave.html", context, status=422 if form.errors else 200)


def _may_leave(request: HouseRequest, collaboration: Collaboration) -> list[Actor]:
    """Whom the person can take out: their own actors, any for staff."""
    access = request.access
    own = access.actors_in(request.center.pk)
    parties = [party.actor for party in collaboration.parties.all()]
    if not acts_for_one(collaboration, access):
        return parties
    return [actor for actor in parties if actor.pk in own]
