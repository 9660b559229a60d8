"""The matrix: the clashes' addresses. The dancers' event meets the singers', who have asked in the one that is `asked`."""

from typing import Any

from tests.guards.world import Arguments, Case, World

MANAGERS = ("manager", "admin")
STAFF = ("staff", "booking_admin", "coordinator", *MANAGERS)
DANCERS = ("member", "contact")
TIED = (*DANCERS, "stranger", *STAFF)
ONE = "<slug:hus>/sammenfald/<int:pk>/"
NEIGHBOUR = "<slug:hus>/naboer/<int:pk>/"


def of(which: str) -> Arguments:
    def args(world: World) -> dict[str, Any]:
        return {"hus": world.house.slug, "pk": getattr(world.clashes, which).pk}

    return args


def version(which: str) -> dict[str, Any]:
    return {"data": lambda world: {"version": getattr(world.clashes, which).version}, "args": of(which)}


CLASHES: list[Case] = [
    Case("<slug:hus>/sammenfald/", TIED, get=200),
    Case(ONE, TIED, get=200, args=of("open"), label="open"),
    Case(ONE, TIED, get=200, args=of("asked"), label="asked"),
    Case(f"{ONE}spoerg/", TIED, post=422, args=of("open")),
    Case(
        f"{ONE}spoerg/",
        TIED,
        post=(422, {302: (*DANCERS, *STAFF)}),
        args=of("open"),
        data=lambda world: {
            "version": world.clashes.open.version,
            "side": world.public.pk,
            "kept": world.public.pk,
            "message": "Skal vi?",
        },
        label="for the dancers",
    ),
    Case(f"{ONE}ja/", TIED, post=(403, {302: DANCERS}), **version("asked")),
    Case(f"{ONE}nej/", TIED, post=(302, {403: ["stranger"]}), **version("asked")),
    Case(f"{ONE}lad-staa/", TIED, post=422, args=of("open")),
    Case(
        f"{ONE}lad-staa/",
        TIED,
        post=(302, {403: ["stranger"]}),
        args=of("open"),
        data=lambda world: {"version": world.clashes.open.version, "side": world.public.pk},
        label="for the dancers",
    ),
    Case(f"{ONE}igen/", TIED, post=(302, {403: DANCERS}), **version("asked")),
    Case("<slug:hus>/naboer/", STAFF, get=200, post=(403, {422: MANAGERS})),
    Case(NEIGHBOUR, MANAGERS, post=302, args=of("neighbour")),
    Case(f"{NEIGHBOUR}slut/", MANAGERS, post=302, args=of("neighbour")),
]
