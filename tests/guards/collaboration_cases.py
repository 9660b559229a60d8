"""The matrix: the log's addresses."""

from typing import Any

from tests.guards.world import Arguments, Case, World

STAFF = ("staff", "booking_admin", "coordinator", "manager", "admin")
TIED = ("member", "contact", "stranger", *STAFF)


def of(which: str) -> Arguments:
    """The collaboration of that name."""

    def args(world: World) -> dict[str, Any]:
        return {"hus": world.house.slug, "pk": getattr(world.collaboration, which).pk}

    return args


LOG = "<slug:hus>/samarbejde/"
ONE = f"{LOG}<int:pk>/"

COLLABORATION: list[Case] = [
    Case(LOG, TIED, get=200),
    Case(ONE, TIED, get=200, args=of("going"), label="going"),
    Case(ONE, TIED, get=(200, {404: ["stranger"]}), args=of("proposal"), label="proposed"),
]
