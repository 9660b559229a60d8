"""The moment at which the suite runs: `MEDBORGER_TEST_NOW=2027-02-28T23:30`, Danish time; a Tuesday afternoon unless told otherwise.

Every test begins at it, wherever in the run it comes; the clock goes on from there. It moves for all of Python (sessions, log-in codes,
limits), since `time_machine` moves it. The sites that browsers visit are processes of their own and get it through `MEDBORGER_CLOCK`,
which moves `medborger.common.clock` alone.
"""

import os
from datetime import UTC, datetime

import time_machine

from medborger.common import clock

VARIABLE = "MEDBORGER_TEST_NOW"
DEFAULT = "2026-11-24T16:45"


def read(text: str) -> datetime:
    """The instant of a local time, in UTC. Raises ValueError for what is none: 2027-03-28T02:30, or one with an offset."""
    wall = datetime.fromisoformat(text)
    if wall.tzinfo is not None:
        raise ValueError(f"{VARIABLE}={text}: write it in Danish time, without an offset")
    instant = wall.replace(tzinfo=clock.ZONE).astimezone(UTC)
    if clock.local(instant).replace(tzinfo=None) != wall:
        raise ValueError(f"{VARIABLE}={text}: the clocks skip that time")
    return instant


NOW = read(os.environ.get(VARIABLE) or DEFAULT)
TODAY = clock.local(NOW).date()


def at_now(*, stands: bool = False) -> time_machine.travel:
    """A context in which it is NOW, and time goes on from there unless it `stands`."""
    return time_machine.travel(NOW, tick=not stands)
