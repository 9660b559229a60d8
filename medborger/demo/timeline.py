"""Run what a demo house has done in the order of time, with the clock set to each moment."""

from __future__ import annotations

import heapq
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from actors.models import User
from medborger.common import clock
from medborger.common.messaging import outbox
from medborger.demo import logins
from medborger.demo.houses import House

FRESH = timedelta(days=2)  # what was written earlier was read long ago: its letters are not in the demo's mailbox


class Step(NamedTuple):
    """What somebody does at an instant."""

    at: datetime
    do: Callable[[], object]


@dataclass
class Timeline:
    """The steps of one house until `now`, an instant; its words stand in the file of its `name` in `folder`."""

    folder: ClassVar[Path]

    house: House
    name: str
    seed: str
    now: datetime
    _steps: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list, kw_only=True)
    _number: count[int] = field(default_factory=count, kw_only=True)

    @cached_property
    def texts(self) -> Mapping[str, Any]:
        return tomllib.loads((self.folder / f"{self.name}.toml").read_text(encoding="utf-8"))

    @cached_property
    def today(self) -> date:
        """The date in Copenhagen at `now`."""
        return clock.local(self.now).date()

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def moment(self, days: int, wall: str) -> datetime:
        """The instant so many days from today at a local time: 19.30."""
        hour, minute = wall.split(".")
        return clock.at(self.day(days), int(hour) * 60 + int(minute))

    @contextmanager
    def then(self, instant: datetime) -> Iterator[None]:
        """Set the clock to the instant; letters of long ago are dropped."""
        is_fresh = instant >= clock.midnight(self.fresh_since)
        with clock.as_if(instant), nullcontext() if is_fresh else outbox.unsent():
            yield

    @property
    def fresh_since(self) -> date:
        """The day from which letters are kept."""
        return self.today - FRESH

    @contextmanager
    def at(self, days: int, wall: str) -> Iterator[None]:
        with self.then(self.moment(days, wall)):
            yield

    def add(self, at: datetime, do: Callable[[], object]) -> None:
        """Schedule a step; one that would be now or later has not happened."""
        if at < self.now:
            heapq.heappush(self._steps, (at, next(self._number), do))

    def run(self, steps: Iterable[Step] = ()) -> None:
        """Take these steps and those scheduled in the order of time. A step may schedule others."""
        for step in steps:
            self.add(*step)
        while self._steps:
            at, _, do = heapq.heappop(self._steps)
            with self.then(at):
                do()

    def login(self, role: str) -> User:
        """The person behind one of the house's log-ins."""
        return User.objects.get(email=logins.address(role, self.house.plan.slug))
