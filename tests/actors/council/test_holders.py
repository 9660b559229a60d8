"""Who votes for a seat: an actor names its own people, the manager those of a board, and nobody does it on behalf of others."""

from datetime import timedelta

import pytest
import time_machine

from actors import actions as people
from actors.council import errors
from actors.council.enums import CouncilEvent, Entitled, HolderRole
from actors.council.models import Council, Seat, SeatHolder
from actors.council.seats import actions, actions as council_actions
from actors.enums import Role
from actors.erasure import erase
from actors.models import Actor, Affiliation, User
from centers.models import Center
from medborger.common import clock
from medborger.common.models import Audit
from tests.actors.browsers import posted
from tests.actors.council.factories import council_member, make_council, make_seat, seat_person
from tests.actors.council.motions import open_ballot
from tests.actors.council.seats import holding
from tests.factories import UserFactory, person_with
from tests.fixtures import access

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house)


@pytest.fixture
def board(house: Center) -> Council:
    return make_council(house, name="Kvarterhusledelsen", entitled=Entitled.BOARD)


# --- who votes for a seat -------------------------------------------------------------------------------------------


@pytest.fixture
def seat(council: Council, association: Actor) -> Seat:
    return make_seat(council, association)


def test_the_contact_names_the_representative_and_deputies(
    council: Council, seat: Seat, contact: User, member: User
) -> None:
    by = council_member(contact, council)
    actions.name_holder(seat=seat, user=contact, part=HolderRole.REPRESENTATIVE, by=by)
    actions.name_holder(seat=seat, user=member, part=HolderRole.DEPUTY, by=by)
    assert holding(seat) == {("Karim Kontakt", "representative"), ("Mette Medlem", "deputy")}
    assert posted("medlem@huset.example")[0].subject == "Du er suppleant for Folkedanserne i Husrådet"


def test_a_new_representative_takes_the_place_of_the_one_before(
    council: Council, seat: Seat, contact: User, member: User
) -> None:
    by = council_member(contact, council)
    before = seat_person(seat)
    actions.name_holder(seat=seat, user=member, part=HolderRole.REPRESENTATIVE, by=by)
    assert holding(seat) == {("Mette Medlem", "representative")}
    assert posted("medlem@huset.example")[0].subject == "Du repræsenterer Folkedanserne i Husrådet"
    assert posted(before.email or "")[0].subject == "Du stemmer ikke mere for Folkedanserne i Husrådet"


def test_a_deputy_becomes_the_representative(council: Council, seat: Seat, contact: User, member: User) -> None:
    seat_person(seat, member, HolderRole.DEPUTY)
    actions.name_holder(seat=seat, user=member, part=HolderRole.REPRESENTATIVE, by=council_member(contact, council))
    assert holding(seat) == {("Mette Medlem", "representative")}


@pytest.mark.parametrize("part", list(HolderRole))
def test_nobody_is_named_twice(council: Council, seat: Seat, contact: User, member: User, part: HolderRole) -> None:
    seat_person(seat, member)
    with pytest.raises(errors.HoldsAlready):
        actions.name_holder(seat=seat, user=member, part=part, by=council_member(contact, council))
    assert holding(seat) == {("Mette Medlem", "representative")}


def test_the_representative_hands_over_the_chair(council: Council, seat: Seat, member: User) -> None:
    leaving = seat_person(seat)
    actions.name_holder(seat=seat, user=member, part=HolderRole.REPRESENTATIVE, by=council_member(leaving, council))
    assert holding(seat) == {("Mette Medlem", "representative")}
    with pytest.raises(errors.NotYourSeat):
        actions.name_holder(
            seat=seat, user=leaving, part=HolderRole.REPRESENTATIVE, by=council_member(leaving, council)
        )


@pytest.mark.parametrize("who", ["staff", "booking_admin", "coordinator", "manager", "admin", "other_manager"])
def test_nobody_names_people_for_an_association_on_its_behalf(
    council: Council, seat: Seat, member: User, who: str, request: pytest.FixtureRequest
) -> None:
    by = council_member(request.getfixturevalue(who), council)
    with pytest.raises(errors.NotYourSeat):
        actions.name_holder(seat=seat, user=member, part=HolderRole.REPRESENTATIVE, by=by)
    seat_person(seat, member)
    with pytest.raises(errors.NotYourSeat):
        actions.end_holder(holder=seat.holders.get(), by=by)
    assert holding(seat) == {("Mette Medlem", "representative")}


def test_neither_a_deputy_nor_another_association_names_anybody(council: Council, seat: Seat, member: User) -> None:
    deputy = seat_person(seat, part=HolderRole.DEPUTY)
    stranger = seat_person(make_seat(council))
    for user in (member, deputy, stranger):
        with pytest.raises(errors.NotYourSeat):
            actions.name_holder(seat=seat, user=user, part=HolderRole.REPRESENTATIVE, by=council_member(user, council))


def test_somebody_from_outside_the_association_does_not_vote_for_it(
    council: Council, seat: Seat, contact: User, outsider: User
) -> None:
    with pytest.raises(errors.NotTheirs):
        actions.name_holder(seat=seat, user=outsider, part=HolderRole.DEPUTY, by=council_member(contact, council))


def test_a_seat_that_has_ended_has_no_people(council: Council, seat: Seat, contact: User) -> None:
    by = council_member(contact, council)
    Seat.objects.filter(pk=seat.pk).update(until=clock.now())
    with pytest.raises(errors.SeatOver):
        actions.name_holder(seat=seat, user=contact, part=HolderRole.DEPUTY, by=by)


def test_everybody_may_step_down(council: Council, seat: Seat, member: User) -> None:
    seat_person(seat, member, HolderRole.DEPUTY)
    for _ in range(2):
        actions.end_holder(holder=seat.holders.get(), by=council_member(member, council))
    assert holding(seat) == set()
    assert Audit.objects.filter(verb=CouncilEvent.HOLDER_ENDED).count() == 1
    assert posted("medlem@huset.example") == []


def test_an_erased_representative_leaves_the_seat_free(
    council: Council, seat: Seat, contact: User, member: User, admin: User
) -> None:
    seat_person(seat, member)
    erase(user=member, by=access(admin))
    assert holding(seat) == set()
    actions.name_holder(seat=seat, user=contact, part=HolderRole.REPRESENTATIVE, by=council_member(contact, council))
    assert holding(seat) == {("Karim Kontakt", "representative")}


# --- a board's people -----------------------------------------------------------------------------------------------


@pytest.fixture
def board_seat(board: Council) -> Seat:
    return make_seat(board, name="Kasserer")


def test_the_manager_says_who_sits_on_a_board(board: Council, board_seat: Seat, member: User, manager: User) -> None:
    actions.name_holder(seat=board_seat, user=member, part=HolderRole.REPRESENTATIVE, by=council_member(manager, board))
    assert holding(board_seat) == {("Mette Medlem", "representative")}
    assert council_member(member, board).holds(board_seat.pk)


def test_a_manager_gives_nobody_but_others_a_seat(board: Council, board_seat: Seat, manager: User) -> None:
    with pytest.raises(errors.NotOneself):
        actions.name_holder(seat=board_seat, user=manager, part=HolderRole.DEPUTY, by=council_member(manager, board))


@pytest.mark.parametrize("who", ["staff", "coordinator", "admin"])
def test_who_works_in_the_house_sits_on_no_board(
    board: Council, board_seat: Seat, manager: User, who: str, request: pytest.FixtureRequest
) -> None:
    worker = request.getfixturevalue(who)
    with pytest.raises(errors.StaffOnNoBoard):
        actions.name_holder(seat=board_seat, user=worker, part=HolderRole.DEPUTY, by=council_member(manager, board))


def test_who_has_no_tie_to_the_house_sits_on_no_board(
    board: Council, board_seat: Seat, manager: User, outsider: User, other_manager: User
) -> None:
    for user in (outsider, other_manager):
        with pytest.raises(errors.NotInTheHouse):
            actions.name_holder(seat=board_seat, user=user, part=HolderRole.DEPUTY, by=council_member(manager, board))


@pytest.mark.parametrize("who", ["member", "staff", "coordinator", "other_manager"])
def test_only_the_manager_names_a_boards_people(
    board: Council, board_seat: Seat, member: User, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(errors.NotYourSeat):
        actions.name_holder(
            seat=board_seat, user=member, part=HolderRole.DEPUTY, by=council_member(request.getfixturevalue(who), board)
        )


def test_who_gets_a_role_or_leaves_the_house_holds_the_boards_seat_no_more(
    house: Center, board: Council, association: Actor
) -> None:
    promoted, leaving = (UserFactory.create(member_of=association) for _ in range(2))
    for number, user in enumerate((promoted, leaving)):
        seat_person(make_seat(board, name=f"Plads {number}"), user)
    by = person_with(Role.MANAGER, house)
    people.grant_role(center=house, user=promoted, role=Role.STAFF, by=access(by))
    people.end_membership(membership=leaving.memberships.get(), by=access(leaving))
    assert not SeatHolder.objects.in_force().exists()
    assert [council_member(user, board).parts for user in (promoted, leaving)] == [{}, {}]


# --- what a member knows -----------------------------------------------------------------------------------------------------


def test_the_bench_of_an_associations_people_has_its_seat(
    council: Council, seat: Seat, member: User, contact: User, outsider: User
) -> None:
    seat_person(seat, member, HolderRole.DEPUTY)
    assert council_member(member, council).parts == {seat.pk: HolderRole.DEPUTY}
    assert (council_member(contact, council).own_seats, council_member(contact, council).parts) == ([seat.pk], {})
    assert council_member(outsider, council).own_seats == []


def test_the_association_that_leaves_the_house_has_no_bench_from_that_day_on(
    council: Council, seat: Seat, member: User
) -> None:
    seat_person(seat, member)
    Affiliation.objects.update(until=clock.today() + timedelta(days=1))
    assert council_member(member, council).holds_a_seat
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert not council_member(member, council).holds_a_seat


def test_while_a_board_votes_the_manager_changes_nobody_who_votes(
    board: Council, board_seat: Seat, member: User, manager: User
) -> None:
    holder = seat_person(board_seat)
    open_ballot(board, (board_seat, holder))
    by = council_member(manager, board)
    with pytest.raises(errors.VotedOnNow):
        actions.name_holder(seat=board_seat, user=member, part=HolderRole.REPRESENTATIVE, by=by)
    with pytest.raises(errors.VotedOnNow):
        actions.end_holder(holder=SeatHolder.objects.get(user=holder), by=by)
    with pytest.raises(errors.VotedOnNow):
        council_actions.end_seat(seat=board_seat, by=access(manager))
    actions.end_holder(holder=SeatHolder.objects.get(user=holder), by=council_member(holder, board))
    assert holding(board_seat) == set()
