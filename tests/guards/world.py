"""Two houses with everybody in them, and a way to ask every address as each of them.

Built once and rolled back after each module; each request runs in a savepoint of its own, so that no answer depends on
what was asked before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.template.backends.django import Template
from django.test import Client
from django.utils.safestring import SafeString

from actors import actions as people
from actors.access import Access
from actors.addresses import Address
from actors.council.enums import HolderRole, Quorum
from actors.council.models import (
    Ballot,
    Comment,
    Council,
    Dispute,
    Motion,
    Proxy,
    RuleNotice,
    Seat,
    SeatHolder,
    StandingOrders,
)
from actors.enums import ActorRole, Role
from actors.meetings.models import Meeting
from actors.models import Actor, CenterRole, Duty, Invitation, Membership, User
from bookings import actions as rooms
from bookings.enums import Audience
from bookings.models import Booking, Closure
from centers.models import Center, Room, SpecialDay
from medborger.common import clock
from medborger.common.models import Installation, Message
from tests.actors.council.factories import make_council, make_seat, seat_person
from tests.factories import (
    ActorFactory,
    BookingFactory,
    CenterFactory,
    CenterRoleFactory,
    DutyFactory,
    FacilityFactory,
    RoomFactory,
    RoomHolderFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
    close_room,
    passkey,
    person_with,
    working_day,
)
from tests.guards import clashes, collaboration, digests, forum
from tests.guards.ballots import make_ballots
from tests.guards.enforcement import make_enforcement
from tests.guards.meetings import make_meetings
from tests.guards.motions import make_motions
from tests.guards.state import State

WORKED = (201, 204, 302, 303)
VISITOR = "visitor"
LOGGED_IN = (
    "outsider",
    "member",
    "contact",
    "stranger",
    "staff",
    "booking_admin",
    "coordinator",
    "manager",
    "neighbour",
    "admin",
)
ROLES = (VISITOR, *LOGGED_IN)


@dataclass
class World:
    """`house` is where the addresses point; `next_door` is another house, whose manager is the `neighbour`.

    `member` and `contact` belong to `dancers`, who have the bookings; `stranger` belongs to `singers`, another association of
    the same house. The `outsider` has a log-in and no tie.

    The house's council has three seats: the `member` represents the dancers with the `contact` as deputy, the `stranger` the
    singers, and the chess players have named nobody. Its standing orders are in their second version. The council next door has
    one seat. In the open `ballot` the singers have given the dancers their proxy ; `hands` is a show of hands that they lead.

    The dancers have an `open_motion`, which the singers want to amend and the `member` has said a `comment` about, and a `draft`.
    They have had a `notice`, and a `dispute` with the singers in which the `coordinator` mediates.
    """

    house: Center
    next_door: Center
    room: Room
    room_next_door: Room
    dancers: Actor
    singers: Actor
    users: Mapping[str, User]
    closed: Booking
    public: Booking
    shared: Booking
    cancelled: Booking
    next_doors_booking: Booking
    closure: Closure
    duty: Duty
    staff_role: CenterRole
    membership: Membership
    invitation: Invitation
    singers_invitation: Invitation
    passkey: Authenticator
    open_token: str
    council: Council
    dancers_seat: Seat
    singers_seat: Seat
    chess_seat: Seat
    deputy: SeatHolder
    next_doors_council: Council
    ballot: Ballot
    proxy: Proxy
    hands: Ballot
    meeting: Meeting
    sitting: Meeting
    notice: RuleNotice
    dispute: Dispute
    open_motion: Motion
    draft: Motion
    comment: Comment
    collaboration: collaboration.Things = field(init=False)
    forum: forum.Things = field(init=False)
    clashes: clashes.Things = field(init=False)
    digests: digests.Things = field(init=False)

    def booking_args(self, which: str) -> dict[str, Any]:
        return {"hus": self.house.slug, "pk": getattr(self, which).pk}

    def booking_form(self, **fields: Any) -> dict[str, Any]:
        """A form that books the room for the dancers on a free evening."""
        form = {
            "room": self.room.slug,
            "date": working_day(21).isoformat(),
            "start": "18.00",
            "end": "19.30",
            "title": "Øveaften",
            "actor": self.dancers.pk,
            "audience": Audience.CLOSED,
            "token": str(uuid4()),
        }
        return form | fields


def build() -> World:
    house, next_door = (
        CenterFactory.create(slug="huset", name="Huset"),
        CenterFactory.create(slug="naboen", name="Naboen"),
    )
    CenterFactory.create(slug="lukket-hus", retired_at=clock.now())
    room = RoomFactory.create(center=house, slug="salen", name="Salen", capacity=80)
    room_next_door = RoomFactory.create(center=next_door, slug="cafeen", name="Caféen")
    dancers = ActorFactory.create(name="Folkedanserne", house=house)
    singers = ActorFactory.create(name="Koret", house=house)
    users = {
        "outsider": UserFactory.create(name="Ole Udenfor"),
        "member": UserFactory.create(name="Mette Medlem", member_of=dancers),
        "contact": UserFactory.create(name="Karim Kontakt", contact_of=dancers),
        "stranger": UserFactory.create(name="Sanne Sanger", member_of=singers),
        "staff": person_with(Role.STAFF, house, name="Maja Medarbejder"),
        "booking_admin": person_with(Role.BOOKING_ADMIN, house, name="Birk Booking"),
        "coordinator": person_with(Role.COORDINATOR, house, name="Kaja Koordinator"),
        "manager": person_with(Role.MANAGER, house, name="Leo Leder"),
        "neighbour": person_with(Role.MANAGER, next_door, name="Nanna Nabo"),
        "admin": UserFactory.create(name="Ada Admin", is_admin=True),
    }
    for role in ("staff", "booking_admin", "coordinator", "manager", "neighbour", "admin"):
        Authenticator.objects.create(
            user=users[role], type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
        )
    colleague = UserFactory.create(name="Rikke Receptionist")
    book: dict[str, Any] = {"actor": dancers, "by": users["member"], "room": room, "day": working_day()}
    cancelled = BookingFactory.create(**book, start=1200, end=1260, title="Aflyst aften")
    UserFactory.create(name="Signe Sopran", contact_of=singers)
    leader = Access.of(users["manager"])
    invitation = people.invite(
        center=house, role=ActorRole.MEMBER, actor=dancers, address=Address("ny@huset.example"), by=leader
    )
    council, next_doors_council = make_council(house), make_council(next_door, name="Naborådet")
    dancers_seat, singers_seat = make_seat(council, dancers), make_seat(council, singers)
    seat_person(dancers_seat, users["member"])
    seat_person(dancers_seat, users["contact"], HolderRole.DEPUTY)
    seat_person(singers_seat, users["stranger"])
    make_seat(next_doors_council)
    StandingOrders.objects.create(
        council=council, version=2, quorum=Quorum.NONE, notice_days=0, proxies=1, reviews=True, in_force_at=clock.now()
    )
    chess_seat = make_seat(council, ActorFactory.create(name="Skakklubben", house=house))
    ballot, proxy, hands = make_ballots((dancers_seat, users["member"]), (singers_seat, users["stranger"]))
    open_motion, draft, comment = make_motions((dancers_seat, users["member"]), (singers_seat, users["stranger"]))
    meeting, sitting = make_meetings(house, next_door, users["staff"], dancers)
    notice, dispute = make_enforcement(
        council,
        room,
        (dancers, singers),
        contact=users["contact"],
        staff=users["staff"],
        mediator=users["coordinator"],
    )
    world = World(
        notice=notice,
        dispute=dispute,
        open_motion=open_motion,
        draft=draft,
        comment=comment,
        meeting=meeting,
        sitting=sitting,
        house=house,
        next_door=next_door,
        room=room,
        room_next_door=room_next_door,
        dancers=dancers,
        singers=singers,
        users=users,
        closed=BookingFactory.create(**book, start=1080, end=1140, title="Hemmelig øvelse"),
        public=BookingFactory.create(**book, start=960, end=1020, title="Åbent hus", audience=Audience.EVERYONE),
        shared=BookingFactory.create(**book, start=840, end=900, title="Fælles sang", partner=singers),
        cancelled=cancelled,
        next_doors_booking=BookingFactory.create(room=room_next_door, title="Naboens møde"),
        closure=close_room(room, users["staff"], start=480, end=540),
        duty=DutyFactory.create(
            center=house,
            user=users["coordinator"],
            starts_at=clock.now() + timedelta(hours=1),
            ends_at=clock.now() + timedelta(hours=3),
        ),
        staff_role=CenterRoleFactory.create(center=house, user=colleague),
        membership=Membership.objects.get(user=users["member"]),
        invitation=invitation,
        singers_invitation=people.invite(
            center=house, role=ActorRole.MEMBER, actor=singers, address=Address("sanger@huset.example"), by=leader
        ),
        passkey=Authenticator.objects.create(
            user=users["contact"], type=Authenticator.Type.WEBAUTHN, data={"name": "Nøgle", "credential": passkey()}
        ),
        open_token=Message.objects.get(recipient="ny@huset.example").link.split("/")[-2],
        council=council,
        dancers_seat=dancers_seat,
        singers_seat=singers_seat,
        chess_seat=chess_seat,
        deputy=SeatHolder.objects.get(seat=dancers_seat, user=users["contact"]),
        next_doors_council=next_doors_council,
        ballot=ballot,
        proxy=proxy,
        hands=hands,
    )
    rooms.cancel(booking=cancelled, version=None, by=Access.of(users["member"]))
    name_next_door(world)
    fill_up(world)
    world.collaboration = collaboration.make(world)
    world.forum = forum.make(world)
    world.clashes = clashes.make(world)
    world.digests = digests.make(world)
    return world


def name_next_door(world: World) -> None:
    """An association and a person whom only the house next door has, by names that no page of another house may say."""
    actor = world.next_doors_booking.parties.get().actor
    actor.name = "Naboernes Klub"
    actor.save()
    UserFactory.create(name="Niels Nabosen", member_of=actor)


def fill_up(world: World) -> None:
    """What the administration shows besides: one of each."""
    Installation.objects.get_or_create(defaults={"created_at": clock.now()})
    SpecialDay.objects.create(center=world.house, date=clock.today() + timedelta(days=60), reason="Sommerfest")
    RoomHolderFactory.create(room=world.room, actor=world.dancers)
    for factory in (FacilityFactory, ThemeFactory, TargetGroupFactory):
        factory.create()


def log_in(user: User | None, **options: Any) -> Client:
    """A browser of the person, with a log-in minutes old; of a visitor without a user."""
    client = Client(raise_request_exception=False, **options)
    if user is not None:
        client.force_login(user)
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, user, "password")
        request.session.save()
    return client


def at_home(user: User) -> Client:
    """A browser of the person that has shown a page already, so that the session knows of a second factor."""
    client = log_in(user)
    client.get("/")
    return client


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back, in the database and in the cache."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


@contextmanager
def unwritten_pages() -> Iterator[None]:
    """Templates are found, and say nothing."""
    with patch.object(Template, "render", return_value=SafeString("")):
        yield


Arguments = Callable[[World], dict[str, Any]]
# A status for whoever passes the gate, or that and the roles that are answered otherwise.
Answer = int | tuple[int, Mapping[int, Collection[str]]]


def at_house(world: World) -> dict[str, Any]:
    return {"hus": world.house.slug}


def something(world: World) -> dict[str, Any]:
    """A form that was sent, with nothing in it that the page knows."""
    return {"unknown": "x"}


@dataclass(frozen=True)
class Case:
    """One address as the matrix asks it: who passes the gate (`@requires`; all for `@public`), and what each method answers them.

    A visitor who does not pass is sent to log in, anybody else gets a 403. HEAD and htmx answer as GET does.
    """

    route: str
    gate: Collection[str] = ROLES
    get: Answer = 405
    post: Answer = 405
    args: Arguments = at_house
    data: Arguments = something
    query: str = ""
    label: str = ""

    def __str__(self) -> str:
        return f"{self.route or '/'} {self.label}".strip()

    def path(self, world: World, **instead: Any) -> str:
        return fill(self.route, self.args(world) | instead) + self.query

    def expected(self, role: str, method: str) -> int:
        if role not in self.gate:
            return 302 if role == VISITOR else 403
        answer = self.post if method == "POST" else self.get
        status, exceptions = (answer, {}) if isinstance(answer, int) else answer
        return next((other for other, roles in exceptions.items() if role in roles), status)


def fill(route: str, args: Mapping[str, Any]) -> str:
    """The route with its arguments put in. Raises KeyError for one that is not given."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(args[found[1]]), route)


@dataclass(frozen=True)
class Answered:
    """What tests look at of a response: Django's test client hangs on it the contexts of all its templates."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    wrote: bool  # of what only reads or is refused


# By role, method, case and path.
Answers = dict[tuple[str, str, str, str], Answered]


class Browsers:
    """One log-in per role, made once; each request starts from it anew."""

    def __init__(self, world: World, answers: Answers) -> None:
        self.world = world
        self._answers = answers
        self._cookies = {role: at_home(user).cookies for role, user in world.users.items()}
        self._state = State()

    def client(self, role: str, headers: Mapping[str, str] | None = None, *, check_token: bool = False) -> Client:
        """A browser of the role, logged in; use it inside `undone()`."""
        sent = {"accept-language": "da", **(headers or {})}
        client = Client(raise_request_exception=False, enforce_csrf_checks=check_token, headers=sent)
        for name, morsel in self._cookies.get(role, {}).items():
            client.cookies[name] = morsel.value
        return client

    def ask(self, role: str, method: str, path: str, data: Mapping[str, Any] | None = None, **headers: str) -> Any:
        """The answer, with all that the request did undone afterwards."""
        with undone():
            return self._sent(role, method, path, data, headers)

    def answer(self, role: str, method: str, case: Case) -> Answered:
        """What the case answers the role to GET, HEAD, POST or htmx, in a world where nothing has happened since it was made.

        Asked once for all tests, since no answer depends on what was asked before. To HEAD no page is written out: views and gates
        do all that they do, and what the templates say, which HEAD throws away, is GET's.
        """
        path = case.path(self.world)
        key = (role, method, str(case), path)
        if key not in self._answers:
            verb, headers = ("GET", {"HX-Request": "true"}) if method == "htmx" else (method, {})
            pages = unwritten_pages() if method == "HEAD" else nullcontext()
            with undone(), pages:
                response = self._sent(role, verb, path, case.data(self.world), headers)
                may_write = verb == "POST" and response.status_code in WORKED
                wrote = not may_write and not self._state.is_unchanged()
                if may_write:
                    self._state.pass_over()
            self._answers[key] = Answered(response.status_code, dict(response.headers), response.content, wrote)
        return self._answers[key]

    def has_written(self) -> bool:
        """Whether a request has left or changed a row; ask inside its `undone()`."""
        return not self._state.is_unchanged()

    def _sent(
        self, role: str, method: str, path: str, data: Mapping[str, Any] | None, headers: Mapping[str, str]
    ) -> Any:
        client = self.client(role, headers)
        return client.post(path, data or {}) if method == "POST" else client.generic(method, path)
