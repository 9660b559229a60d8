"""What the guards' world holds for the forum's addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from actors.access import Access
from actors.meetings.actions import ItemData
from collaboration.forum import actions
from collaboration.forum.actions import ForumFrame
from collaboration.forum.models import Forum, ForumMember, ProposedItem
from medborger.common import clock

if TYPE_CHECKING:
    from tests.guards.world import World


@dataclass
class Things:
    """The house's forum, in which the dancers are; the `contact` has proposed an item for them. The house next door has none."""

    forum: Forum
    member: ForumMember
    proposal: ProposedItem


def make(world: World) -> Things:
    """Made last, of all that the world has already."""
    coordinator, contact = Access.of(world.users["coordinator"]), Access.of(world.users["contact"])
    frame = ForumFrame("Torsdagsforum", clock.today() - timedelta(days=90))
    forum = actions.found(center=world.house, frame=frame, by=coordinator)
    return Things(
        forum=forum,
        member=actions.add_member(forum=forum, actor=world.dancers, by=coordinator),
        proposal=actions.propose(center=world.house, words=ItemData("Ny bordplan"), by=contact),
    )
