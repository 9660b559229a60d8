"""Votes on paper and by a show of hands: what a seat does for another, never for itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from actors.council import ballot_panel, errors
from actors.council.actions import ballots as actions
from actors.council.actions.ballots.tellers import check_teller
from actors.council.bench import Bench
from actors.council.enums import Method
from actors.council.forms.ballots import CHOICES, CountersignForm, EntriesForm
from actors.council.models import Ballot, Entitlement, TellerEntry
from actors.council.permissions import tied
from actors.council.views.ballots import about, ballot_page
from actors.council.views.shared import DONE, as_holder, ballot_and_bench, seat_of, tried
from actors.requests import HouseRequest
from medborger.common.access import requires
from medborger.common.errors import DomainError
from medborger.common.limits import posting
from medborger.common.refusals import form_page


@requires(tied)
@posting
@form_page
def tellers(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """Enter what other seats have voted: one paper, or a whole show of hands. `plads` narrows the list."""
    ballot, bench = as_teller(request, pk)
    if refused := _why_not(ballot):
        return ballot_page(request, ballot, bench, status=409, refused=refused)
    if request.method != "POST":
        return _page(request, ballot, bench)
    form = EntriesForm(request.POST, own=bench.held_seats)

    def enter(sent: dict[str, Any]) -> None:
        entries = actions.enter(ballot=ballot, choices=sent["choices"], teller=seat_of(bench, sent["own"]), by=bench)
        text = ngettext(
            "%(count)s stemme er skrevet ind. Den tæller, når en anden plads har bekræftet den.",
            "%(count)s stemmer er skrevet ind. De tæller, når en anden plads har bekræftet dem.",
            len(entries),
        )
        messages.success(request, text % {"count": len(entries)})

    status = tried(form, enter)
    if status == DONE:
        return redirect("ballot_tellers", hus=hus, pk=pk)
    return _page(request, ballot, bench, status=status, enter=form)


@requires(tied)
@posting
@require_POST
def countersign(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """Confirm what another seat has entered."""
    ballot, bench = as_teller(request, pk)
    form = CountersignForm(request.POST, own=bench.held_seats, entries=_choices(_waiting(ballot)))

    def confirm(sent: dict[str, Any]) -> None:
        second = seat_of(bench, sent["own"])
        confirmed = actions.countersign(ballot=ballot, entries=sent["entries"], second=second, by=bench)
        text = ngettext(
            "%(count)s stemme er bekræftet og tæller nu.",
            "%(count)s stemmer er bekræftet og tæller nu.",
            len(confirmed),
        )
        messages.success(request, text % {"count": len(confirmed)})

    status = tried(form, confirm)
    if status == DONE:
        return redirect("ballot_tellers", hus=hus, pk=pk)
    if refused := _why_not(ballot):
        return ballot_page(request, ballot, bench, status=409, refused=refused)
    return _page(request, ballot, bench, status=status, confirm=form)


@requires(tied)
@posting
@require_POST
def void(request: HouseRequest, hus: str, pk: int, entry_pk: int) -> HttpResponse:
    """The seat itself says that what was entered for it is wrong, or the teller takes back what waits."""
    ballot, bench = ballot_and_bench(request, pk)
    entry = get_object_or_404(TellerEntry.objects.filter(ballot=ballot), pk=entry_pk)
    try:
        actions.void(entry=entry, by=bench)
    except DomainError as error:
        return ballot_page(request, ballot, bench, status=error.status, refused=str(error.message))
    if not bench.holds(entry.seat_id):
        messages.success(request, _("Stemmen er taget tilbage."))
        return redirect("ballot_tellers", hus=hus, pk=pk)
    messages.success(request, _("Stemmen er annulleret. I kan nu selv stemme."))
    return redirect("ballot", hus=hus, pk=pk)


@requires(tied)
@posting
@require_POST
def end_hands(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """The hands are counted: close the ballot."""
    ballot, bench = as_holder(request, pk)
    try:
        actions.end_show_of_hands(ballot=ballot, by=bench)
    except DomainError as error:
        return ballot_page(request, ballot, bench, status=error.status, refused=str(error.message))
    return redirect("ballot", hus=hus, pk=pk)


def as_teller(request: HouseRequest, pk: int) -> tuple[Ballot, Bench]:
    """Who holds a seat and no role in the house. Raises Http404, NotYourSeat, TellerFromAnotherSeat."""
    ballot, bench = as_holder(request, pk)
    check_teller(bench.held_seats[0], bench)
    return ballot, bench


def _why_not(ballot: Ballot) -> str:
    """Why no votes are entered here; empty when they are."""
    if ballot.secret:
        return str(errors.NotByHands.message)
    return "" if ballot.is_open() else str(errors.BallotClosed.message)


def _waiting(ballot: Ballot) -> list[TellerEntry]:
    entries = TellerEntry.objects.waiting().filter(ballot=ballot).select_related("seat__actor", "teller__actor")
    return list(entries.order_by("seat__actor__sort_key", "seat__own_name", "pk"))


def _choices(entries: list[TellerEntry]) -> list[tuple[int, str]]:
    text = _("%(seat)s: %(choice)s (skrevet ind af %(teller)s)")
    return [
        (entry.pk, text % {"seat": entry.seat, "choice": entry.get_choice_display(), "teller": entry.teller})
        for entry in entries
    ]


def _page(
    request: HouseRequest,
    ballot: Ballot,
    bench: Bench,
    *,
    status: int = 200,
    enter: EntriesForm | None = None,
    confirm: CountersignForm | None = None,
) -> HttpResponse:
    waiting = _waiting(ballot)
    others = [entry for entry in waiting if not _is_ones_own(entry, bench)]
    search = request.GET.get("plads", "").strip()
    entered = {entry.seat_id for entry in waiting}
    seats = [row.seat for row in Entitlement.objects.not_voted().filter(ballot=ballot).with_names()]
    left = [seat for seat in seats if seat.pk not in entered and {seat.pk} != set(bench.parts)]
    enter = enter or EntriesForm(own=bench.held_seats)
    chosen = enter.chosen()
    context = {
        "panel": ballot_panel.of_ballot(ballot, bench),
        "enter": enter,
        "confirm": confirm or CountersignForm(own=bench.held_seats, entries=_choices(others)),
        "to_confirm": bool(others),
        "own_waiting": _choices([entry for entry in waiting if _is_ones_own(entry, bench)]),
        "rows": [(seat, chosen.get(str(seat.pk), "")) for seat in left if search.casefold() in seat.name.casefold()],
        "choices": CHOICES,
        "search": search,
        "many": len(left) > 10,
        "by_hands": ballot.method == Method.HANDS,
        "may_end": _may_end(ballot, bench),
    }
    return render(request, "council/teller.html", about(ballot) | context, status=status)


def _is_ones_own(entry: TellerEntry, bench: Bench) -> bool:
    """Entered by the person, or by and for the only seats they hold: somebody else confirms it."""
    taken = {entry.teller_id, entry.seat_id}
    return entry.entered_by_id == bench.standing.user.pk or taken.issuperset(bench.parts)


def _may_end(ballot: Ballot, bench: Bench) -> bool:
    mine = bench.held_seats
    return ballot.method == Method.HANDS and any(s.pk == ballot.opened_by_id or s.is_chair for s in mine)
