"""A show of hands: the list of what each seat held up its hand for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actors.council import errors
from actors.council.actions import ballots as actions
from actors.council.actions.ballots.hands import fingerprint, leads
from actors.council.bench import Bench
from actors.council.enums import Method
from actors.council.forms.hands import HandsForm
from actors.council.models import Ballot, Entitlement, HandVote, Seat
from actors.council.permissions import tied
from actors.council.views.ballots import about, ballot_page
from actors.council.views.shared import DONE, as_holder, ballot_and_bench, tried
from actors.requests import HouseRequest
from medborger.common.access import requires
from medborger.common.errors import DomainError, NotAllowed
from medborger.common.limits import posting
from medborger.common.refusals import form_page


@requires(tied)
@posting
@form_page
def hands(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """The seat that leads the vote enters the list, and whoever holds another seat confirms it."""
    ballot, bench = as_holder(request, pk)
    if bench.standing.is_staff_in(bench.council.center_id):
        raise errors.HandsByTwoSeats
    if ballot.method != Method.HANDS or not ballot.is_open():
        refused = errors.WrongKindOfVote if ballot.method != Method.HANDS else errors.BallotClosed
        return ballot_page(request, ballot, bench, status=409, refused=str(refused.message))
    seats = [row.seat for row in Entitlement.objects.not_voted().filter(ballot=ballot).with_names()]
    form = HandsForm(request.POST if request.method == "POST" else None, seats=seats if leads(ballot, bench) else ())

    def act(_sent: dict[str, Any]) -> None:
        seen = request.POST.get("seen", "")
        if leads(ballot, bench):
            actions.enter(ballot=ballot, choices=form.choices(), seen=seen, by=bench)
            messages.success(request, _("Listen er gemt. En anden plads skal nu bekræfte den."))
        else:
            actions.confirm(ballot=ballot, seen=seen, by=bench)
            messages.success(request, _("Listen er bekræftet, og stemmerne tæller."))

    status = 200 if request.method != "POST" else tried(form, act)
    if status == DONE:
        return redirect("ballot_hands", hus=hus, pk=pk)
    return _page(request, ballot, bench, seats, form, status)


def _page(
    request: HouseRequest, ballot: Ballot, bench: Bench, seats: list[Seat], form: HandsForm, status: int
) -> HttpResponse:
    votes = list(HandVote.objects.not_voided().filter(ballot=ballot))
    waiting = {vote.seat_id: vote for vote in votes if vote.event_id is None}
    form.suggest({seat_id: vote.choice for seat_id, vote in waiting.items()})
    context = {
        "form": form,
        "leads": leads(ballot, bench),
        "leader": Seat.objects.select_related("actor").get(pk=ballot.leading_seat_id),
        "waiting": [(seat.name, waiting[seat.pk].get_choice_display()) for seat in seats if seat.pk in waiting],
        "seen": fingerprint(votes),
    }
    return render(request, "council/hands.html", about(ballot) | context, status=status)


@requires(tied)
@posting
@require_POST
def void(request: HouseRequest, hus: str, pk: int, seat_pk: int) -> HttpResponse:
    """The seat itself says that what counts for it is wrong."""
    ballot, bench = ballot_and_bench(request, pk)
    try:
        actions.void(ballot=ballot, seat_id=seat_pk, by=bench)
    except NotAllowed:
        raise
    except DomainError as error:
        return ballot_page(request, ballot, bench, status=error.status, refused=str(error.message))
    messages.success(request, _("Stemmen er annulleret. Sig på mødet, hvad I stemte, så den kan registreres igen."))
    return redirect("ballot", hus=hus, pk=pk)


@requires(tied)
@posting
@require_POST
def end_hands(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """The hands are counted: close the ballot."""
    ballot, bench = as_holder(request, pk)
    try:
        actions.end_show_of_hands(ballot=ballot, by=bench)
    except NotAllowed:
        raise
    except DomainError as error:
        return ballot_page(request, ballot, bench, status=error.status, refused=str(error.message))
    return redirect("ballot", hus=hus, pk=pk)
