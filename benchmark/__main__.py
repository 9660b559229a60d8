"""`make bench`, or `python -m benchmark [--quick] [--council] [--digests]`."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmark import report
from benchmark.site import Size
from medborger.embedded.console import say
from medborger.embedded.home import CHECKOUT

SIZES = (Size(houses=1, bookings=100_000), Size(houses=10, bookings=1_000_000))
QUICK = (Size(houses=1, bookings=100_000),)
COUNCIL = Size(houses=1, bookings=5_000)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmark", description="Measures the platform on installations of its own."
    )
    parser.add_argument(
        "--quick", action="store_true", help="100,000 bookings only, and fewer requests: for a first look"
    )
    parser.add_argument("--council", action="store_true", help="the council only: printed, not written to docs")
    parser.add_argument("--digests", action="store_true", help="the digests only: printed, not written to docs")
    asked = parser.parse_args()
    modes = [f"--{name}" for name, wanted in vars(asked).items() if wanted]
    if asked.digests:
        say(report.of_digests(_digests()))
        return
    if asked.council:
        say(report.of_council(_measure(COUNCIL, modes)))
        return
    figures, load = [], os.getloadavg()[0]
    for size in QUICK if asked.quick else SIZES:
        say(f"{size.bookings} bookings in {size.houses} houses")
        figures.append(_measure(size, modes))
    digests = [] if asked.quick else _digests()
    say(report.write(figures, digests, load=load))


def _measure(size: Size, modes: Sequence[str]) -> report.Figures:
    figures: report.Figures = _apart("benchmark.one", str(size.houses), str(size.bookings), *modes)
    return figures


def _digests() -> list[report.Figures]:
    """The goals' lines, on an installation of many houses."""
    lines: list[report.Figures] = _apart("benchmark.digests")
    return lines


def _apart(module: str, *arguments: str) -> Any:
    """What the module measures, in a process of its own: Django is bound to one database."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "figures.json"
        subprocess.run([sys.executable, "-m", module, str(target), *arguments], cwd=CHECKOUT, check=True)
        return json.loads(target.read_text())


if __name__ == "__main__":
    main()
