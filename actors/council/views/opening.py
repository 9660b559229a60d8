"""Putting a motion to the vote."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from actors.council import errors
from actors.council.actions import ballots
from actors.council.actions.ballots.opening import closing_of, may_open_from
from actors.council.ballot_panel import day_and_time
from actors.council.enums import BEFORE_COUNCIL, Method, MotionState
from actors.council.forms.opening import OpenForm
from actors.council.permissions import tied
from actors.council.views.motions import Chamber, refused_motion
from actors.requests import HouseRequest
from medborger.common import clock
from medborger.common.access import requires
from medborger.common.limits import posting
from medborger.common.refusals import form_page, refused_on, succeeds


@requires(tied)
@posting
@form_page
@refused_on(refused_motion)
def open_ballot(request: HouseRequest, hus: str, number: int) -> HttpResponse:
    """What will be voted on and how; the seat that moved it, or the chair's, opens the ballot."""
    chamber = Chamber.of(request)
    found, bench = chamber.motion(number), chamber.bench
    if not any(seat.pk == found.mover_id or seat.is_chair for seat in bench.held_seats):
        raise errors.NotYourSeat
    if found.state != MotionState.OPEN:
        raise errors.BallotIsOpen if found.state in BEFORE_COUNCIL else errors.NotOpen
    if (until := may_open_from(found, chamber.orders)) > clock.now():
        said = _("Forslaget skal ligge til drøftelse lidt endnu. Det kan sættes til afstemning fra %(when)s.")
        raise errors.NoticeRuns(said % {"when": day_and_time(until)}, until=until)
    posted = request.POST if request.method == "POST" else None
    form = OpenForm(posted, secret=chamber.orders.secret)
    if form.is_valid():
        method = Method(form.cleaned_data["method"])
        minutes = None if method == Method.ONLINE else form.cleaned_data["minutes"]
        if succeeds(form, ballots.open_ballots, motion=found, method=method, minutes=minutes, by=bench):
            messages.success(request, _("Afstemningen er åben. Alle pladser har fået besked."))
            return redirect("motion", hus, number)
    context = {
        "motion": found,
        "form": form,
        "orders": chamber.orders,
        "closes": day_and_time(closing_of(Method.ONLINE, chamber.orders.ballot_days)),
        "amendments": list(found.amendments.undecided().order_by("number")),
    }
    return render(request, "council/motion_ballot.html", context, status=422 if form.errors else 200)
