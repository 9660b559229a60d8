"""`make bench`, or `python -m tests.bench [--quick]`."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from medborger.embedded.console import say
from medborger.embedded.home import CHECKOUT
from tests.bench import report
from tests.bench.site import Size

SIZES = (Size(houses=1, bookings=100_000), Size(houses=10, bookings=1_000_000))
QUICK = (Size(houses=1, bookings=100_000),)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Measures the platform on installations of its own."
    )
    parser.add_argument(
        "--quick", action="store_true", help="100,000 bookings only, and fewer requests: for a first look"
    )
    quick = parser.parse_args().quick
    figures, load = [], os.getloadavg()[0]
    for size in QUICK if quick else SIZES:
        say(f"{size.bookings} bookings in {size.houses} houses")
        figures.append(_measure(size, quick=quick))
    say(report.write(figures, load=load))


def _measure(size: Size, *, quick: bool) -> report.Figures:
    """In a process of its own: Django is bound to one database."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "figures.json"
        mode = "quick" if quick else "full"
        command = [sys.executable, "-m", "tests.bench.one", str(size.houses), str(size.bookings), mode, str(target)]
        subprocess.run(command, cwd=CHECKOUT, check=True)
        figures: report.Figures = json.loads(target.read_text())
        return figures


if __name__ == "__main__":
    main()
