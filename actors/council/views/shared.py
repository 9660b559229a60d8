"""What the council's pages have in common."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from actors.council import errors
from actors.council.bench import Bench
from actors.council.models import Ballot, Council, Seat
from actors.requests import HouseRequest


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
