"""One size of installation, measured from beginning to end in a process of its own: `python -m benchmark.one`."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import asdict
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import django

from benchmark import site as sites
from medborger.embedded.console import say
from medborger.embedded.process import Child

WORK_OF_THE_WORKER = 5  # seconds in which it sends what the bookings left in the outbox


def measure(size: sites.Size, *, quick: bool, council_only: bool) -> dict[str, Any]:
    """All figures of one size, as plain data; the council's are measured in the installation of one house."""
    with sites.running() as site:
        started = perf_counter()
        site.manage("demo", f"--houses={size.houses}", f"--bookings={size.bookings}")
        built_in = perf_counter() - started
        site.settle()
        web = site.start_web()
        django.setup()
        logging.getLogger().setLevel(logging.WARNING)  # of this process, which acts beside the web server
        if council_only:
            return _council(site, web, quick=quick)
        figures = {"bookings": size.bookings, "built_in": built_in, **_figures(site, web, quick=quick)}
        if size.houses == 1:
            figures["council"] = _council(site, web, quick=quick)
        return figures


def _council(site: sites.Site, web: Child, *, quick: bool) -> dict[str, Any]:
    from benchmark import council
    from benchmark.meter import Meter

    return council.measure(site, Meter(web, site.children[0]), quick=quick)


def _figures(site: sites.Site, web: Child, *, quick: bool) -> dict[str, Any]:
    from benchmark import clashes
    from benchmark.load import calendar_load
    from benchmark.meter import Meter
    from benchmark.pages import Pages
    from benchmark.races import Races

    meter = Meter(web, site.children[0])
    pages = Pages(site, meter, times=20 if quick else 100)
    costs = []
    for cost in pages.all():
        costs.append(cost.as_dict())
        say(f"    {cost.name}: {cost.cpu:.1f} ms CPU")
    throughput = pages.throughput(80 if quick else 320)
    load = calendar_load(pages.house.center.slug, pages.member)
    memory = {"web": meter.memory(web)}
    races = Races(site, rounds=5 if quick else 50).all()
    for race in races:
        say(f"    {race.name}: {race.right} of {race.rounds} rounds right")
    worker = site.start("worker", sites.WORKER)
    sleep(WORK_OF_THE_WORKER)
    memory["worker"] = meter.memory(worker)
    worker.stop()  # the council reads codes from the outbox, which a worker would have sent and wiped
    return {
        "costs": costs,
        "throughput": asdict(throughput),
        "load": asdict(load),
        "memory": memory,
        "races": [race.as_dict() for race in races],
        "clashes": clashes.measure(site),
    }


if __name__ == "__main__":
    target, houses, bookings, *modes = sys.argv[1:]
    measured = measure(
        sites.Size(int(houses), int(bookings)), quick="--quick" in modes, council_only="--council" in modes
    )
    Path(target).write_text(json.dumps(measured))
