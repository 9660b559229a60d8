"""What the council's pages have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404

from actors.council import errors
from actors.council.bench import Bench
from actors.council.models import Ballot, Council, Seat
from actors.requests import HouseRequest
from medborger.common.errors import DomainError
from medborger.common.forms import RefusingForm

DONE = 302


def tried(form: RefusingForm, act: Callable[[dict[str, Any]], None]) -> int:
    """Do it with what a valid form says. DONE, or the status of the page that shows the form's errors.

    Raises NotAllowed, which Django answers with a 403.
    """
    if not form.is_valid():
        return 422
    try:
        act(form.cleaned_data)
    except DomainError as error:
        form.refuse(error)
        return error.status
    return DONE


def bench_of(request: HouseRequest) -> Bench:
    """The person's bench in the house's council. Raises Http404 where the house has none."""
    return Bench.of(request.standing, get_object_or_404(Council, center=request.center))


def ballot_and_bench(request: HouseRequest, pk: int) -> tuple[Ballot, Bench]:
    """The ballot of this house, and what the person is in its council. Raises Http404."""
    visible = Ballot.objects.visible_to(request.standing, request.center.pk).with_turnout()
    ballot = get_object_or_404(visible, pk=pk)
    return ballot, Bench.of(request.standing, ballot.council)


def as_voter(request: HouseRequest, pk: int) -> tuple[Ballot, Bench]:
    """The same as `as_holder` without what only a panel shows: five hundred seats vote in the last minutes.

    Raises Http404, NotYourSeat.
    """
    visible = Ballot.objects.visible_to(request.standing, request.center.pk).with_subject()
    ballot = get_object_or_404(visible, pk=pk)
    ballot.council.center = request.center
    bench = Bench.of(request.standing, ballot.council)
    if not bench.holds_a_seat:
        raise errors.NotYourSeat
    return ballot, bench


def as_holder(request: HouseRequest, pk: int) -> tuple[Ballot, Bench]:
    """The same for what only who holds a seat does. Raises Http404, NotYourSeat."""
    ballot, bench = ballot_and_bench(request, pk)
    if not bench.holds_a_seat:
        raise errors.NotYourSeat
    return ballot, bench


def seat_of(bench: Bench, pk: int) -> Seat:
    """A seat of the council, the person's own as the bench has read it. Raises Http404."""
    return bench.seats.get(pk) or get_object_or_404(Seat.objects.select_related("actor"), council=bench.council, pk=pk)
