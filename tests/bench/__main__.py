"""`make bench`, or `python -m tests.bench [--quick] [--council]`."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from medborger.embedded.console import say
from medborger.embedded.home import CHECKOUT
from tests.bench import report
from tests.bench.site import Size

SIZES = (Size(houses=1, bookings=100_000), Size(houses=10, bookings=1_000_000))
QUICK = (Size(houses=1, bookings=100_000),)
COUNCIL = Size(houses=1, bookings=5_000)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Measures the platform on installations of its own."
    )
    parser.add_argument(
        "--quick", action="store_true", help="100,000 bookings only, and fewer requests: for a first look"
    )
    parser.add_argument("--council", action="store_true", help="the council only: printed, not written to docs")
    asked = parser.parse_args()
    modes = [f"--{name}" for name, wanted in vars(asked).items() if wanted]
    if asked.council:
        say(report.of_council(_measure(COUNCIL, modes)))
        return
    figures, load = [], os.getloadavg()[0]
    for size in QUICK if asked.quick else SIZES:
        say(f"{size.bookings} bookings in {size.houses} houses")
        figures.append(_measure(size, modes))
    say(report.write(figures, load=load))


def _measure(size: Size, modes: Sequence[str]) -> report.Figures:
    """In a process of its own: Django is bound to one database."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "figures.json"
        command = [sys.executable, "-m", "tests.bench.one", str(size.houses), str(size.bookings), str(target), *modes]
        subprocess.run(command, cwd=CHECKOUT, check=True)
        figures: report.Figures = json.loads(target.read_text())
        return figures


if __name__ == "__main__":
    main()
