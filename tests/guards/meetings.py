"""Two meetings in the world of the guards, one to come and one that is going on, and the cases of their pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import time_machine

from actors.access import Access
from actors.meetings import actions, meeting_bodies
from actors.meetings.action_points.action_point_owners import Owner
from actors.meetings.actions import ActionPointData, ItemData, MeetingData
from actors.meetings.models import Meeting
from actors.models import Actor, User
from centers.models import Center
from medborger.common import clock
from tests.actors.meetings.meeting_bodies import KEY, SLUG, WITHOUT, body

if TYPE_CHECKING:
    from tests.guards.world import World

SITTING = timedelta(minutes=30)


def register_body(next_door: Center) -> None:
    """The body that meets, as the process knows it; the house next door has none."""
    if meeting_bodies.by_slug(SLUG) is None:
        meeting_bodies.bodies.add(body())
    WITHOUT.add(next_door.pk)


def make_meetings(house: Center, next_door: Center, by: User, audience: Actor) -> tuple[Meeting, Meeting]:
    """The one to come, and the one that began half an hour ago."""
    register_body(next_door)
    now = clock.now()
    with time_machine.travel(now - timedelta(days=7), tick=False):
        coming = _convened(house, by, audience, MeetingData("Møde om lidt", now + SITTING, now + 3 * SITTING))
        sitting = _convened(house, by, audience, MeetingData("Møde lige nu", now - SITTING, now + SITTING))
    owned = ActionPointData("Hent tilbud på borde", clock.today(), Owner(actor=audience), agreed=True)
    actions.add_point(item=sitting.items.all()[0], data=owned, by=Access.of(by))
    return coming, sitting


def _convened(house: Center, by: User, audience: Actor, frame: MeetingData) -> Meeting:
    access = Access.of(by)
    meeting = actions.create(center=house, body=KEY, data=frame, by=access)
    for words in (ItemData("Siden sidst"), ItemData("Kun for nogle", audience=(audience,))):
        actions.add(meeting=meeting, data=words, by=access)
    return actions.convene(meeting=meeting, by=access)


def of_house(world: World) -> dict[str, Any]:
    return {"hus": world.house.slug, "kreds": SLUG}


def of(which: str) -> Callable[[World], dict[str, Any]]:
    """A meeting and its first item."""

    def args(world: World) -> dict[str, Any]:
        meeting: Meeting = getattr(world, which)
        return {"hus": world.house.slug, "pk": meeting.pk, "item": meeting.items.all()[0].pk}

    return args
