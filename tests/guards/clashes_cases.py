"""The matrix: the clashes' addresses. The dancers' event meets the singers'; the house's other associations see neither clash."""

from typing import Any

from tests.guards.world import Arguments, Case, World

STAFF = ("staff", "booking_admin", "coordinator", "manager", "admin")
TIED = ("member", "contact", "stranger", *STAFF)
ONE = "<slug:hus>/sammenfald/<int:pk>/"


def of(which: str) -> Arguments:
    def args(world: World) -> dict[str, Any]:
        return {"hus": world.house.slug, "pk": getattr(world.clashes, which).pk}

    return args


CLASHES: list[Case] = [
    Case(ONE, TIED, get=200, args=of("open"), label="open"),
    Case(ONE, TIED, get=200, args=of("asked"), label="asked"),
]
