"""The councils that are measured: as many associations as asked for, each with a seat and somebody on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password

from actors.access import Access
from actors.council.ballots import actions
from actors.council.ballots.actions.opening import SHORTEST
from actors.council.enums import Entitled, HolderRole, Method, MotionKind, MotionState, Quorum
from actors.council.member import CouncilMember
from actors.council.models import (
    Ballot,
    Council,
    HouseRule,
    HouseRuleVersion,
    Motion,
    MotionText,
    Seat,
    SeatHolder,
    StandingOrders,
)
from actors.enums import ActorKind, ActorRole, Tie
from actors.models import Actor, Affiliation, Membership, User
from benchmark.client import Client
from centers.enums import CenterType
from centers.models import Center
from medborger.common import clock
from medborger.common.messaging import outbox
from medborger.common.names import sort_key

LONG_AGO = timedelta(days=300)
LONG = 100 * 1024  # characters of a text that is long
PASSWORD = "medborger-bench"
WORDS = (
    "Lokalet",
    "Salen",
    "skal",
    "være",
    "ryddet",
    "låst",
    "når",
    "foreningen",
    "går",
    "hjem",
    "kl. 22.00",
    "på",
    "hverdage",
)


@dataclass
class Assembly:
    """A house with a council. `holders`: every seat with its representative, in the order of their numbers."""

    center: Center
    council: Council
    port: int
    holders: list[tuple[Seat, User]]
    numbers: count[int] = field(default_factory=lambda: count(1))

    @classmethod
    def build(cls, slug: str, seats: int, port: int, **orders: Any) -> Assembly:
        """Simple majority of any number, no notice, and seats written in by hand, unless `orders` says otherwise."""
        since = clock.now() - LONG_AGO
        center = Center.objects.create(slug=slug, name=slug, primary_type=CenterType.ASSOCIATION, town="Prøveby")
        council = Council.objects.create(center=center, name="Husrådet", created_at=since)
        settings = {"entitled": Entitled.CHOSEN, "quorum": Quorum.NONE, "notice_days": 0, **orders}
        StandingOrders.objects.create(council=council, version=1, in_force_at=since, **settings)
        actors, users = write_people(center, seats)
        made = Seat.objects.bulk_create(Seat(council=council, actor=actor, since=since) for actor in actors)
        holders = list(zip(made, users, strict=True))
        SeatHolder.objects.bulk_create(
            SeatHolder(seat=seat, user=user, part=HolderRole.REPRESENTATIVE, since=since) for seat, user in holders
        )
        return cls(center, council, port, holders)

    def client(self, number: int) -> Client:
        """A new session of the representative of a seat."""
        return Client(self.port, self.holders[number][1])

    def member(self, number: int) -> CouncilMember:
        """What the representative of a seat is in the council."""
        return CouncilMember.of(Access.of(self.holders[number][1]), self.council)

    def deputies(self, number: int, of: int) -> list[User]:
        """So many new deputies on one seat, people of its association."""
        seat = self.holders[of][0]
        users = write_users([f"suppleant-{n}@{self.center.slug}.example" for n in range(number)])
        today = clock.today() - LONG_AGO
        Membership.objects.bulk_create(
            Membership(user=user, actor=seat.actor, role=ActorRole.MEMBER, since=today) for user in users
        )
        SeatHolder.objects.bulk_create(
            SeatHolder(seat=seat, user=user, part=HolderRole.DEPUTY, since=clock.now() - LONG_AGO) for user in users
        )
        return users

    def motion(self, text: str = "Gulvet fejes.", *, rule: HouseRuleVersion | None = None) -> Motion:
        """A motion of the first seat's, open for discussion; with `rule` one that changes it."""
        since, kind = clock.now() - timedelta(days=30), MotionKind.CHANGE_RULE if rule else MotionKind.OTHER
        motion = Motion.objects.create(
            council=self.council,
            number=next(self.numbers),
            kind=kind,
            state=MotionState.OPEN,
            mover=self.holders[0][0],
            author=self.holders[0][1],
            title="Et forslag, der måles",
            meaning="I fejer, før I går.",
            rule=rule.rule if rule else None,
            based_on=rule,
            effective_on=clock.today() + timedelta(days=60) if rule else None,
            created_at=since,
            opened_at=since,
        )
        MotionText.objects.create(motion=motion, number=1, text=text, short="Gulvet fejes", created_at=since)
        return motion

    def rule(self, text: str) -> HouseRuleVersion:
        """A house rule in force since long ago."""
        rule = HouseRule.objects.create(center=self.center, number=1)
        in_force_on = clock.today() - LONG_AGO
        fields = {"title": "Lokalet forlades ryddet", "text": text, "short": "Ryd op", "in_force_on": in_force_on}
        return HouseRuleVersion.objects.create(rule=rule, number=1, created_at=clock.now() - LONG_AGO, **fields)

    def ballot(self, motion: Motion | None = None, *, minutes: float | None = None) -> Ballot:
        """An open ballot, of a motion of its own when none is given, for days or the last `minutes` of ten; nobody is told."""
        motion = motion or self.motion()
        with outbox.unsent():
            if minutes is None:
                (opened,) = actions.open_ballots(motion=motion, by=self.member(0))
                return opened
            with clock.as_if(clock.now() - timedelta(minutes=SHORTEST - minutes)):
                (opened,) = actions.open_ballots(
                    motion=motion, method=Method.MEETING, minutes=SHORTEST, by=self.member(0)
                )
        return opened

    def path(self, ballot: Ballot, act: str = "") -> str:
        return f"/{self.center.slug}/husraad/afstemninger/{ballot.pk}/{act}"


def write_people(center: Center, number: int, *, first: int = 1) -> tuple[list[Actor], list[User]]:
    """So many associations of the house, and a contact of each."""
    since = clock.today() - LONG_AGO
    names = [f"Forening {n:03d}" for n in range(first, first + number)]
    actors = Actor.objects.bulk_create(
        Actor(name=f"{name} ({center.slug})", sort_key=sort_key(name), kind=ActorKind.ASSOCIATION) for name in names
    )
    Affiliation.objects.bulk_create(
        Affiliation(actor=actor, center=center, tie=Tie.FIXED, since=since) for actor in actors
    )
    users = write_users([f"forening-{n}@{center.slug}.example" for n in range(first, first + number)])
    Membership.objects.bulk_create(
        Membership(user=user, actor=actor, role=ActorRole.CONTACT, since=since)
        for user, actor in zip(users, actors, strict=True)
    )
    return actors, users


def write_users(addresses: Sequence[str]) -> list[User]:
    """People who have been here today: the first visit of a day writes it down."""
    password, today = make_password(PASSWORD), clock.today()
    return User.objects.bulk_create(
        User(
            email=address,
            name="Person Prøve",
            password=password,
            joined_at=clock.now() - LONG_AGO,
            seen_on=today,
        )
        for address in addresses
    )


def long_text(*, changed: bool = False) -> str:
    """A text of LONG characters in paragraphs; `changed`, every twentieth word is another one."""
    said, length = [], 0
    for number in count():
        word = WORDS[number * 7 % len(WORDS)]
        if changed and number % 20 == 13:
            word = f"nyt{number}"
        said.append(word + ("\n\n" if number % 60 == 59 else " "))
        length += len(said[-1])
        if length >= LONG:
            return "".join(said)
    raise AssertionError
