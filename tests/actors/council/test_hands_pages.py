"""A show of hands on the page where one seat enters the list and another confirms it."""

import re

import pytest

from actors.council.ballots import actions
from actors.council.enums import Capacity, Choice
from actors.council.models import Ballot, Council, Entitlement, HandVote
from actors.enums import Role
from centers.models import Center
from tests.actors.council.ballot_pages import counted, main, path, read, send
from tests.actors.council.factories import Holder, council_member, fill_seats, make_council
from tests.actors.council.motions import open_ballot, open_hands
from tests.factories import CenterRoleFactory

pytestmark = pytest.mark.django_db
PAGE = "haandsopraekning/"


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house)


@pytest.fixture
def holders(council: Council) -> list[Holder]:
    """Five seats; the first leads."""
    return fill_seats(council, 5)


@pytest.fixture
def ballot(council: Council, holders: list[Holder]) -> Ballot:
    return open_hands(council, holders[0])


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def enter(ballot: Ballot, leader: Holder, votes: dict[int, str]) -> None:
    form = {f"seat-{seat}": choice for seat, choice in votes.items()}
    shown = seen(read(ballot, leader[1], PAGE))
    assert send(ballot, leader[1], PAGE, seen=shown, **form).status_code == 302


def confirm(ballot: Ballot, second: Holder) -> None:
    assert send(ballot, second[1], PAGE, seen=seen(read(ballot, second[1], PAGE))).status_code == 302


def test_the_list_is_entered_confirmed_at_once_and_ended(holders: list[Holder], ballot: Ballot) -> None:
    leader, second, voter = holders[:3]
    enter(ballot, leader, {leader[0].pk: "for", second[0].pk: "for", voter[0].pk: "against"})
    assert f'name="seat-{voter[0].pk}" value="against"' in read(ballot, leader[1], PAGE)
    assert "Listen er ikke bekræftet." in main(send(ballot, leader[1], "luk/"), 409)
    assert f"<li>{voter[0].name}: <b>Imod</b></li>" in read(ballot, second[1], PAGE)
    confirm(ballot, second)
    votes = Entitlement.objects.filter(ballot=ballot, counting__isnull=False)
    in_hall = {leader[0].pk, second[0].pk, voter[0].pk}
    assert set(votes.values_list("seat", "counting__capacity")) == {(pk, Capacity.HANDS) for pk in in_hall}
    left = [seat for seat, _user in holders if f'name="seat-{seat.pk}"' in read(ballot, leader[1], PAGE)]
    assert {seat.pk for seat in left} == {seat.pk for seat, _user in holders} - in_hall
    assert send(ballot, second[1], "luk/").status_code == 403
    assert send(ballot, leader[1], "luk/").status_code == 302
    assert "3 af 5 foreninger stemte." in read(ballot, second[1])


def test_the_leader_finds_what_is_entered_and_can_take_a_hand_away(holders: list[Holder], ballot: Ballot) -> None:
    leader, voter = holders[0], holders[2]
    enter(ballot, leader, {voter[0].pk: "for"})
    page = read(ballot, leader[1], PAGE)
    assert re.search(rf'name="seat-{voter[0].pk}" value="for"[^>]* checked', page)
    enter(ballot, leader, {voter[0].pk: ""})
    assert not HandVote.objects.exists()


def test_the_ballots_page_says_who_does_what(holders: list[Holder], ballot: Ballot) -> None:
    leader, second = holders[:2]
    assert "Registrér håndsoprækningen" in read(ballot, leader[1])
    page = read(ballot, second[1])
    assert "Bekræft håndsoprækningen" in page
    assert "Den plads, der åbnede afstemningen, registrerer stemmerne" in page
    assert "Der er ingen stemmer at bekræfte nu." in read(ballot, second[1], PAGE)


def test_a_list_that_has_changed_is_shown_again_and_confirmed_then(holders: list[Holder], ballot: Ballot) -> None:
    leader, second, voter = holders[:3]
    enter(ballot, leader, {voter[0].pk: "for"})
    shown = seen(read(ballot, second[1], PAGE))
    enter(ballot, leader, {voter[0].pk: "against"})
    page = main(send(ballot, second[1], PAGE, seen=shown), 409)
    assert "En anden har ændret det imens." in page
    assert f"<li>{voter[0].name}: <b>Imod</b></li>" in page
    assert counted(ballot, voter[0]) == ""
    assert send(ballot, second[1], PAGE, seen=seen(page)).status_code == 302
    assert counted(ballot, voter[0]) == Choice.AGAINST


def test_the_leaders_choices_stay_when_the_list_was_confirmed_meanwhile(holders: list[Holder], ballot: Ballot) -> None:
    leader, second, voter, other = holders[:4]
    enter(ballot, leader, {voter[0].pk: "for"})
    shown = seen(read(ballot, leader[1], PAGE))
    confirm(ballot, second)
    form = {f"seat-{voter[0].pk}": "against", f"seat-{other[0].pk}": "blank"}
    page = main(send(ballot, leader[1], PAGE, seen=shown, **form), 409)
    assert re.search(rf'name="seat-{other[0].pk}" value="blank"[^>]* checked', page)
    assert counted(ballot, voter[0]) == Choice.FOR


def test_the_seat_voids_what_is_wrong(holders: list[Holder], ballot: Ballot) -> None:
    leader, second, voter = holders[:3]
    address = f"{PAGE}{voter[0].pk}/annuller/"
    enter(ballot, leader, {voter[0].pk: "for"})
    assert path(ballot, address) not in read(ballot, voter[1])
    confirm(ballot, second)
    assert path(ballot, address) in read(ballot, voter[1])
    assert path(ballot, address) not in read(ballot, second[1])
    assert send(ballot, second[1], address).status_code == 403
    assert send(ballot, voter[1], address).status_code == 302
    assert counted(ballot, voter[0]) == ""
    assert path(ballot, address) not in read(ballot, voter[1])
    assert "En anden har ændret det imens." in main(send(ballot, voter[1], address), 409)


def test_who_has_a_role_in_the_house_takes_no_part_in_it(holders: list[Holder], ballot: Ballot) -> None:
    _seat, user = holders[1]
    assert read(ballot, user, PAGE)
    CenterRoleFactory.create(center=ballot.council.center, user=user, role=Role.STAFF)
    assert send(ballot, user, PAGE).status_code == 403
    assert PAGE not in read(ballot, user)


def test_what_makes_no_sense_is_refused_on_the_form(holders: list[Holder], ballot: Ballot) -> None:
    leader, voter = holders[0], holders[1]
    form = {"seen": seen(read(ballot, leader[1], PAGE)), f"seat-{voter[0].pk}": "maybe"}
    assert "maybe" in main(send(ballot, leader[1], PAGE, **form), 422)
    assert not HandVote.objects.exists()


def test_in_another_ballot_there_are_no_hands(council: Council, holders: list[Holder]) -> None:
    ballot = open_ballot(council, holders[0])
    assert "Sådan stemmes der ikke i denne afstemning." in read(ballot, holders[0][1], PAGE, 409)
    assert PAGE not in read(ballot, holders[0][1])


def test_it_is_not_closed_before_a_vote_counts(holders: list[Holder], ballot: Ballot) -> None:
    leader = holders[0]
    assert "Luk afstemningen" not in read(ballot, leader[1], PAGE)
    assert "Ingen stemmer er registreret." in main(send(ballot, leader[1], "luk/"), 409)
    enter(ballot, leader, {leader[0].pk: "for"})
    assert "Luk afstemningen" in read(ballot, leader[1], PAGE)


def test_when_it_is_closed_the_list_is_too(council: Council, holders: list[Holder], ballot: Ballot) -> None:
    enter(ballot, holders[0], {holders[0][0].pk: "for"})
    confirm(ballot, holders[1])
    actions.end_show_of_hands(ballot=ballot, by=council_member(holders[0][1], council))
    assert "Afstemningen er lukket." in read(ballot, holders[0][1], PAGE, 409)
