"""The moment at which the suite runs: all clocks of the process stand there, and what is no moment is refused."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from medborger.common import clock
from tests.moment import NOW, VARIABLE, read

ROOT = Path(__file__).resolve().parents[2]
A_WHILE = timedelta(minutes=2)


def test_every_clock_of_the_process_stands_at_the_moment() -> None:
    """Sessions, log-in codes, limits and signatures read the machine's clock, not ours."""
    clocks = [clock.now(), timezone.now(), datetime.now(UTC), datetime.fromtimestamp(time.time(), UTC)]
    assert [NOW <= instant < NOW + A_WHILE for instant in clocks] == [True] * len(clocks)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-24T16:45", datetime(2026, 11, 24, 15, 45, tzinfo=UTC)),
        ("2027-03-28T03:00", datetime(2027, 3, 28, 1, tzinfo=UTC)),
        ("2027-10-31T02:30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_written_in_danish_time(text: str, instant: datetime) -> None:
    assert read(text) == instant


@pytest.mark.parametrize("text", ["2027-03-28T02:30", "2026-11-24T16:45+01:00", "in a week"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read(text)


def test_a_run_as_of_another_moment_says_so_to_what_it_imports() -> None:
    asked = "import tests.moment as m; print(m.NOW.isoformat(), m.TODAY)"
    environment = {**os.environ, VARIABLE: "2028-02-29T00:30", "DJANGO_SETTINGS_MODULE": "medborger.settings"}
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "2028-02-28T23:30:00+00:00 2028-02-29\n"
