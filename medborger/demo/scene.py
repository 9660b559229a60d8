"""What every story of a demo house stands on: days from today, a clock that stands then, people by their log-ins, and texts."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from actors.models import User
from medborger.common import clock
from medborger.common.messaging import outbox
from medborger.demo import logins
from medborger.demo.houses import House

FRESH = timedelta(days=2)  # what was written earlier was read long ago: its letters are not in the demo's mailbox


@dataclass(frozen=True)
class Cue:
    """Something that somebody does at an instant."""

    at: datetime
    do: Callable[[], object]


@dataclass
class Scene:
    """One house, and the file in `folder` that tells its story, until `now`, an instant."""

    folder: ClassVar[Path]

    house: House
    story: str
    seed: str
    now: datetime

    @cached_property
    def texts(self) -> Mapping[str, Any]:
        return tomllib.loads((self.folder / f"{self.story}.toml").read_text(encoding="utf-8"))

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
        """As if it were then; long ago nobody is sent a letter."""
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

    def play(self, cues: Iterable[Cue]) -> None:
        """Let everybody act in the order of time."""
        for cue in sorted(cues, key=lambda cue: cue.at):
            with self.then(cue.at):
                cue.do()

    def login(self, role: str) -> User:
        """The person behind one of the house's log-ins."""
        return User.objects.get(email=logins.address(role, self.house.plan.slug))
