"""The addresses of meetings in the matrix. Staff convene and keep the minutes; the associations' contact persons are invited."""

from typing import Any

from tests.guards.meetings import of, of_house
from tests.guards.world import LOGGED_IN, Answer, Case, World

HIDDEN = {404: ("outsider", "neighbour")}
TO_STAFF = HIDDEN | {403: ("member", "contact", "stranger")}
TO_INVITED = HIDDEN | {403: ("member", "stranger", "staff", "booking_admin", "coordinator", "manager", "admin")}
NOT_OWNER = HIDDEN | {403: ("stranger",)}
TIED = ("member", "contact", "stranger", "staff", "booking_admin", "coordinator", "manager", "admin")
CIRCLE, ONE = "<slug:hus>/moeder/<slug:kreds>/", "<slug:hus>/moeder/<int:pk>/"


def case(path: str, which: str = "meeting", *, get: Answer = 405, post: Answer = 405, **data: Any) -> Case:
    return Case(f"{ONE}{path}", LOGGED_IN, get=get, post=post, args=of(which), data=lambda world: data or {"x": "y"})


def of_point(world: World) -> dict[str, Any]:
    """What the dancers will do."""
    return {"hus": world.house.slug, "pk": world.sitting.action_points.get().pk}


def point(path: str, *, get: Answer = 405, post: Answer = 405) -> Case:
    return Case(f"<slug:hus>/opgaver/<int:pk>/{path}", LOGGED_IN, get=get, post=post, args=of_point)


MEETINGS = [
    Case(CIRCLE, LOGGED_IN, get=(200, HIDDEN), args=of_house),
    Case(f"{CIRCLE}nyt/", LOGGED_IN, get=(200, TO_STAFF), post=(422, TO_STAFF), args=of_house),
    case("", get=(200, HIDDEN)),
    case("svar/", post=(302, TO_INVITED), answer="yes"),
    case("moede.ics", get=(200, HIDDEN)),
    case("ret/", get=(200, TO_STAFF), post=(422, TO_STAFF)),
    case("indkald/", get=(200, TO_STAFF), post=(302, TO_STAFF)),
    case("besked/", post=(302, TO_STAFF)),
    case("aflys/", get=(200, TO_STAFF), post=(302, TO_STAFF)),
    case("dagsorden/", get=(200, TO_STAFF), post=(422, TO_STAFF)),
    case("dagsorden/emne/", post=(422, TO_STAFF)),
    case("dagsorden/<int:item>/", get=(200, TO_STAFF), post=(422, TO_STAFF)),
    case("dagsorden/<int:item>/flyt/", post=(302, TO_STAFF), direction="down"),
    case("dagsorden/<int:item>/fjern/", post=(302, TO_STAFF)),
    case("referat/", "sitting", get=(200, TO_STAFF)),
    case("referat/<int:item>/", "sitting", get=(200, TO_STAFF), post=(422, TO_STAFF)),
    case("referat/<int:item>/opgave/", "sitting", get=(200, TO_STAFF), post=(422, TO_STAFF)),
    case("send/", "sitting", get=(409, TO_STAFF), post=(409, TO_STAFF)),
    case("fremmoede/", "sitting", post=(302, TO_STAFF)),
    case("godkend/", "sitting", get=(200, TO_STAFF), post=(302, TO_STAFF)),
    Case("<slug:hus>/opgaver/", TIED, get=200),
    point("", get=(200, HIDDEN), post=(422, TO_STAFF)),
    point("loest/", post=(302, NOT_OWNER)),
    point("fortryd/", post=(302, NOT_OWNER)),
    point("slet/", post=(302, TO_STAFF)),
]
