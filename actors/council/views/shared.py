"""What the council's pages have in common."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from actors.council.bench import Bench
from actors.council.models import Council
from actors.requests import HouseRequest
from medborger.common.limits import limited

posting = limited("forms", "60/m", posts_only=True)


def bench_of(request: HouseRequest) -> Bench:
    """The person's bench in the house's council. Raises Http404 where the house has none."""
    return Bench.of(request.standing, get_object_or_404(Council, center=request.center))
