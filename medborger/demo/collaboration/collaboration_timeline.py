"""The timeline of a house's collaborations: people by the names of their actors, words from its files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from actors.access import Access
from actors.enums import Tie
from actors.models import Actor, TargetGroup, Theme, User
from medborger.common import clock
from medborger.demo.house_people import ROLES
from medborger.demo.houses import Words
from medborger.demo.timeline import Timeline
from medborger.demo.year import chance, last_gathering

DIGEST_DUE = timedelta(hours=7)  # past the midnight of a Monday
WAKES, RETIRES = 9 * 60, 21 * 60  # minutes: what people do, they do in waking hours
# Nothing is written in before the people of the demo came.
FIRST = -470


@dataclass
class CollaborationTimeline(Timeline):
    """One house's year of collaborations."""

    folder: ClassVar[Path] = Path(__file__).parent / "texts"

    known: Words
    _texts: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def fresh_since(self) -> date:
        """The latest digest lies in the mailbox."""
        return min(super().fresh_since, self.digests_due)

    @property
    def digests_due(self) -> date:
        """The latest Monday on which the digests have been due."""
        return clock.monday(clock.local(self.now - DIGEST_DUE).date())

    def said(self, part: str) -> Mapping[str, Any]:
        """What one of the house's files in `texts/` says: log, events, forum."""
        if part not in self._texts:
            path = self.folder / self.name / f"{part}.toml"
            self._texts[part] = tomllib.loads(path.read_text(encoding="utf-8"))
        return self._texts[part]

    def some_time(self, days: int, *key: object) -> datetime:
        """An instant of waking hours so many days from today; which one is drawn by the key."""
        minute = WAKES + int(chance(self.seed, self.name, *key) * (RETIRES - WAKES))
        return clock.at(self.day(days), minute)

    def person(self, name: str) -> User:
        """The person behind a log-in, or an actor's contact."""
        return (
            self.login(name)
            if name in ROLES or name in self.house.plan.people["names"]
            else self.house.bookers[name][0]
        )

    def by(self, name: str) -> Access:
        return Access.of(self.person(name))

    def actor(self, name: str) -> Actor:
        return self.house.actors[name]

    def actors(self, names: str) -> tuple[Actor, ...]:
        """`Madklubben + Haveforeningen`"""
        return tuple(self.actor(name) for name in names.split(" + ")) if names else ()

    def spokesman(self, names: str) -> str:
        """Who acts for the actors: the first one's contact; where one is from outside, the coordinator."""
        together = names.split(" + ")
        ties = {actor.name: actor.tie for actor in self.house.plan.actors}
        return "koordinator" if any(ties[name] == Tie.EXTERNAL for name in together) else together[0]

    def subjects(self, words: str) -> tuple[tuple[Theme, ...], tuple[TargetGroup, ...]]:
        """`motion kultur | voksne aeldre`"""
        themes, _, groups = words.partition("|")
        return (
            tuple(self.known.themes[slug] for slug in themes.split()),
            tuple(self.known.groups[slug] for slug in groups.split()),
        )

    def firsts_of_months(self) -> Sequence[date]:
        """Those of the past year on which the house has looked back, oldest first."""
        first, firsts = last_gathering(self.now), list[date]()
        while first > self.day(-365):
            firsts.append(first)
            first = (first - timedelta(days=1)).replace(day=1)
        return firsts[::-1]
