"""What a batch of requests costs: time on the wall, CPU of the web server and of the database, SQL statements, bytes."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import psutil

from benchmark.client import Answer
from medborger.embedded.process import Child

LOG_PATIENCE = 5  # seconds until the last request's line is in the log


@dataclass
class Cost:
    """One row of the table. Milliseconds and CPU milliseconds per request; bytes of one answer, as written and as sent."""

    name: str
    requests: int = 0
    p50: float = 0
    p95: float = 0
    app: float = 0
    database: float = 0
    sql: float | None = None
    raw: int = 0
    compressed: int = 0

    @property
    def cpu(self) -> float:
        return self.app + self.database

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Meter:
    """Reads the processes of the web server and PostgreSQL, and the web server's log."""

    web: Child
    postgres: Child

    @contextmanager
    def cpu(self) -> Iterator[Callable[[], tuple[float, float]]]:
        """CPU seconds of the web server and of the database's sessions since the block began."""
        before = self._web_times(), self._session_times()

        def spent() -> tuple[float, float]:
            return _difference(before[0], self._web_times()), _difference(before[1], self._session_times())

        yield spent

    def measure(self, name: str, act: Callable[[int], Answer], times: int, *, expect: int, warm_up: int = 5) -> Cost:
        """`act(n)` makes request number n and gives its answer, which must have the status `expect`."""
        for number in range(warm_up):
            _expect(act(number), expect, name)
        mark = self.web.log.stat().st_size
        with self.cpu() as spent:
            answers = [_expect(act(warm_up + number), expect, name) for number in range(times)]
            app, database = spent()
        walls = sorted(answer.seconds * 1000 for answer in answers)
        return Cost(
            name=name,
            requests=times,
            p50=statistics.median(walls),
            p95=walls[int(times * 0.95) - 1],
            app=app / times * 1000,
            database=database / times * 1000,
            sql=self._statements(mark, times),
            raw=len(answers[-1].body),
            compressed=answers[-1].wire,
        )

    def _statements(self, mark: int, times: int) -> float:
        """The median of SQL statements in the log's lines since `mark`."""
        deadline = time.monotonic() + LOG_PATIENCE
        while True:
            counts = [int(line["sql"]) for line in self._lines(mark) if line.get("event") == "request"]
            if len(counts) >= times or time.monotonic() > deadline:
                return statistics.median(counts[:times])
            time.sleep(0.05)

    def _lines(self, mark: int) -> Iterator[dict[str, Any]]:
        with self.web.log.open("rb") as log:
            log.seek(mark)
            for line in log.read().splitlines():
                if line.startswith(b"{") and line.endswith(b"}"):
                    yield json.loads(line)

    def _web_times(self) -> dict[int, float]:
        return _times(psutil.Process(self.web.process.pid))

    def _session_times(self) -> dict[int, float]:
        """The database's sessions only: not its checkpoints and vacuums."""
        return _times(psutil.Process(self.postgres.process.pid), "postgres: medborger ")

    def used_by(self, child: Child) -> float:
        """CPU seconds of the processes under `child` so far."""
        return sum(_times(psutil.Process(child.process.pid)).values())

    def memory(self, child: Child) -> tuple[float, float]:
        """The largest process under `child`: resident and proportional megabytes."""
        sizes = [process.memory_full_info() for process in _family(psutil.Process(child.process.pid))]
        return max(size.rss for size in sizes) / 2**20, max(size.pss for size in sizes) / 2**20


def _family(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def _times(process: psutil.Process, title: str = "") -> dict[int, float]:
    found = {}
    for member in _family(process):
        if not title or " ".join(member.cmdline()).startswith(title):
            times = member.cpu_times()
            found[member.pid] = times.user + times.system
    return found


def _difference(before: dict[int, float], after: dict[int, float]) -> float:
    return sum(spent - before.get(pid, 0) for pid, spent in after.items())


def _expect(answer: Answer, status: int, name: str) -> Answer:
    if answer.status != status:
        raise SystemExit(f"{name}: {answer.status} instead of {status}\n{answer.body[:2000].decode(errors='replace')}")
    return answer
