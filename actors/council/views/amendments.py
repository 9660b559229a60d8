"""Other wordings of a motion: proposed, taken in, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
from actors.council.views.motions import Chamber, motion_page
from actors.council.views.shared import DONE, tried
from actors.requests import HouseRequest
from medborger.common.access import requires
from medborger.common.errors import AlreadyDone, DomainError
from medborger.common.limits import posting
from medborger.common.refusals import form_page


@requires(tied)
@posting
@form_page
def new(request: HouseRequest, hus: str, number: int) -> HttpResponse:
    """The text as it is, to be written otherwise."""
    chamber = Chamber.of(request)
    found = chamber.motion(number)
    if not chamber.movers:
        raise errors.NotAMover
    if found.state != MotionState.OPEN:
        refused = errors.BallotIsOpen if found.state == MotionState.BALLOT else errors.NotOpen
        return motion_page(request, chamber, number, status=409, refused=str(refused.message))
    newest = found.texts.latest("number")
    if not newest.text:
        return motion_page(request, chamber, number, status=409, refused=str(errors.NothingToAmend.message))
    posted = request.POST if request.method == "POST" else None
    form = AmendmentForm(posted, seats=chamber.movers, newest=newest, on_rule=found.is_on_rule)

    def act(said: dict[str, Any]) -> None:
        base = get_object_or_404(MotionText, motion=found, number=said["base"])
        try:
            actions.propose(
                motion=found,
                seat=said["seat"],
                base=base,
                text=said["text"],
                short=said.get("short", base.short),
                reason=said["reason"],
                token=said["token"],
                by=chamber.bench,
            )
        except AlreadyDone:
            return
        messages.success(
            request, _("Ændringsforslaget er stillet. %(mover)s har fået besked.") % {"mover": found.mover}
        )

    status = 200 if posted is None else tried(form, act)
    if status == DONE:
        return redirect("motion", hus, number)
    return render(request, "council/motion_amend.html", {"motion": found, "form": form}, status=status)


@requires(tied)
@posting
@require_POST
def take_in(request: HouseRequest, hus: str, number: int, amendment: int) -> HttpResponse:
    """The mover makes an amendment part of the motion."""

    def act(chamber: Chamber, found: Amendment) -> str:
        actions.take_in(amendment=found, by=chamber.bench)
        return _("Ændringsforslag %(number)s er taget med i forslaget.")

    return _on_one(request, number, amendment, act)


@requires(tied)
@posting
@require_POST
def withdraw(request: HouseRequest, hus: str, number: int, amendment: int) -> HttpResponse:
    """The seat that proposed it takes it back."""

    def act(chamber: Chamber, found: Amendment) -> str:
        actions.withdraw(amendment=found, by=chamber.bench)
        return _("Ændringsforslag %(number)s er trukket tilbage.")

    return _on_one(request, number, amendment, act)


def _on_one(
    request: HouseRequest, number: int, amendment: int, act: Callable[[Chamber, Amendment], str]
) -> HttpResponse:
    chamber = Chamber.of(request)
    of_motion = Amendment.objects.filter(motion=chamber.motion(number)).select_related("motion")
    found = get_object_or_404(of_motion, number=amendment)
    try:
        done = act(chamber, found)
    except DomainError as error:
        return motion_page(request, chamber, number, status=error.status, refused=str(error.message))
    messages.success(request, done % {"number": found.number})
    return redirect("motion", request.center.slug, number)
