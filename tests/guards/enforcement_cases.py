"""The cases of house rules, notices and disputes."""

from __future__ import annotations

from typing import Any

from tests.guards.world import Case, World

STAFF = ("staff", "booking_admin", "coordinator", "manager", "admin")
DANCERS = ("member", "contact")
HOLDERS = (*DANCERS, "stranger")
TIED = (*HOLDERS, *STAFF)
MEDIATOR = "coordinator"
RULES, NOTICES, DISPUTES = "<slug:hus>/husregler/", "<slug:hus>/paamindelser/", "<slug:hus>/husraad/konflikter/"


def numbered(which: str) -> Any:
    """The house, and the number of one of its things."""

    def args(world: World) -> dict[str, Any]:
        return {"hus": world.house.slug, "number": getattr(world, which).number}

    return args


def first_rule(world: World) -> dict[str, Any]:
    return {"hus": world.house.slug, "number": world.notice.version.rule.number}


def others_than(*roles: str) -> dict[int, list[str]]:
    """Who is tied to the house and none of these may see it, and not do it."""
    return {403: [role for role in TIED if role not in roles]}


ENFORCEMENT = [
    Case(RULES, get=200),
    Case(RULES, get=200, query="?dato=2020-01-01", label="of another day"),
    Case(f"{RULES}<int:number>/", get=200, args=first_rule),
    Case(
        f"{RULES}<int:number>/behold/",
        TIED,
        post=(302, others_than(*HOLDERS)),
        args=first_rule,
        data=lambda world: {"version": world.notice.version_id, "next_on": "1.1.2100"},
    ),
    Case(NOTICES, TIED, get=200),
    Case(f"{NOTICES}ny/", STAFF, get=200, post=422),
    Case(f"{NOTICES}<int:number>/", TIED, get=200, args=numbered("notice")),
    Case(
        f"{NOTICES}<int:number>/svar/",
        TIED,
        post=(302, others_than(*DANCERS)),
        args=numbered("notice"),
        data=lambda world: {"answer": "Det var ikke os."},
    ),
    Case(
        f"{NOTICES}<int:number>/indsigelse/",
        TIED,
        get=(200, others_than(*DANCERS)),
        post=(302, others_than(*DANCERS)),
        args=numbered("notice"),
        data=lambda world: {"why": "Det var ikke os."},
    ),
    Case(DISPUTES, TIED, get=200),
    Case(f"{DISPUTES}ny/", TIED, get=(200, others_than(*HOLDERS)), post=(422, others_than(*HOLDERS))),
    Case(f"{DISPUTES}<int:number>/", TIED, get=200, args=numbered("dispute")),
    Case(
        f"{DISPUTES}<int:number>/maegler/",
        TIED,
        post=(422, {403: ["member", "contact", "stranger"]}),
        args=numbered("dispute"),
    ),
    Case(f"{DISPUTES}<int:number>/maegling/", TIED, post=(422, others_than(MEDIATOR)), args=numbered("dispute")),
    Case(
        f"{DISPUTES}<int:number>/raad/",
        TIED,
        get=(200, others_than(*HOLDERS)),
        post=(422, others_than(*HOLDERS)),
        args=numbered("dispute"),
    ),
    Case(
        f"{DISPUTES}<int:number>/fulgt-op/",
        TIED,
        post=(409, others_than(*HOLDERS, MEDIATOR)),
        args=numbered("dispute"),
    ),
    Case(f"{DISPUTES}<int:number>/traek/", TIED, post=(302, others_than(*DANCERS)), args=numbered("dispute")),
]
