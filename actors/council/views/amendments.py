"""Other wordings of a motion: proposed, taken in, taken back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actors.council import errors
from actors.council.actions import amendments as actions
from actors.council.enums import MotionState
from actors.council.forms.discussion import AmendmentForm
from actors.council.models import Amendment, MotionText
from actors.council.permissions import tied
from actors.council.views.motions import Chamber, refused_motion
from actors.requests import HouseRequest
from medborger.common.access import requires
from medborger.common.limits import posting
from medborger.common.refusals import attempt, form_page, refused_on


@requires(tied)
@posting
@form_page
@refused_on(refused_motion)
def new(request: HouseRequest, hus: str, number: int) -> HttpResponse:
    """The text as it is, to be written otherwise."""
    chamber = Chamber.of(request)
    found = chamber.motion(number)
    if not chamber.movers:
        raise errors.NotAMover
    if found.state != MotionState.OPEN:
        raise errors.BallotIsOpen if found.state == MotionState.BALLOT else errors.NotOpen
    newest = found.texts.latest("number")
    if not newest.text:
        raise errors.NothingToAmend
    posted = request.POST if request.method == "POST" else None
    form = AmendmentForm(posted, seats=chamber.movers, newest=newest, on_rule=found.is_on_rule)
    if form.is_valid():
        said = form.cleaned_data
        base = get_object_or_404(MotionText, motion=found, number=said["base"])
        words = {"text": said["text"], "short": said.get("short", base.short), "reason": said["reason"]}
        sent = {"seat": said["seat"], "token": said["token"], "by": chamber.bench, **words}
        if attempt(form, actions.propose, motion=found, base=base, **sent):
            text = _("Ændringsforslaget er stillet. %(mover)s har fået besked.")
            messages.success(request, text % {"mover": found.mover})
            return redirect("motion", hus, number)
    context = {"motion": found, "form": form}
    return render(request, "council/motion_amend.html", context, status=422 if form.errors else 200)


@requires(tied)
@posting
@require_POST
@refused_on(refused_motion)
def take_in(request: HouseRequest, hus: str, number: int, amendment: int) -> HttpResponse:
    """The mover makes an amendment part of the motion."""
    done = _("Ændringsforslag %(number)s er taget med i forslaget.")
    return _on_one(request, number, amendment, actions.take_in, done)


@requires(tied)
@posting
@require_POST
@refused_on(refused_motion)
def withdraw(request: HouseRequest, hus: str, number: int, amendment: int) -> HttpResponse:
    """The seat that proposed it takes it back."""
    done = _("Ændringsforslag %(number)s er trukket tilbage.")
    return _on_one(request, number, amendment, actions.withdraw, done)


def _on_one(
    request: HouseRequest, number: int, amendment: int, action: Callable[..., object], done: str
) -> HttpResponse:
    chamber = Chamber.of(request)
    of_motion = Amendment.objects.filter(motion=chamber.motion(number)).select_related("motion")
    found = get_object_or_404(of_motion, number=amendment)
    action(amendment=found, by=chamber.bench)
    messages.success(request, done % {"number": found.number})
    return redirect("motion", request.center.slug, number)
