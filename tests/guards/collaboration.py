"""What the guards' world holds for the log's addresses: a collaboration of the dancers and the singers, one of theirs that is over, one
that the page proposes, and the week's neglected tie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actors.access import Access
from collaboration import actions
from collaboration.models import Collaboration, Introduction
from medborger.common import clock
from tests.collaboration.factories import days_ago, entry, proposed

if TYPE_CHECKING:
    from tests.guards.world import World


@dataclass
class Things:
    """The proposal is about the dancers and the chess players, the tie about the singers and the chess players."""

    going: Collaboration
    over: Collaboration
    proposal: Collaboration
    tie: Introduction


def make(world: World) -> Things:
    """Made last, of all that the world has already."""
    pair, by = (world.dancers, world.singers), Access.of(world.users["contact"])
    chess = world.chess_seat.actor
    assert chess is not None
    first, second = sorted([world.singers, chess], key=lambda actor: actor.pk)
    return Things(
        going=actions.enter(center=world.house, entry=entry(*pair), by=by),
        over=actions.enter(center=world.house, entry=entry(*pair, title="Sommerfest", until=days_ago(9)), by=by),
        proposal=proposed(world.house, world.dancers, chess),
        tie=Introduction.objects.create(
            center=world.house, week_starts_on=clock.monday(clock.today()), first=first, second=second
        ),
    )
