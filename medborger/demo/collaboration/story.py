"""A house's year together, told from a year ago until now."""

from __future__ import annotations

from datetime import datetime

from medborger.demo.collaboration import digests, events, forum, log
from medborger.demo.collaboration.stage import Stage
from medborger.demo.houses import House, Words


def tell(house: House, known: Words, seed: str, now: datetime) -> None:
    """All parts at once, in the order of time: a digest tells what had happened by then."""
    stage = Stage(house, house.plan.slug, seed, now, known)
    for part in (log, events, forum, digests):
        part.expect(stage)
    stage.unfold()
