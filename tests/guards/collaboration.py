"""What the guards' world holds for the log's addresses: a collaboration of the dancers and the singers, and one that the page proposes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actors.standing import Standing
from collaboration import actions
from collaboration.models import Collaboration
from tests.collaboration.factories import entry, proposed

if TYPE_CHECKING:
    from tests.guards.world import World


@dataclass
class Things:
    """The chess players are in neither."""

    going: Collaboration
    proposal: Collaboration


def make(world: World) -> Things:
    """Made last, of all that the world has already."""
    pair, by = (world.dancers, world.singers), Standing.of(world.users["contact"])
    going = actions.enter(center=world.house, entry=entry(*pair), by=by)
    chess = world.chess_seat.actor
    assert chess is not None
    return Things(going=going, proposal=proposed(world.house, world.dancers, chess))
