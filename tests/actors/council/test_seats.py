"""Seats: where every association has one they follow the house, elsewhere the manager writes them in; an actor names its own people."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db.models import ProtectedError

from actors import actions as people
from actors.council import errors
from actors.council.actions import council as actions
from actors.council.actions import holders
from actors.council.enums import Entitled, Part, Verb
from actors.council.models import Council, Seat, SeatHolder, StandingOrders
from actors.council.presets import PRESETS
from actors.council.tasks import refresh_seats
from actors.enums import ActorKind, Role, Tie
from actors.erasure import erase
from actors.models import Actor, Affiliation, User
from centers.models import Center
from medborger.common import clock
from medborger.common.errors import NotAllowed
from medborger.common.models import Audit, Message
from tests.actors.browsers import posted
from tests.actors.council.factories import bench, make_council, make_seat, seat_person
from tests.factories import ActorFactory, MembershipFactory, UserFactory, person_with
from tests.fixtures import standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house)


@pytest.fixture
def board(house: Center) -> Council:
    return make_council(house, name="Kvarterhusledelsen", entitled=Entitled.BOARD)


def seated(council: Council) -> list[str]:
    return [seat.name for seat in Seat.objects.in_force().filter(council=council).in_danish_order()]


def holding(seat: Seat) -> set[tuple[str, str]]:
    rows = SeatHolder.objects.in_force().filter(seat=seat)
    return {(holder.user.name, holder.part) for holder in rows if holder.user}


# --- founding -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS)
def test_a_council_begins_with_the_standing_orders_of_its_preset(house: Center, manager: User, preset: str) -> None:
    council = actions.found(center=house, name="Rådet", preset=preset, by=standing(manager))
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
    council = actions.found(center=house, name="Husrådet", preset="husraad", by=standing(manager))
    assert seated(council) == ["Folkedanserne", "Æblelauget", "Åkandeklubben"]


def test_the_contacts_of_an_association_are_told_that_it_has_a_seat(
    house: Center, contact: User, manager: User
) -> None:
    actions.found(center=house, name="Husrådet", preset="husraad", by=standing(manager))
    (letter,) = posted("kontakt@huset.example")
    assert letter.subject == "Folkedanserne har fået en plads i Husrådet"
    assert f"/foreningernes-hus/husraad/pladser/{Seat.objects.get().pk}/" in letter.link


def test_a_house_has_one_council(house: Center, council: Council, manager: User) -> None:
    with pytest.raises(errors.CouncilAlready):
        actions.found(center=house, name="Rådet", preset="husraad", by=standing(manager))


@pytest.mark.parametrize("who", ["member", "contact", "staff", "coordinator", "other_manager", "outsider"])
def test_only_the_manager_founds_a_council(house: Center, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotAllowed):
        actions.found(center=house, name="Rådet", preset="husraad", by=standing(request.getfixturevalue(who)))
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
    people.end_membership(membership=user.memberships.get(), by=standing(user))
    assert holding(seat) == set()
    refresh_seats()
    MembershipFactory.create(user=user, actor=association, since=clock.today())
    assert holding(seat) == set()


def test_seats_that_follow_the_house_are_not_written_in_or_ended_by_hand(
    house: Center, council: Council, association: Actor, manager: User
) -> None:
    with pytest.raises(errors.SeatsFollowTheHouse):
        actions.give_seat(council=council, actor=association, by=standing(manager))
    seat = make_seat(council, association)
    with pytest.raises(errors.SeatsFollowTheHouse):
        actions.end_seat(seat=seat, by=standing(manager))
    assert seated(council) == ["Folkedanserne"]


def test_in_a_council_of_chosen_actors_nothing_happens_at_night(house: Center, association: Actor) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN)
    refresh_seats()
    assert seated(council) == []


# --- seats written in by hand ---------------------------------------------------------------------------------------


def test_the_manager_gives_a_chosen_actor_a_seat_once(house: Center, association: Actor, manager: User) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN)
    actions.give_seat(council=council, actor=association, by=standing(manager))
    assert seated(council) == ["Folkedanserne"]
    with pytest.raises(errors.SeatAlready):
        actions.give_seat(council=council, actor=association, by=standing(manager))


def test_an_actor_of_another_house_gets_no_seat(house: Center, other_house: Center, manager: User) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN)
    with pytest.raises(errors.ActorNotInHouse):
        actions.give_seat(council=council, actor=ActorFactory.create(house=other_house), by=standing(manager))


def test_a_board_has_named_seats_and_no_actors(board: Council, association: Actor, manager: User) -> None:
    actions.give_seat(council=board, name="Kasserer", by=standing(manager))
    with pytest.raises(errors.SeatAlready):
        actions.give_seat(council=board, name="Kasserer", by=standing(manager))
    with pytest.raises(errors.WrongKindOfSeat):
        actions.give_seat(council=board, actor=association, by=standing(manager))
    assert seated(board) == ["Kasserer"]


def test_a_council_of_actors_has_no_named_seats(house: Center, manager: User) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN)
    for name in ("Kasserer", ""):
        with pytest.raises(errors.WrongKindOfSeat):
            actions.give_seat(council=council, name=name, by=standing(manager))


def test_ending_a_seat_ends_its_holders_and_keeps_the_row(board: Council, manager: User) -> None:
    seat = make_seat(board, name="Kasserer")
    user = seat_person(seat)
    actions.end_seat(seat=seat, by=standing(manager))
    actions.end_seat(seat=seat, by=standing(manager))
    assert seated(board) == []
    assert Seat.objects.get().until == SeatHolder.objects.get().until
    assert Audit.objects.filter(verb=Verb.SEAT_ENDED).count() == 1
    assert posted(user.email or "")[0].subject == "Du stemmer ikke mere for Kasserer i Kvarterhusledelsen"


@pytest.mark.parametrize("who", ["member", "contact", "staff", "coordinator", "other_manager"])
def test_only_the_manager_gives_and_ends_seats_and_writes_in_the_chair(
    board: Council, who: str, request: pytest.FixtureRequest
) -> None:
    by = standing(request.getfixturevalue(who))
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
    actions.choose_chair(seat=first, by=standing(manager))
    actions.choose_chair(seat=second, by=standing(manager))
    assert list(Seat.objects.filter(is_chair=True)) == [second]


def test_a_seat_that_has_ended_is_no_chair(council: Council, manager: User) -> None:
    with pytest.raises(errors.SeatOver):
        actions.choose_chair(seat=make_seat(council, until=clock.now()), by=standing(manager))


def test_an_actor_with_a_seat_cannot_be_deleted(council: Council, association: Actor) -> None:
    make_seat(council, association)
    with pytest.raises(ProtectedError):
        association.delete()


# --- who votes for a seat -------------------------------------------------------------------------------------------


@pytest.fixture
def seat(council: Council, association: Actor) -> Seat:
    return make_seat(council, association)


def test_the_contact_names_the_representative_and_deputies(
    council: Council, seat: Seat, contact: User, member: User
) -> None:
    by = bench(contact, council)
    holders.name_holder(seat=seat, user=contact, part=Part.REPRESENTATIVE, by=by)
    holders.name_holder(seat=seat, user=member, part=Part.DEPUTY, by=by)
    assert holding(seat) == {("Karim Kontakt", "representative"), ("Mette Medlem", "deputy")}
    assert posted("medlem@huset.example")[0].subject == "Du er suppleant for Folkedanserne i Husrådet"


def test_a_new_representative_takes_the_place_of_the_one_before(
    council: Council, seat: Seat, contact: User, member: User
) -> None:
    by = bench(contact, council)
    before = seat_person(seat)
    holders.name_holder(seat=seat, user=member, part=Part.REPRESENTATIVE, by=by)
    assert holding(seat) == {("Mette Medlem", "representative")}
    assert posted("medlem@huset.example")[0].subject == "Du repræsenterer Folkedanserne i Husrådet"
    assert posted(before.email or "")[0].subject == "Du stemmer ikke mere for Folkedanserne i Husrådet"


def test_a_deputy_becomes_the_representative(council: Council, seat: Seat, contact: User, member: User) -> None:
    seat_person(seat, member, Part.DEPUTY)
    holders.name_holder(seat=seat, user=member, part=Part.REPRESENTATIVE, by=bench(contact, council))
    assert holding(seat) == {("Mette Medlem", "representative")}


@pytest.mark.parametrize("part", list(Part))
def test_nobody_is_named_twice(council: Council, seat: Seat, contact: User, member: User, part: Part) -> None:
    seat_person(seat, member)
    with pytest.raises(errors.HoldsAlready):
        holders.name_holder(seat=seat, user=member, part=part, by=bench(contact, council))
    assert holding(seat) == {("Mette Medlem", "representative")}


def test_the_representative_hands_over_the_chair(council: Council, seat: Seat, member: User) -> None:
    leaving = seat_person(seat)
    holders.name_holder(seat=seat, user=member, part=Part.REPRESENTATIVE, by=bench(leaving, council))
    assert holding(seat) == {("Mette Medlem", "representative")}
    with pytest.raises(errors.NotYourSeat):
        holders.name_holder(seat=seat, user=leaving, part=Part.REPRESENTATIVE, by=bench(leaving, council))


@pytest.mark.parametrize("who", ["staff", "booking_admin", "coordinator", "manager", "admin", "other_manager"])
def test_nobody_names_people_for_an_association_on_its_behalf(
    council: Council, seat: Seat, member: User, who: str, request: pytest.FixtureRequest
) -> None:
    by = bench(request.getfixturevalue(who), council)
    with pytest.raises(errors.NotYourSeat):
        holders.name_holder(seat=seat, user=member, part=Part.REPRESENTATIVE, by=by)
    seat_person(seat, member)
    with pytest.raises(errors.NotYourSeat):
        holders.end_holder(holder=seat.holders.get(), by=by)
    assert holding(seat) == {("Mette Medlem", "representative")}


def test_neither_a_deputy_nor_another_association_names_anybody(council: Council, seat: Seat, member: User) -> None:
    deputy = seat_person(seat, part=Part.DEPUTY)
    stranger = seat_person(make_seat(council))
    for user in (member, deputy, stranger):
        with pytest.raises(errors.NotYourSeat):
            holders.name_holder(seat=seat, user=user, part=Part.REPRESENTATIVE, by=bench(user, council))


def test_somebody_from_outside_the_association_does_not_vote_for_it(
    council: Council, seat: Seat, contact: User, outsider: User
) -> None:
    with pytest.raises(errors.NotTheirs):
        holders.name_holder(seat=seat, user=outsider, part=Part.DEPUTY, by=bench(contact, council))


def test_a_seat_that_has_ended_has_no_people(council: Council, seat: Seat, contact: User) -> None:
    by = bench(contact, council)
    Seat.objects.filter(pk=seat.pk).update(until=clock.now())
    with pytest.raises(errors.SeatOver):
        holders.name_holder(seat=seat, user=contact, part=Part.DEPUTY, by=by)


def test_everybody_may_step_down(council: Council, seat: Seat, member: User) -> None:
    seat_person(seat, member, Part.DEPUTY)
    for _ in range(2):
        holders.end_holder(holder=seat.holders.get(), by=bench(member, council))
    assert holding(seat) == set()
    assert Audit.objects.filter(verb=Verb.HOLDER_ENDED).count() == 1
    assert posted("medlem@huset.example") == []


def test_an_erased_representative_leaves_the_seat_free(
    council: Council, seat: Seat, contact: User, member: User, admin: User
) -> None:
    seat_person(seat, member)
    erase(user=member, by=standing(admin))
    assert holding(seat) == set()
    holders.name_holder(seat=seat, user=contact, part=Part.REPRESENTATIVE, by=bench(contact, council))
    assert holding(seat) == {("Karim Kontakt", "representative")}


# --- a board's people -----------------------------------------------------------------------------------------------


@pytest.fixture
def board_seat(board: Council) -> Seat:
    return make_seat(board, name="Kasserer")


def test_the_manager_says_who_sits_on_a_board(board: Council, board_seat: Seat, member: User, manager: User) -> None:
    holders.name_holder(seat=board_seat, user=member, part=Part.REPRESENTATIVE, by=bench(manager, board))
    assert holding(board_seat) == {("Mette Medlem", "representative")}
    assert bench(member, board).holds(board_seat.pk)


def test_a_manager_gives_nobody_but_others_a_seat(board: Council, board_seat: Seat, manager: User) -> None:
    with pytest.raises(errors.NotOneself):
        holders.name_holder(seat=board_seat, user=manager, part=Part.DEPUTY, by=bench(manager, board))


@pytest.mark.parametrize("who", ["staff", "coordinator", "admin"])
def test_who_works_in_the_house_sits_on_no_board(
    board: Council, board_seat: Seat, manager: User, who: str, request: pytest.FixtureRequest
) -> None:
    worker = request.getfixturevalue(who)
    with pytest.raises(errors.StaffOnNoBoard):
        holders.name_holder(seat=board_seat, user=worker, part=Part.DEPUTY, by=bench(manager, board))


def test_who_has_no_tie_to_the_house_sits_on_no_board(
    board: Council, board_seat: Seat, manager: User, outsider: User, other_manager: User
) -> None:
    for user in (outsider, other_manager):
        with pytest.raises(errors.NotInTheHouse):
            holders.name_holder(seat=board_seat, user=user, part=Part.DEPUTY, by=bench(manager, board))


@pytest.mark.parametrize("who", ["member", "staff", "coordinator", "other_manager"])
def test_only_the_manager_names_a_boards_people(
    board: Council, board_seat: Seat, member: User, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(errors.NotYourSeat):
        holders.name_holder(
            seat=board_seat, user=member, part=Part.DEPUTY, by=bench(request.getfixturevalue(who), board)
        )


def test_who_gets_a_role_or_leaves_the_house_holds_the_boards_seat_no_more(
    house: Center, board: Council, association: Actor
) -> None:
    promoted, leaving = (UserFactory.create(member_of=association) for _ in range(2))
    for number, user in enumerate((promoted, leaving)):
        seat_person(make_seat(board, name=f"Plads {number}"), user)
    by = person_with(Role.MANAGER, house)
    people.grant_role(center=house, user=promoted, role=Role.STAFF, by=standing(by))
    people.end_membership(membership=leaving.memberships.get(), by=standing(leaving))
    assert not SeatHolder.objects.in_force().exists()
    assert [bench(user, board).parts for user in (promoted, leaving)] == [{}, {}]


# --- what the bench knows -------------------------------------------------------------------------------------------


def test_the_bench_of_an_associations_people_has_its_seat(
    council: Council, seat: Seat, member: User, contact: User, outsider: User
) -> None:
    seat_person(seat, member, Part.DEPUTY)
    assert bench(member, council).parts == {seat.pk: Part.DEPUTY}
    assert (bench(contact, council).own_seats, bench(contact, council).parts) == ([seat.pk], {})
    assert bench(outsider, council).own_seats == []


def test_the_association_that_leaves_the_house_has_no_bench_from_that_day_on(
    council: Council, seat: Seat, member: User
) -> None:
    seat_person(seat, member)
    Affiliation.objects.update(until=clock.today() + timedelta(days=1))
    assert bench(member, council).holds_a_seat
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert not bench(member, council).holds_a_seat


def test_the_beat_refreshes_the_seats_each_night() -> None:
    assert settings.CELERY_BEAT_SCHEDULE["keep-seats-in-step"]["task"] == refresh_seats.name
