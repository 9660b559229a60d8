"""Which of the demo's houses has which council, and that Hedemarken has none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bookings import changes
from medborger.demo.council import boards, husraad, meetings
from medborger.demo.council.stage import Stage
from medborger.demo.houses import House

STORIES: dict[str, tuple[str, Callable[[Stage], None]]] = {
    "foreningernes-hus": ("husraad", husraad.tell),
    "kvarterhuset": ("kvarterhusledelsen", boards.tell_kvarterhusledelsen),
    "sundhedshuset": ("lejerforeningen", boards.tell_lejerforeningen),
}


def tell(house: House, seed: str, now: datetime) -> str:
    """Give the house its council with all that it has done until yesterday; its name, or nothing for a house without one."""
    if house.plan.slug not in STORIES:
        return ""
    story, tell_it = STORIES[house.plan.slug]
    stage = Stage(house, story, seed, now)
    tell_it(stage)
    if "meetings" in stage.texts:
        meetings.coming(stage)
    changes.bump(house.center.pk)
    return stage.council.name
