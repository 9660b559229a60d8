"""The matrix: the forum's addresses. Who belongs to the house reads and proposes; who coordinates it keeps the forum."""

from typing import Any

from tests.guards.world import Answer, Arguments, Case, World, at_house

STAFF = ("staff", "booking_admin", "coordinator", "manager", "admin")
TIED = ("member", "contact", "stranger", *STAFF)
COORDINATING = ("coordinator", "manager", "admin")
NOT_KEEPING = {403: ("member", "contact", "stranger", "staff", "booking_admin")}


def case(path: str, args: Arguments = at_house, *, get: Answer = 405, post: Answer = 405, **data: Any) -> Case:
    return Case(f"<slug:hus>/forum/{path}", TIED, get=get, post=post, args=args, data=lambda world: data or {"x": "y"})


def member(world: World) -> dict[str, Any]:
    return {"hus": world.house.slug, "pk": world.forum.member.pk}


def proposal(world: World) -> dict[str, Any]:
    return {"hus": world.house.slug, "pk": world.forum.proposal.pk}


FORUM = [
    case("", get=200),
    Case("<slug:hus>/forum/opret/", COORDINATING, get=302, post=422),
    case("indstillinger/", get=(200, NOT_KEEPING), post=(422, NOT_KEEPING)),
    Case("<slug:hus>/forum/tovholder/", COORDINATING, post=422),
    case("tovholder/stop/", post=(422, NOT_KEEPING)),
    case("overlevering/", get=(200, NOT_KEEPING)),
    case("medlemmer/", get=200),
    case("medlemmer/ny/", post=(422, NOT_KEEPING)),
    case("medlemmer/<int:pk>/fjern/", member, post=(302, NOT_KEEPING)),
    case("punkter/", get=200),
    case("punkter/nyt/", get=200, post=422),
    case("punkter/<int:pk>/", proposal, get=200),
    case("punkter/<int:pk>/afvis/", proposal, post=(302, NOT_KEEPING), reason="Det er nået."),
    case("punkter/<int:pk>/traek-tilbage/", proposal, post=(302, {403: ("stranger", *STAFF)})),
]
