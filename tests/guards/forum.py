"""What the guards' world holds for the forum's addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.guards.world import World


@dataclass
class Things:
    """Nothing yet."""


def make(world: World) -> Things:
    """Made last, of all that the world has already."""
    return Things()
