"""What the guards' world holds for the digests' addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import time_machine

from actors.access import Access
from actors.digest_lines import DigestPart
from collaboration.digests import actions, weeks
from collaboration.digests.digest_view import find
from collaboration.digests.enums import Act
from collaboration.digests.models import MONDAY_AT_SEVEN
from collaboration.digests.tokens import ActToken, UnsubscribeToken
from medborger.common import clock
from tests.collaboration.digests.lines import for_all, told_by_tests, urgent

if TYPE_CHECKING:
    from tests.guards.world import World


@dataclass
class Things:
    """The house's digest of the week before last, told to its coordinator; `monday` is where it begins. The `staff` have said no."""

    monday: date
    act: ActToken
    said_no: UnsubscribeToken


def make(world: World) -> Things:
    """Made last, of all that the world has already."""
    monday = clock.monday(clock.today()) - 2 * weeks.WEEK
    with told_by_tests() as told, time_machine.travel(clock.midnight(monday) - timedelta(hours=1), tick=False) as then:
        told.tell(DigestPart.NEEDS, urgent("first", 90), urgent("second", 80), urgent("third", 70))
        told.tell(DigestPart.COMING, for_all("event", day=monday))
        actions.keep_subscriptions()
        then.move_to(weeks.due_on(monday, **MONDAY_AT_SEVEN))
        actions.make_house(center_id=world.house.pk)
    coordinator, staff = Access.of(world.users["coordinator"]), world.users["staff"]
    found = find(world.house, coordinator, monday, "da")
    entry = found.entry("third") if found else None
    assert entry is not None
    actions.snooze(center=world.house, entry=entry, by=coordinator)
    actions.choose(center=world.house, weekday=2, minute=600, when_empty=False, by=Access.of(staff))
    actions.unsubscribe(center=world.house, user=staff)
    return Things(
        monday=monday,
        act=ActToken(Act.SNOOZE, world.users["coordinator"].pk, world.house.pk, monday, "first"),
        said_no=UnsubscribeToken(staff.pk, world.house.pk),
    )


def of_week(world: World) -> dict[str, Any]:
    number = weeks.number(world.digests.monday)
    return {"hus": world.house.slug, "aar": number.year, "uge": number.week}


def signed(which: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"token": getattr(world.digests, which).signed()}
