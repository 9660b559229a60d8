"""A show of hands: the list of what each seat held up its hand for."""

from __future__ import annotations

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
from actors.council.views.ballots import about, refused_ballot
from actors.council.views.shared import as_holder, ballot_and_bench
from actors.requests import HouseRequest
from medborger.common.access import requires
from medborger.common.errors import Stale
from medborger.common.limits import posting
from medborger.common.refusals import form_page, refused_on, succeeds


@requires(tied)
@posting
@form_page
@refused_on(refused_ballot)
def hands(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """The seat that leads the vote enters the list, and whoever holds another seat confirms it."""
    ballot, bench = as_holder(request, pk)
    if bench.standing.is_staff_in(bench.council.center_id):
        raise errors.HandsByTwoSeats
    if ballot.method != Method.HANDS or not ballot.is_open():
        raise errors.WrongKindOfVote if ballot.method != Method.HANDS else errors.BallotClosed
    seats = [row.seat for row in Entitlement.objects.not_voted().filter(ballot=ballot).with_names()]
    form = HandsForm(request.POST if request.method == "POST" else None, seats=seats if leads(ballot, bench) else ())
    if not form.is_valid():
        return _page(request, ballot, bench, seats, form, status=422 if form.is_bound else 200)
    seen = request.POST.get("seen", "")
    try:
        if leads(ballot, bench):
            done = succeeds(form, actions.enter, ballot=ballot, choices=form.choices(), seen=seen, by=bench)
            said = _("Listen er gemt. En anden plads skal nu bekræfte den.")
        else:
            done = succeeds(form, actions.confirm, ballot=ballot, seen=seen, by=bench)
            said = _("Listen er bekræftet, og stemmerne tæller.")
    except Stale as error:
        form.refuse(error)
        return _page(request, ballot, bench, seats, form, status=error.status)
    if not done:
        return _page(request, ballot, bench, seats, form, status=422)
    messages.success(request, said)
    return redirect("ballot_hands", hus=hus, pk=pk)


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
@refused_on(refused_ballot)
def void(request: HouseRequest, hus: str, pk: int, seat_pk: int) -> HttpResponse:
    """The seat itself says that what counts for it is wrong."""
    ballot, bench = ballot_and_bench(request, pk)
    actions.void(ballot=ballot, seat_id=seat_pk, by=bench)
    messages.success(request, _("Stemmen er annulleret. Sig på mødet, hvad I stemte, så den kan registreres igen."))
    return redirect("ballot", hus=hus, pk=pk)


@requires(tied)
@posting
@require_POST
@refused_on(refused_ballot)
def end_hands(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """The hands are counted: close the ballot."""
    ballot, bench = as_holder(request, pk)
    actions.end_show_of_hands(ballot=ballot, by=bench)
    return redirect("ballot", hus=hus, pk=pk)
