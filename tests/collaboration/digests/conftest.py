"""A house on a Monday morning, whose coordinator gets its digest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tests.collaboration.digests.lines import Told, told_by_tests

# Friday 20 November 2026, noon in Copenhagen; the Monday after it at 7.00 there.
FRIDAY = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture
def told() -> Iterator[Told]:
    with told_by_tests() as told:
        yield told


@pytest.fixture
def friday() -> Iterator[time_machine.Traveller]:
    """The clock stands; move it with `friday.move_to(MONDAY)`."""
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller
