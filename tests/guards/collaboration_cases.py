"""The matrix: the log's addresses. The member and the contact are of the dancers, the stranger of the singers."""

from typing import Any

from tests.guards.world import Answer, Arguments, Case, World

STAFF = ("staff", "booking_admin", "coordinator", "manager", "admin")
TIED = ("member", "contact", "stranger", *STAFF)
LOG = "<slug:hus>/samarbejde/"
ONE, TIE = f"{LOG}<int:pk>/", f"{LOG}forbindelser/<int:pk>/"
# What is proposed is hidden from those whose actors it is not about.
HIDDEN = {404: ["stranger"]}


def of(which: str) -> Arguments:
    """The collaboration or tie of that name."""

    def args(world: World) -> dict[str, Any]:
        return {"hus": world.house.slug, "pk": getattr(world.collaboration, which).pk}

    return args


def case(path: str, which: str = "going", *, get: Answer = 405, post: Answer = 405) -> Case:
    return Case(f"{ONE}{path}", TIED, get=get, post=post, args=of(which), label=which)


COLLABORATION: list[Case] = [
    Case(LOG, TIED, get=200),
    Case(LOG, TIED, get=200, query="?vis=foreslaaede", label="proposed"),
    Case(f"{LOG}log.csv", TIED, get=200),
    Case(f"{LOG}form/", TIED, get=200),
    Case(f"{LOG}nyt/", TIED, get=200, post=422),
    case("", get=200),
    case("", "proposal", get=(200, HIDDEN)),
    case("ret/", get=200, post=422),
    case("ret/", "proposal", get=(200, HIDDEN), post=(422, HIDDEN)),
    case("form/", get=200, post=422),
    case("bekraeft/", "proposal", post=(302, HIDDEN)),
    case("afvis/", "proposal", post=(302, HIDDEN)),
    case("slut/", get=200, post=422),
    case("genoptag/", "over", post=302),
    case("traed-ud/", get=200, post=422),
    Case(TIE, STAFF, get=200, post=422, args=of("tie")),
    Case(f"{TIE}ikke-nu/", STAFF, post=302, args=of("tie")),
]
