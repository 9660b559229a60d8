"""The one table: every figure with its goal and whether it is met; printed, and written to docs/benchmark.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Figures = dict[str, Any]
DOCS = Path(__file__).resolve().parents[1] / "docs/benchmark.md"
# name: (CPU milliseconds of app + database, SQL statements, bytes raw); None: no goal was set
GOALS: dict[str, tuple[float | None, int | None, int | None]] = {
    "week page, fresh": (50, 8, 120 * 1024),
    "week page, unchanged (304)": (5, None, None),
    "booking form": (35, None, None),
    "taken, with alternatives": (60, None, None),
    "booking": (25, 16, None),
    "vote": (25, 14, None),
    "motion under vote, 500 seats": (None, 10, None),
    "motion of 100 KB, first reader": (1000, None, None),
    "motion of 100 KB": (None, 10, None),
    "motion, decided by 500 seats": (None, 10, None),
    "result, 500 seats": (None, 10, None),
}
GROWTH = {"week page, fresh": (1.3, 1.2)}  # database part, whole: at the largest size against the smallest
INTRODUCTION = """# Benchmark

`make bench` builds an installation of its own (PostgreSQL that syncs to disk, Valkey, gunicorn as in production), fills it with
bookings, and asks for each page and act over HTTP with sessions made beforehand. CPU is what the web server's processes and the
database's sessions used, per request, as the kernel counts it. *× page* is that against a bare response through the same
middleware, *× insert* against a bare SQL insert with its commit, both measured in the same run.

The council's votes come from a process of its own on kept connections, at instants of chance; a wait counts from the instant
at which the vote was due. `python -m benchmark --council` measures the council alone.

The digests of five hundred houses are made by two workers while they send; letters go to a real mail server, from workers that are
killed at instants of chance. `python -m benchmark --digests` measures them alone.
"""


@dataclass(frozen=True)
class Line:
    """A goal and what was measured."""

    what: str
    measured: str
    goal: str
    met: bool

    def cells(self) -> list[str]:
        return [self.what, self.measured, self.goal, "met" if self.met else "**missed**"]


def write(sizes: Sequence[Figures], digests: Sequence[Figures], *, load: float) -> str:
    """The whole report; also in docs/benchmark.md. `digests` are the lines of their goals; `load` is how much
    else the machine did when the run began."""
    parts = [
        INTRODUCTION,
        f"{machine()}\nLoad average when it began: {load:.1f}.\n",
        "## Goals\n",
        _goals([*verdicts(sizes), *(Line(**line) for line in digests)]),
    ]
    for figures in sizes:
        parts += [f"## With {figures['bookings']:,} bookings\n".replace(",", "."), _costs(figures), _rest(figures)]
    if council := sizes[0].get("council"):
        parts += ["## A council of 500 seats\n", _council_costs(council)]
    text = "\n".join(parts)
    DOCS.write_text(text, encoding="utf-8")
    return text


def of_council(council: Figures) -> str:
    """The council's part alone."""
    return "\n".join([machine(), "", _goals(_council(council)), _council_costs(council)])


def of_digests(digests: Sequence[Figures]) -> str:
    """The digests' part alone."""
    return "\n".join([machine(), "", _goals(Line(**line) for line in digests)])


def _goals(lines: Iterable[Line]) -> str:
    return _table(["", "measured", "goal", ""], [line.cells() for line in lines])


def machine() -> str:
    """The machine and what ran on it, in a line."""
    info = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in info if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"Measured on {os.cpu_count()} cores ({model}), {memory:.0f} GB, Linux, Python {platform.python_version()}, PostgreSQL 18."


def verdicts(sizes: Sequence[Figures]) -> Iterator[Line]:
    """Every goal, first of the smallest size."""
    first, last = sizes[0], sizes[-1]
    for cost in first["costs"]:
        yield from _page_goals(cost)
    if "council" in first:
        yield from _council(first["council"])
    if last is not first:
        yield from _growth(first, last)
    for figures in sizes:
        yield from _races(figures)
    for line in first.get("clashes", ()):
        yield Line(**line)
    yield from _throughput(first["throughput"])
    load = first["load"]
    yield Line("calendar, cold load", f"{load['cold'] / 1024:.0f} KB", "100 KB", load["cold"] <= 100 * 1024)
    yield Line("calendar, cold: requests", str(load["requests"]), "10", load["requests"] <= 10)
    yield Line("calendar, warm load", f"{load['warm'] / 1024:.1f} KB", "20 KB", load["warm"] <= 20 * 1024)
    for name, (resident, proportional) in last["memory"].items():
        measured = f"{resident:.0f} MB (proportional {proportional:.0f})"
        yield Line(f"{name} process, resident", measured, "120 MB", resident <= 120)


def _throughput(figures: Figures) -> Iterator[Line]:
    rate, p95 = figures["rate"], figures["p95"]
    failed = sum(number for status, number in figures["statuses"].items() if status != "302")
    yield Line(
        "8 clients booking: per second", f"{rate:.0f}, {failed} failed", "at least 50, none", rate >= 50 and not failed
    )
    yield Line("8 clients booking: p95", f"{p95:.0f} ms", "under 500 ms", p95 < 500)


def _page_goals(cost: Figures) -> Iterator[Line]:
    cpu, sql, raw = GOALS.get(cost["name"], (None, None, None))
    spent = cost["app"] + cost["database"]
    if cpu is not None:
        yield Line(f"{cost['name']}: CPU", f"{spent:.1f} ms", f"{cpu:.0f} ms", spent <= cpu)
    if sql is not None:
        yield Line(f"{cost['name']}: SQL statements", f"{cost['sql']:.0f}", str(sql), cost["sql"] <= sql)
    if raw is not None:
        yield Line(f"{cost['name']}: HTML", f"{cost['raw'] / 1024:.0f} KB", f"{raw // 1024} KB", cost["raw"] <= raw)


def _council(council: Figures) -> Iterator[Line]:
    for cost in council["costs"]:
        yield from _page_goals(cost)
    for line in council["lines"]:
        yield Line(**line)


def _council_costs(council: Figures) -> str:
    header = ["", "p50 ms", "p95 ms", "CPU ms", "app", "database", "SQL", "KB", "KB gzip"]
    rows = [_row(cost, 0, 0)[: len(header)] for cost in council["costs"]]
    return _table(header, rows) + "\n" + "\n".join(f"- {note}" for note in council["notes"]) + "\n"


def _growth(first: Figures, last: Figures) -> Iterator[Line]:
    for name, (most_database, most) in GROWTH.items():
        small, large = (next(cost for cost in figures["costs"] if cost["name"] == name) for figures in (first, last))
        database = large["database"] / small["database"] if small["database"] else 1
        whole = (large["app"] + large["database"]) / (small["app"] + small["database"])
        where = f"at {last['bookings']:,} against {first['bookings']:,}".replace(",", ".")
        yield Line(f"{name}, database, {where}", f"{database:.2f} ×", f"{most_database} ×", database <= most_database)
        yield Line(f"{name}, whole, {where}", f"{whole:.2f} ×", f"{most} ×", whole <= most)


def _races(figures: Figures) -> Iterator[Line]:
    bookings = f"{figures['bookings']:,}".replace(",", ".")
    for race in figures["races"]:
        measured = f"{race['right']} of {race['rounds']} rounds right, {race['errors']} errors"
        yield Line(f"16 clients, {race['name']} ({bookings})", measured, "all, none", race["is_won"])


def _costs(figures: Figures) -> str:
    costs = {cost["name"]: cost for cost in figures["costs"]}
    page, insert = costs["bare page (/healthz)"]["app"], costs["bare SQL insert"]["database"]
    header = ["", "p50 ms", "p95 ms", "CPU ms", "app", "database", "SQL", "KB", "KB gzip", "× page", "× insert"]
    return _table(header, [_row(cost, page, insert) for cost in costs.values()])


def _row(cost: Figures, page: float, insert: float) -> list[str]:
    cpu = cost["app"] + cost["database"]
    numbers = [cost["p50"], cost["p95"], cpu, cost["app"], cost["database"]]
    sizes = [cost["raw"] / 1024, cost["compressed"] / 1024]
    ratios = [cpu / page if page else 0, cpu / insert if insert else 0]
    return [
        cost["name"],
        *(f"{number:.1f}" for number in numbers),
        f"{cost['sql']:.0f}",
        *(f"{size:.1f}" for size in sizes),
        *(f"{ratio:.1f}" for ratio in ratios),
    ]


def _rest(figures: Figures) -> str:
    requests = max(cost["requests"] for cost in figures["costs"] if cost["sql"] and cost["raw"])
    lines = [f"- built in {figures['built_in']:.0f} s; up to {requests} requests for each figure"]
    for race in figures["races"]:
        statuses = ", ".join(f"{number} × {status}" for status, number in sorted(race["statuses"].items()))
        winners = ", ".join(f"{number} rounds with {won}" for won, number in sorted(race["winners"].items()))
        lines.append(
            f"- {race['name']}: winners: {winners}; answers: {statuses}; refusals without alternatives: {race['without_alternatives']}"
        )
    return "\n".join(lines) + "\n"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table that is a table in a terminal too."""
    table = [list(header), *(list(row) for row in rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(header))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in table
    ]
    rule = (
        "|" + "|".join("-" * (width + 1) + ("-" if column == 0 else ":") for column, width in enumerate(widths)) + "|"
    )
    return "\n".join([lines[0], rule, *lines[1:]]) + "\n"
