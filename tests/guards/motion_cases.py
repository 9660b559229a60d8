"""The cases of motions: who holds a seat acts for it; staff read along and comment, no more (S921-922)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.guards.world import Case, World

STAFF = ("staff", "booking_admin", "coordinator", "manager", "admin")
DANCERS = ("member", "contact")
OTHERS = ("stranger", *STAFF)
TIED = (*DANCERS, *OTHERS)
ROOT = "<slug:hus>/husraad/forslag/"
ONE = f"{ROOT}<int:number>/"


def of(which: str) -> Callable[[World], dict[str, Any]]:
    """The house, the number of one of its motions, the comment and the amendment of the open one."""

    def args(world: World) -> dict[str, Any]:
        number = getattr(world, which).number
        return {"hus": world.house.slug, "number": number, "pk": world.comment.pk, "amendment": 1}

    return args


def on(which: str, under: str = "", **answers: Any) -> Case:
    return Case(f"{ONE}{under}", TIED, args=of(which), label=which, **answers)


def as_seen(world: World) -> dict[str, Any]:
    return {"version": world.draft.version}


NOT_STAFF, NOT_OTHERS, HIDDEN = {403: STAFF}, {403: OTHERS}, {404: OTHERS}
MOTIONS = [
    Case(f"{ROOT}nyt/", TIED, get=(200, NOT_STAFF), post=(404, NOT_STAFF)),
    Case(f"{ROOT}nyt/", TIED, get=(200, NOT_STAFF), post=(422, NOT_STAFF), query="?slags=other", label="other"),
    Case(f"{ROOT}nyt/", TIED, get=(404, NOT_STAFF), post=(404, NOT_STAFF), query="?slags=dispute", label="dispute"),
    on("open_motion", get=200),
    on("draft", get=(200, HIDDEN)),
    on("draft", "ret/", get=(200, HIDDEN), post=(422, HIDDEN)),
    on("open_motion", "ret/", get=(409, NOT_OTHERS), post=(409, NOT_OTHERS)),
    on("draft", "aabn/", post=(302, HIDDEN), data=as_seen),
    on("open_motion", "aabn/", post=(409, NOT_OTHERS)),
    on("draft", "traek/", get=(200, HIDDEN), post=(302, HIDDEN)),
    on("open_motion", "traek/", get=(200, NOT_OTHERS), post=(302, NOT_OTHERS)),
    on("open_motion", "afstemning/", get=(200, NOT_OTHERS), post=(422, NOT_OTHERS)),
    on("open_motion", "kommentar/", post=422),
    on("open_motion", "kommentar/<int:pk>/ret/", get=(403, {200: ["member"]}), post=(403, {422: ["member"]})),
    on("open_motion", "inhabil/", get=(200, NOT_STAFF), post=(422, NOT_STAFF)),
    on("open_motion", "aendring/", get=(200, NOT_STAFF), post=(422, NOT_STAFF)),
    on("open_motion", "aendring/<int:amendment>/optag/", post=(302, NOT_OTHERS)),
    on("open_motion", "aendring/<int:amendment>/traek/", post=(403, {302: ["stranger"]})),
]
