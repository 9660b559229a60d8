"""Seats: where every association has one they follow the house, elsewhere the manager writes them in; an actor names its own people."""

import pytest
from django.conf import settings
from django.db.models import ProtectedError

from actors import actions as people
from actors.council import errors
from actors.council.enums import CouncilEvent, Entitled
from actors.council.models import Council, Seat, SeatHolder, StandingOrders
from actors.council.seats import actions
from actors.council.standing_orders import PRESETS
from actors.council.tasks import refresh_seats
from actors.enums import ActorKind, Tie
from actors.errors import ActorNotInHouse
from actors.models import Actor, Affiliation, User
from centers.models import Center
from medborger.common import clock
from medborger.common.errors import NotAllowed
from medborger.common.models import Audit, Message
from tests.actors.browsers import posted
from tests.actors.council.factories import make_council, make_seat, seat_person
from tests.actors.council.seats import holding, seated
from tests.factories import ActorFactory, MembershipFactory
from tests.fixtures import access

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house)


@pytest.fixture
def board(house: Center) -> Council:
    return make_council(house, name="Kvarterhusledelsen", entitled=Entitled.BOARD)


# --- founding -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS)
def test_a_council_begins_with_the_standing_orders_of_its_preset(house: Center, manager: User, preset: str) -> None:
    council = actions.found(center=house, name="Rådet", preset=preset, by=access(manager))
    orders = StandingOrders.objects.in_force(council.pk)
    assert (orders.version, orders.motion) == (1, None)
    assert {name: getattr(orders, name) for name in PRESETS[preset].settings} == PRESETS[preset].settings


def test_every_association_of_the_house_has_a_seat_from_the_founding_on(
    house: Center, association: Actor, manager: User
) -> None:
    ActorFactory.create(name="Åkandeklubben", house=house)
    ActorFactory.create(name="Æblelauget", house=house)
    ActorFactory.create(name="Sumak", house=house, kind=ActorKind.SOCIAL_ENTERPRISE)
    ActorFactory.create(name="Naboforeningen", house=house, tie=Tie.EXTERNAL)
    ActorFactory.create(name="Den gamle klub", house=house, retired_at=clock.now())
    ActorFactory.create(name="Et andet hus' klub")
    council = actions.found(center=house, name="Husrådet", preset="husraad", by=access(manager))
    assert seated(council) == ["Folkedanserne", "Æblelauget", "Åkandeklubben"]


def test_the_contacts_of_an_association_are_told_that_it_has_a_seat(
    house: Center, contact: User, manager: User
) -> None:
    actions.found(center=house, name="Husrådet", preset="husraad", by=access(manager))
    (letter,) = posted("kontakt@huset.example")
    assert letter.subject == "Folkedanserne har fået en plads i Husrådet"
    assert f"/foreningernes-hus/husraad/pladser/{Seat.objects.get().pk}/" in letter.link


def test_a_house_has_one_council(house: Center, council: Council, manager: User) -> None:
    with pytest.raises(errors.CouncilAlready):
        actions.found(center=house, name="Rådet", preset="husraad", by=access(manager))


@pytest.mark.parametrize("who", ["member", "contact", "staff", "coordinator", "other_manager", "outsider"])
def test_only_the_manager_founds_a_council(house: Center, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotAllowed):
        actions.found(center=house, name="Rådet", preset="husraad", by=access(request.getfixturevalue(who)))
    assert not Council.objects.exists()


# --- seats that follow the house ------------------------------------------------------------------------------------


def test_at_night_seats_come_and_go_with_the_associations(house: Center, council: Council, association: Actor) -> None:
    staying, leaving = make_seat(council, association), make_seat(council)
    holder = seat_person(leaving)
    Affiliation.objects.filter(actor=leaving.actor).update(until=clock.today())
    ActorFactory.create(name="Nye venner", house=house)
    refresh_seats()
    assert seated(council) == ["Folkedanserne", "Nye venner"]
    assert Seat.objects.get(pk=staying.pk).until is None
    assert not SeatHolder.objects.filter(seat=leaving, until=None).exists()
    assert posted(holder.email or "")[0].subject == f"Du stemmer ikke mere for {leaving.name} i Husrådet"


def test_a_second_night_changes_nothing(house: Center, council: Council, association: Actor) -> None:
    refresh_seats()
    before = (list(Seat.objects.values()), Audit.objects.count(), Message.objects.count())
    refresh_seats()
    assert (list(Seat.objects.values()), Audit.objects.count(), Message.objects.count()) == before


def test_an_association_that_comes_back_gets_a_seat_of_its_own_again(
    house: Center, council: Council, association: Actor
) -> None:
    refresh_seats()
    tie = Affiliation.objects.get(actor=association)
    tie.until = clock.today()
    tie.save()
    refresh_seats()
    Affiliation.objects.create(actor=association, center=house, since=clock.today())
    refresh_seats()
    assert [seat.until is None for seat in Seat.objects.order_by("pk")] == [False, True]


def test_who_has_left_the_association_is_taken_off_its_seat_at_night(council: Council, association: Actor) -> None:
    seat = make_seat(council, association)
    user = seat_person(seat)
    people.end_membership(membership=user.memberships.get(), by=access(user))
    assert holding(seat) == set()
    refresh_seats()
    MembershipFactory.create(user=user, actor=association, since=clock.today())
    assert holding(seat) == set()


def test_seats_that_follow_the_house_are_not_written_in_or_ended_by_hand(
    house: Center, council: Council, association: Actor, manager: User
) -> None:
    with pytest.raises(errors.SeatsFollowTheHouse):
        actions.give_seat(council=council, actor=association, by=access(manager))
    seat = make_seat(council, association)
    with pytest.raises(errors.SeatsFollowTheHouse):
        actions.end_seat(seat=seat, by=access(manager))
    assert seated(council) == ["Folkedanserne"]


def test_in_a_council_of_chosen_actors_nothing_happens_at_night(house: Center, association: Actor) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN)
    refresh_seats()
    assert seated(council) == []


# --- seats written in by hand ---------------------------------------------------------------------------------------


def test_the_manager_gives_a_chosen_actor_a_seat_once(house: Center, association: Actor, manager: User) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN)
    actions.give_seat(council=council, actor=association, by=access(manager))
    assert seated(council) == ["Folkedanserne"]
    with pytest.raises(errors.SeatAlready):
        actions.give_seat(council=council, actor=association, by=access(manager))


def test_an_actor_of_another_house_gets_no_seat(house: Center, other_house: Center, manager: User) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN)
    with pytest.raises(ActorNotInHouse):
        actions.give_seat(council=council, actor=ActorFactory.create(house=other_house), by=access(manager))


def test_a_board_has_named_seats_and_no_actors(board: Council, association: Actor, manager: User) -> None:
    actions.give_seat(council=board, name="Kasserer", by=access(manager))
    with pytest.raises(errors.SeatAlready):
        actions.give_seat(council=board, name="Kasserer", by=access(manager))
    with pytest.raises(errors.WrongKindOfSeat):
        actions.give_seat(council=board, actor=association, by=access(manager))
    assert seated(board) == ["Kasserer"]


def test_a_council_of_actors_has_no_named_seats(house: Center, manager: User) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN)
    for name in ("Kasserer", ""):
        with pytest.raises(errors.WrongKindOfSeat):
            actions.give_seat(council=council, name=name, by=access(manager))


def test_ending_a_seat_ends_its_holders_and_keeps_the_row(board: Council, manager: User) -> None:
    seat = make_seat(board, name="Kasserer")
    user = seat_person(seat)
    actions.end_seat(seat=seat, by=access(manager))
    actions.end_seat(seat=seat, by=access(manager))
    assert seated(board) == []
    assert Seat.objects.get().until == SeatHolder.objects.get().until
    assert Audit.objects.filter(verb=CouncilEvent.SEAT_ENDED).count() == 1
    assert posted(user.email or "")[0].subject == "Du stemmer ikke mere for Kasserer i Kvarterhusledelsen"


@pytest.mark.parametrize("who", ["member", "contact", "staff", "coordinator", "other_manager"])
def test_only_the_manager_gives_and_ends_seats_and_writes_in_the_chair(
    board: Council, who: str, request: pytest.FixtureRequest
) -> None:
    by = access(request.getfixturevalue(who))
    seat = make_seat(board, name="Kasserer")
    with pytest.raises(NotAllowed):
        actions.give_seat(council=board, name="Formand", by=by)
    with pytest.raises(NotAllowed):
        actions.end_seat(seat=seat, by=by)
    with pytest.raises(NotAllowed):
        actions.choose_chair(seat=seat, by=by)
    assert seated(board) == ["Kasserer"]


def test_a_council_has_one_chair(council: Council, manager: User) -> None:
    first, second = make_seat(council), make_seat(council)
    actions.choose_chair(seat=first, by=access(manager))
    actions.choose_chair(seat=second, by=access(manager))
    assert list(Seat.objects.filter(is_chair=True)) == [second]


def test_a_seat_that_has_ended_is_no_chair(council: Council, manager: User) -> None:
    with pytest.raises(errors.SeatOver):
        actions.choose_chair(seat=make_seat(council, until=clock.now()), by=access(manager))


def test_an_actor_with_a_seat_cannot_be_deleted(council: Council, association: Actor) -> None:
    make_seat(council, association)
    with pytest.raises(ProtectedError):
        association.delete()


def test_the_beat_refreshes_the_seats_each_night() -> None:
    assert settings.CELERY_BEAT_SCHEDULE["keep-seats-in-step"]["task"] == refresh_seats.name
