"""Councils for tests. Seats and holders are written as they stand; motions, ballots and the rest are made by their actions."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from actors.access import Access
from actors.council.enums import HolderRole, Quorum
from actors.council.member import CouncilMember
from actors.council.models import Council, HouseRule, HouseRuleVersion, Seat, SeatHolder, StandingOrders
from actors.models import Actor, User
from centers.models import Center
from medborger.common import clock
from tests.factories import ActorFactory, CenterFactory, UserFactory

LONG_AGO = timedelta(days=300)

Holder = tuple[Seat, User]


def make_council(center: Center | None = None, *, name: str = "Husrådet", **orders: Any) -> Council:
    """A council without seats; simple majority and no quorum, notice of no days, unless `orders` says otherwise."""
    council = Council.objects.create(
        center=center or CenterFactory.create(), name=name, created_at=clock.now() - LONG_AGO
    )
    settings = {"quorum": Quorum.NONE, "notice_days": 0, **orders}
    StandingOrders.objects.create(council=council, version=1, in_force_at=clock.now() - LONG_AGO, **settings)
    return council


def turn_on(council: Council, **settings: Any) -> StandingOrders:
    """The next version of the council's standing orders, in which these settings are others."""
    before = StandingOrders.objects.in_force(council.pk)
    said = {**before.settings(), **settings}
    return StandingOrders.objects.create(council=council, version=before.version + 1, in_force_at=clock.now(), **said)


def make_seat(council: Council, actor: Actor | None = None, *, name: str = "", **fields: Any) -> Seat:
    """A seat of an association of the house; with a `name`, a board seat."""
    if actor is None and not name:
        actor = ActorFactory.create(house=council.center)
    return Seat.objects.create(council=council, actor=actor, own_name=name, since=clock.now() - LONG_AGO, **fields)


def seat_person(seat: Seat, user: User | None = None, part: HolderRole = HolderRole.REPRESENTATIVE) -> User:
    """Somebody on the seat: one of its actor's people, made when none is given."""
    if user is None:
        user = (
            UserFactory.create(member_of=seat.actor)
            if seat.actor
            else UserFactory.create(member_of=ActorFactory.create(house=seat.council.center))
        )
    SeatHolder.objects.create(seat=seat, user=user, part=part, since=clock.now() - LONG_AGO)
    return user


def fill_seats(council: Council, number: int) -> list[tuple[Seat, User]]:
    """So many seats, each with a representative."""
    seats = [make_seat(council) for _ in range(number)]
    return [(seat, seat_person(seat)) for seat in seats]


def council_member(user: User, council: Council) -> CouncilMember:
    """What the person is in the council, as each request reads it anew."""
    return CouncilMember.of(Access.of(user), council)


def make_rule(center: Center, number: int = 1, *, rooms: Sequence[Any] = (), **version: Any) -> HouseRuleVersion:
    """A house rule in force since long ago."""
    rule = HouseRule.objects.create(center=center, number=number)
    fields = {
        "title": "Ro om aftenen",
        "text": "Musik og høj tale skal stoppe kl. 22.00.",
        "short": "Musikken slukkes kl. 22.00",
        "in_force_on": clock.today() - LONG_AGO,
        **version,
    }
    made = HouseRuleVersion.objects.create(rule=rule, number=1, created_at=clock.now() - LONG_AGO, **fields)
    made.rooms.add(*rooms)
    return made
