"""Races with real connections about seats: one representative, one seat, one council, whoever comes at the same time."""

from functools import partial

import pytest

from actors.council import errors
from actors.council.enums import Entitled, HolderRole
from actors.council.models import Council, Seat, SeatHolder
from actors.council.seats import actions
from actors.enums import Role
from actors.models import Affiliation
from centers.models import Center
from medborger.common import clock
from tests.actors.council.factories import council_member, make_council, make_seat, seat_person
from tests.factories import ActorFactory, CenterFactory, UserFactory, person_with
from tests.fixtures import access
from tests.races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("race")]
CLIENTS = 6
ROUNDS = 5


@pytest.fixture
def center() -> Center:
    return CenterFactory.create()


def test_a_house_founds_one_council(center: Center) -> None:
    by = access(person_with(Role.MANAGER, center))
    results = at_once(*[partial(actions.found, center=center, name="Rådet", preset="husraad", by=by)] * CLIENTS)
    assert sum(isinstance(result, Council) for result in results) == 1
    assert sum(isinstance(result, errors.CouncilAlready) for result in results) == CLIENTS - 1


def test_many_who_name_a_representative_at_once_leave_one(center: Center) -> None:
    council = make_council(center)
    seat = make_seat(council)
    contact = UserFactory.create(contact_of=seat.actor)
    named = [UserFactory.create(member_of=seat.actor) for _ in range(CLIENTS)]
    by = council_member(contact, council)
    for _ in range(ROUNDS):
        results = at_once(
            *(
                partial(actions.name_holder, seat=seat, user=user, part=HolderRole.REPRESENTATIVE, by=by)
                for user in named
            )
        )
        assert all(isinstance(result, SeatHolder | errors.HoldsAlready) for result in results)
        assert SeatHolder.objects.filter(seat=seat, until=None).count() == 1
    assert SeatHolder.objects.in_force().get(seat=seat).user in named


def test_two_managers_who_put_the_same_person_on_a_board_put_them_there_once(center: Center) -> None:
    council = make_council(center, entitled=Entitled.BOARD)
    seat = make_seat(council, name="Kasserer")
    user = UserFactory.create(member_of=ActorFactory.create(house=center))
    members = [council_member(person_with(Role.MANAGER, center), council) for _ in range(2)]
    results = at_once(
        *(partial(actions.name_holder, seat=seat, user=user, part=HolderRole.DEPUTY, by=by) for by in members)
    )
    assert sorted(type(result).__name__ for result in results) == ["HoldsAlready", "SeatHolder"]


def test_two_managers_who_write_in_the_same_seat_write_one(center: Center) -> None:
    council = make_council(center, entitled=Entitled.BOARD)
    by = [access(person_with(Role.MANAGER, center)) for _ in range(2)]
    for number in range(ROUNDS):
        name = f"Plads {number}"
        results = at_once(*(partial(actions.give_seat, council=council, name=name, by=manager) for manager in by))
        assert sorted(type(result).__name__ for result in results) == ["Seat", "SeatAlready"]


def test_one_of_two_chairs_written_in_at_once_is_chair(center: Center) -> None:
    council = make_council(center)
    seats = [make_seat(council), make_seat(council)]
    by = access(person_with(Role.MANAGER, center))
    for _ in range(ROUNDS):
        results = at_once(*(partial(actions.choose_chair, seat=seat, by=by) for seat in seats))
        assert all(isinstance(result, Seat) for result in results)
        assert Seat.objects.filter(council=council, is_chair=True).count() == 1


def test_nobody_is_left_on_a_seat_that_ends_while_they_are_named(center: Center) -> None:
    council = make_council(center, entitled=Entitled.CHOSEN)
    manager = access(person_with(Role.MANAGER, center))
    for _ in range(ROUNDS):
        seat = make_seat(council)
        contact = UserFactory.create(contact_of=seat.actor)
        by = council_member(contact, council)
        seat_person(seat)
        named, ended = at_once(
            partial(actions.name_holder, seat=seat, user=contact, part=HolderRole.REPRESENTATIVE, by=by),
            partial(actions.end_seat, seat=seat, by=manager),
        )
        assert isinstance(named, SeatHolder | errors.SeatOver)
        assert isinstance(ended, Seat)
        assert not SeatHolder.objects.filter(seat=seat, until=None).exists()


def test_refreshing_at_once_gives_each_association_one_seat(center: Center) -> None:
    council = make_council(center)
    for _ in range(ROUNDS):
        gone, _new = ActorFactory.create(house=center), ActorFactory.create(house=center)
        actions.keep_seats_in_step(council=council)
        Affiliation.objects.filter(actor=gone).update(until=clock.today())
        ActorFactory.create(house=center)
        at_once(*[partial(actions.keep_seats_in_step, council=council)] * CLIENTS)
        seated = list(Seat.objects.in_force().filter(council=council).values_list("actor", flat=True))
        tied = Affiliation.objects.in_force().filter(center=center).values_list("actor", flat=True)
        assert sorted(seated) == sorted(tied)
