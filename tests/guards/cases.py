"""The matrix: every address, who may open it, and what each method answers. A route without a case fails the tests."""

from typing import Any

from tests.guards.clashes_cases import CLASHES
from tests.guards.collaboration_cases import COLLABORATION
from tests.guards.digests_cases import DIGESTS
from tests.guards.enforcement_cases import ENFORCEMENT
from tests.guards.forum_cases import FORUM
from tests.guards.meeting_cases import MEETINGS
from tests.guards.motion_cases import MOTIONS
from tests.guards.world import LOGGED_IN, Arguments, Case, World

STAFF = ("staff", "booking_admin", "coordinator", "manager", "admin")
MANAGERS = ("manager", "admin")
DANCERS = ("member", "contact")
TIED = (*DANCERS, "stranger", *STAFF)
UNTIED = ("visitor", "outsider", "neighbour")
CODE_ONLY = (
    "outsider",
    "member",
    "stranger",
)  # confirm who they are by a code: they have neither password nor second factor
WITH_APP = ("staff", "booking_admin", "coordinator", "manager", "neighbour", "admin")
WITH_KEY = ("contact", *WITH_APP)


def at(name: str, **more: str) -> Arguments:
    """The house, and the id of one of its things."""

    def args(world: World) -> dict[str, Any]:
        return {"hus": world.house.slug, "pk": getattr(world, name).pk}

    return args


def of_passkey(world: World) -> dict[str, Any]:
    return {"pk": world.passkey.pk}


MACHINES = [
    Case("healthz", get=200),
    Case("readyz", get=200),
]

ACCOUNT = [
    Case("konto/log-ind/", get=(302, {200: ["visitor"]}), post=(302, {200: ["visitor"]})),
    Case("konto/log-ind/kode/", get=(302, {200: ["visitor"]}), post=(302, {200: ["visitor"]})),
    Case("konto/log-ind/kode/skriv/", get=302, post=302),
    Case("konto/log-ind/to-trin/", get=302, post=302),
    Case("konto/log-ind/husk/", get=302, post=302),
    Case("konto/log-ind/noegle/", get=302, post=302),
    Case("konto/log-ud/", post=302),
    Case("konto/lukket/", get=200),
    Case("konto/ny/", get=200),
    Case("konto/bekraeft/", LOGGED_IN, get=302, post=302),
    Case("konto/bekraeft/kode/", LOGGED_IN, get=(302, {200: CODE_ONLY}), post=(302, {200: CODE_ONLY})),
    Case("konto/bekraeft/to-trin/", LOGGED_IN, get=(302, {200: WITH_APP}), post=(302, {200: WITH_APP})),
    Case("konto/bekraeft/noegle/", LOGGED_IN, get=(302, {200: WITH_KEY}), post=302),
    Case("konto/sikkerhed/", LOGGED_IN, get=200),
    Case("konto/sikkerhed/adgangskode/", LOGGED_IN, get=200, post=200),
    Case("konto/sikkerhed/adresse/", LOGGED_IN, get=200, post=200),
    Case("konto/sikkerhed/adresse/kode/", LOGGED_IN, get=302, post=302),
    Case("konto/sikkerhed/app/", LOGGED_IN, get=(200, {302: WITH_APP}), post=(200, {302: WITH_APP})),
    Case("konto/sikkerhed/app/fjern/", LOGGED_IN, get=(404, {200: WITH_APP}), post=(404, {302: WITH_APP})),
    Case("konto/sikkerhed/noedkoder/", LOGGED_IN, get=404),
    Case("konto/sikkerhed/noedkoder/nye/", LOGGED_IN, get=200, post=(302, {200: CODE_ONLY})),
    Case("konto/sikkerhed/noedkoder/hent/", LOGGED_IN, get=404, post=404),
    Case("konto/sikkerhed/noegler/", LOGGED_IN, get=200),
    Case("konto/sikkerhed/noegler/ny/", LOGGED_IN, get=200, post=200),
    Case(
        "konto/sikkerhed/noegler/<int:pk>/fjern/",
        LOGGED_IN,
        get=(404, {200: ["contact"]}),
        post=(404, {302: ["contact"]}),
        args=of_passkey,
    ),
    Case(
        "konto/sikkerhed/noegler/<int:pk>/navn/",
        LOGGED_IN,
        get=(404, {200: ["contact"]}),
        post=(404, {200: ["contact"]}),
        args=of_passkey,
    ),
]

SITE = [
    Case("", get=200),
    Case("sprog/", post=302),
    Case("katalog/", get=404),
    Case("tilgaengelighed/", get=200),
    Case("privatliv/", get=200),
    Case("demo/post/", get=404),
    Case("demo/post/<int:pk>/", get=404, args=lambda world: {"pk": 1}),
    Case("mig/", LOGGED_IN, get=200),
    Case("mig/oplysninger/", LOGGED_IN, post=422),
    Case("mig/vagter/", LOGGED_IN, post=302),
    Case(
        "invitation/<str:token>/",
        get=200,
        post=(302, {200: ["visitor"], 409: ["manager"]}),
        args=lambda world: {"token": world.open_token},
        label="open",
    ),
    Case("invitation/<str:token>/", get=404, post=404, args=lambda world: {"token": "guessed"}, label="unknown"),
]

PEOPLE = [
    Case("<slug:hus>/mennesker/", TIED, get=200),
    Case("<slug:hus>/mennesker/inviter/", MANAGERS, get=200, post=422),
    Case(
        "<slug:hus>/mennesker/inviter/<int:actor_id>/",
        TIED,
        get=(200, {403: ["member"], 404: ["stranger"]}),
        post=(422, {403: ["member"], 404: ["stranger"]}),
        args=lambda world: {"hus": world.house.slug, "actor_id": world.dancers.pk},
    ),
    Case(
        "<slug:hus>/mennesker/<int:user_id>/rolle/",
        MANAGERS,
        get=200,
        post=422,
        args=lambda world: {"hus": world.house.slug, "user_id": world.users["staff"].pk},
    ),
    Case("<slug:hus>/mennesker/roller/<int:pk>/slut/", MANAGERS, post=302, args=at("staff_role")),
    Case("<slug:hus>/mennesker/medlemmer/<int:pk>/slut/", TIED, post=(302, {404: ["stranger"]}), args=at("membership")),
    Case(
        "<slug:hus>/mennesker/invitationer/<int:pk>/slut/",
        TIED,
        post=(302, {404: ["member", "stranger"]}),
        args=at("invitation"),
    ),
    Case("<slug:hus>/vagter/", STAFF, get=200, post=422),
    Case("<slug:hus>/vagter/<int:pk>/slut/", STAFF, post=302, args=at("duty")),
]

HOUSE = [
    Case("<slug:hus>/", get=200),
    Case("<slug:hus>/kalender/", get=200),
    Case("<slug:hus>/kalender/", get=200, query="?visning=uge", label="week"),
    Case("<slug:hus>/kalender/aendringer/", get=200),
    Case("<slug:hus>/ledige/", get=200),
]

BOOK = [
    Case("<slug:hus>/book/", TIED, get=200, post=422),
    Case(
        "<slug:hus>/book/",
        TIED,
        get=200,
        post=(302, {403: ["stranger"]}),
        data=lambda world: world.booking_form(),
        label="for the dancers",
    ),
    Case(
        "<slug:hus>/book/",
        TIED,
        get=404,
        post=404,
        query="?lokale=cafeen",
        label="another house's room",
        data=lambda world: world.booking_form(room=world.room_next_door.slug),
    ),
    Case("<slug:hus>/book/hint/", TIED, get=204),
    Case("<slug:hus>/bookinger/", TIED, get=200),
    Case("<slug:hus>/lukninger/", STAFF, get=200, post=422),
    Case("<slug:hus>/lukninger/<int:pk>/aabn/", STAFF, post=302, args=at("closure")),
]

# A closed booking is hidden from who has no tie to the house; a cancelled one also from the house's other associations.
HIDDEN = {
    "closed": UNTIED,
    "public": (),
    "shared": UNTIED,
    "cancelled": (*UNTIED, "stranger"),
}


def of_booking(which: str) -> list[Case]:
    hidden, path = HIDDEN[which], "<slug:hus>/bookinger/<int:pk>/"
    holds = which != "cancelled"
    foreign = [role for role in LOGGED_IN if role not in (*hidden, *DANCERS, *STAFF)]
    refused = {404: hidden, 403: foreign}
    args = at(which)
    common: dict[str, Any] = {"args": args, "label": which}
    return [
        Case(path, get=(200, {404: hidden}), **common),
        Case(f"{path}booking.ics", get=(200, {404: hidden}), **common),
        Case(f"{path}flyt/", LOGGED_IN, get=(200 if holds else 409, refused), post=(422, refused), **common),
        Case(
            f"{path}aflys/",
            LOGGED_IN,
            get=(200 if holds else 409, refused),
            post=(302 if holds else 409, refused),
            data=lambda world: {"version": getattr(world, which).version},
            **common,
        ),
        Case(f"{path}fortryd/", LOGGED_IN, post=(409 if holds else 302, refused), **common),
        Case(
            f"{path}grund/",
            LOGGED_IN,
            post=(302, {404: hidden, 403: [role for role in LOGGED_IN if role not in (*hidden, *STAFF)]}),
            data=lambda world: {"hours_reason": "Opstilling"},
            **common,
        ),
    ]


LEAVE = [
    Case(
        "<slug:hus>/bookinger/<int:pk>/forlad/",
        LOGGED_IN,
        post=(302, {404: ("outsider", "neighbour"), 403: DANCERS}),
        args=at("shared"),
        data=lambda world: {"actor": world.singers.pk},
        label="the singers",
    ),
    Case(
        "<slug:hus>/bookinger/<int:pk>/forlad/",
        LOGGED_IN,
        post=404,
        args=at("public"),
        data=lambda world: {"actor": world.singers.pk},
        label="who is not in it",
    ),
]


def at_seat(which: str) -> Arguments:
    """A seat of the council, and the dancers' deputy."""

    def args(world: World) -> dict[str, Any]:
        return {"hus": world.house.slug, "pk": getattr(world, which).pk, "holder": world.deputy.pk}

    return args


# Nobody but the dancers says who votes for them: neither staff nor who runs the installation.
NOT_DANCERS = ("stranger", *STAFF)
COUNCIL = [
    Case("<slug:hus>/husraad/", TIED, get=200),
    Case("<slug:hus>/husraad/opret/", MANAGERS, get=302, post=422),
    Case("<slug:hus>/husraad/pladser/", TIED, get=200),
    Case("<slug:hus>/husraad/pladser/ny/", MANAGERS, get=302, post=302),
    Case("<slug:hus>/husraad/pladser/<int:pk>/", TIED, get=200, args=at("dancers_seat")),
    Case("<slug:hus>/husraad/pladser/<int:pk>/slut/", MANAGERS, get=200, post=409, args=at("dancers_seat")),
    Case("<slug:hus>/husraad/pladser/<int:pk>/formand/", MANAGERS, post=302, args=at("dancers_seat")),
    Case(
        "<slug:hus>/husraad/pladser/<int:pk>/folk/",
        TIED,
        get=(200, {403: NOT_DANCERS}),
        post=(422, {403: NOT_DANCERS}),
        args=at("dancers_seat"),
    ),
    Case(
        "<slug:hus>/husraad/pladser/<int:pk>/folk/<int:holder>/slut/",
        TIED,
        post=(302, {403: NOT_DANCERS}),
        args=at_seat("dancers_seat"),
    ),
    Case("<slug:hus>/husraad/forretningsorden/", TIED, get=200),
    Case(
        "<slug:hus>/husraad/forretningsorden/<int:version>/",
        TIED,
        get=200,
        args=lambda world: {"hus": world.house.slug, "version": 2},
    ),
]

BALLOT = "<slug:hus>/husraad/afstemninger/<int:pk>/"


def at_ballot(world: World) -> dict[str, Any]:
    return {
        "hus": world.house.slug,
        "pk": world.ballot.pk,
        "seat_pk": world.dancers_seat.pk,
        "proxy_pk": world.proxy.pk,
    }


def at_hands(world: World) -> dict[str, Any]:
    return at_ballot(world) | {"pk": world.hands.pk}


def of_ballot(under: str, *, args: Arguments = at_ballot, **answers: Any) -> Case:
    return Case(f"{BALLOT}{under}", TIED, args=args, **answers)


# Who votes holds a seat: staff have none by being staff, and neither has who runs the installation.
BALLOTS = [
    of_ballot("", get=200),
    of_ballot(
        "stem/",
        post=(403, {302: DANCERS}),
        data=lambda world: {"seat": world.dancers_seat.pk, "choice": "for"},
    ),
    of_ballot("fuldmagt/", get=(200, {403: STAFF, 409: ["stranger"]}), post=(422, {403: STAFF})),
    of_ballot("fuldmagt/<int:proxy_pk>/slut/", post=(404, {302: ["stranger"]})),
    of_ballot("overdrag/<int:seat_pk>/", get=(403, {409: DANCERS}), post=(403, {422: DANCERS})),
    of_ballot("kontrol/", get=200),
    of_ballot("attest/", get=404),
    of_ballot("haandsopraekning/", args=at_hands, get=(200, {403: STAFF}), post=(409, {403: STAFF})),
    of_ballot("haandsopraekning/<int:seat_pk>/annuller/", args=at_hands, post=(403, {409: DANCERS})),
    of_ballot("luk/", args=at_hands, post=(403, {409: ["stranger"]})),
]

BOOKINGS = [case for which in HIDDEN for case in of_booking(which)]
CASES = [
    *MACHINES,
    *ACCOUNT,
    *SITE,
    *PEOPLE,
    *HOUSE,
    *BOOK,
    *BOOKINGS,
    *LEAVE,
    *COUNCIL,
    *BALLOTS,
    *ENFORCEMENT,
    *MEETINGS,
    *MOTIONS,
    *COLLABORATION,
    *FORUM,
    *CLASHES,
    *DIGESTS,
]
