"""What the pages of a ballot show: the turnout before closing, the result after, the motion's page, the check, the certificate."""

from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from actors.council.ballots import actions, chain
from actors.council.enums import Choice, Entitled, Quorum
from actors.council.models import Ballot, Council
from actors.council.motions import actions as motion_actions
from actors.models import User
from centers.models import Center
from tests.actors.council.ballot_pages import browser, cast, close, main, path, read, seats_of, vote
from tests.actors.council.factories import Holder, council_member, fill_seats, make_council
from tests.actors.council.motions import open_amendment, open_ballot, open_hands, open_motion
from tests.factories import ActorFactory, UserFactory

pytestmark = pytest.mark.django_db

SQL_WHILE_OPEN, SQL_OF_A_RESULT = 9, 8
WHY = "Vi har brug for dem"


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house, entitled=Entitled.ASSOCIATIONS, proxies=2)


@pytest.fixture
def holders(council: Council) -> list[Holder]:
    return fill_seats(council, 4)


@pytest.fixture
def ballot(council: Council, holders: list[Holder]) -> Ballot:
    return open_ballot(council, holders[0])


@pytest.fixture
def secret_ballot(house: Center) -> Ballot:
    council = make_council(house, secret=True)
    return open_ballot(council, fill_seats(council, 5)[0])


# --- what is seen before and after ----------------------------------------------------------------------------------


def test_before_closing_others_see_the_turnout_and_no_choice(holders: list[Holder], ballot: Ballot) -> None:
    vote(ballot, holders[1], Choice.AGAINST, reason=WHY)
    page = read(ballot, holders[2][1])
    assert "1 af 4 foreninger har stemt" in page
    assert WHY not in page
    assert "har stemt <b>Imod" not in page
    assert 'class="bar"' not in page
    assert WHY not in read(ballot, holders[2][1], "kontrol/")
    assert "Imod" not in read(ballot, holders[2][1], "kontrol/")


def test_turnout_is_hidden_where_the_standing_orders_say_so(house: Center) -> None:
    council = make_council(house, turnout_shown=False)
    holders = fill_seats(council, 3)
    ballot = open_ballot(council, holders[0])
    vote(ballot, holders[1])
    for page in ("", "kontrol/"):
        body = read(ballot, holders[2][1], page)
        assert "har stemt" not in body
        assert holders[1][0].name not in body


def test_what_a_withdrawn_motions_ballot_held_is_shown_nowhere(holders: list[Holder], ballot: Ballot) -> None:
    vote(ballot, holders[1], Choice.AGAINST, reason=WHY)
    motion_actions.withdraw(motion=ballot.motion, by=council_member(holders[0][1], ballot.council))
    page = read(ballot, holders[2][1], "kontrol/")
    assert f"{holders[1][0].name} har stemt" in page
    assert "Imod" not in page + read(ballot, holders[2][1])


def test_votes_are_seen_underway_where_the_standing_orders_say_so(house: Center) -> None:
    council = make_council(house, live_results=True)
    holders = fill_seats(council, 3)
    ballot = open_ballot(council, holders[0])
    vote(ballot, holders[1], Choice.AGAINST, reason=WHY)
    page = read(ballot, holders[2][1])
    assert 'aria-label="For 0, imod 1, blank 0"' in page
    assert WHY in page


def test_the_quorum_is_drawn_and_said(house: Center) -> None:
    council = make_council(house, quorum=Quorum.NUMBER, quorum_number=2)
    holders = fill_seats(council, 4)
    ballot = open_ballot(council, holders[0])
    vote(ballot, holders[0])
    page = read(ballot, holders[1][1])
    assert 'aria-label="1 af 4 foreninger har stemt. Der skal mindst 2 til."' in page
    assert 'x="50.0%"' in page
    assert "Mindst 2 skal stemme, før noget kan besluttes. Der mangler 1." in page
    vote(ballot, holders[1])
    assert "Det er nok til at beslutte: mindst 2 skulle stemme, og 2 har gjort det." in read(ballot, holders[1][1])


def test_the_result_is_shown_with_its_calculation_and_each_seats_vote(holders: list[Holder], ballot: Ballot) -> None:
    vote(ballot, holders[0], Choice.FOR)
    vote(ballot, holders[1], Choice.FOR, reason=WHY)
    vote(ballot, holders[2], Choice.AGAINST)
    close(ballot)
    page = read(ballot, holders[3][1])
    assert "Vedtaget" in page
    assert "3 af 4 foreninger stemte. 2 for, 1 imod, 0 blankt. Simpelt flertal: mindst 2 af 3 afgivne stemmer." in page
    assert 'aria-label="For 2, imod 1, blank 0"' in page
    assert f"»{WHY}«" in page
    assert "Stemte ikke" in page
    assert str(holders[0][1]) not in page
    assert str(holders[0][1]) in read(ballot, holders[0][1])


def test_where_nobody_voted_the_bar_is_empty(holders: list[Holder], ballot: Ballot) -> None:
    close(ballot)
    page = read(ballot, holders[0][1])
    assert 'aria-label="For 0, imod 0, blank 0"></svg>' in page
    assert "Forkastet" in page


def test_the_list_is_searched_by_name(holders: list[Holder], ballot: Ballot) -> None:
    close(ballot)
    page = read(ballot, holders[0][1], f"?plads={holders[1][0].name.upper()}")
    votes = page.split('class="votes"', 1)[1]
    assert [seat.name in votes for seat, _user in holders] == [False, True, False, False]


@pytest.mark.parametrize("seats", [3, 30])
@pytest.mark.parametrize("closed", [False, True])
def test_a_ballots_page_costs_the_same_with_many_seats(
    house: Center, seats: int, closed: bool, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    council = make_council(house)
    holders = fill_seats(council, seats)
    ballot = open_ballot(council, holders[0])
    for holder in holders[: seats - 1]:
        vote(ballot, holder)
    if closed:
        close(ballot)
    client = browser(holders[0][1])
    client.get(path(ballot))
    with django_assert_max_num_queries(SQL_OF_A_RESULT if closed else SQL_WHILE_OPEN):
        assert client.get(path(ballot)).status_code == 200


# --- the motion's page ----------------------------------------------------------------------------------------------


def motion_page(ballot_or_motion: Any, user: User) -> str:
    motion = getattr(ballot_or_motion, "motion", ballot_or_motion)
    return main(browser(user).get(f"/{motion.council.center.slug}/husraad/forslag/{motion.number}/"))


def test_on_the_motions_page_one_votes_and_later_reads_the_result(holders: list[Holder], ballot: Ballot) -> None:
    assert path(ballot, "stem/") in motion_page(ballot, holders[1][1])
    vote(ballot, holders[1])
    close(ballot)
    page = motion_page(ballot, holders[2][1])
    assert 'aria-label="For 1, imod 0, blank 0"' in page
    assert path(ballot, "attest/") in page


def test_before_the_notice_is_over_the_page_says_when_one_can_vote(house: Center) -> None:
    council = make_council(house, notice_days=7)
    seat, user = fill_seats(council, 1)[0]
    motion = open_motion(council, seat, days_ago=1)
    assert "Der kan stemmes fra <b>" in motion_page(motion, user)


def test_several_ballots_on_amendments_are_links(council: Council, holders: list[Holder]) -> None:
    motion = open_motion(council, holders[0][0])
    for seat, _user in holders[1:3]:
        open_amendment(motion, seat, f"Vi køber nye borde til {seat.name}.")
    opened = actions.open_ballots(motion=motion, by=council_member(holders[0][1], council))
    page = motion_page(motion, holders[3][1])
    assert [f'href="{path(ballot)}"' in page for ballot in opened] == [True, True]
    assert f"{holders[3][0].name} har ikke stemt endnu." in page


# --- checking -------------------------------------------------------------------------------------------------------


def test_everybody_in_the_house_can_check_the_chain(holders: list[Holder], ballot: Ballot) -> None:
    vote(ballot, holders[1], Choice.AGAINST)
    close(ballot)
    user = UserFactory.create(member_of=ActorFactory.create(house=ballot.council.center))
    page = read(ballot, user, "kontrol/")
    assert "Alt stemmer" in page
    assert f"{holders[1][0].name} stemte »Imod«" in page
    assert chain.short(ballot.final_hash) in page
    assert chain.short(ballot.entitlement_hash) in page


def test_a_code_from_the_mail_is_compared(holders: list[Holder], ballot: Ballot) -> None:
    user = holders[0][1]
    right = chain.short(ballot.opening_hash).upper()
    assert "Alt stemmer, også med din kode" in read(ballot, user, f"kontrol/?kode={right}")
    assert "Din kode passer ikke" in read(ballot, user, f"kontrol/?kode={'0' * 32}")
    assert "Det ligner ikke en kontrolkode." in read(ballot, user, "kontrol/?kode=hej", 422)


def test_a_secret_ballots_check_shows_the_turnout_alone(secret_ballot: Ballot) -> None:
    seats = seats_of(secret_ballot)
    cast(secret_ballot, *seats[1], Choice.AGAINST)
    page = read(secret_ballot, seats[0][1], "kontrol/")
    assert f"{seats[1][0].name} har stemt hemmeligt" in page
    assert "Imod" not in page


def test_the_certificate_has_the_decision_the_calculation_and_the_codes(holders: list[Holder], ballot: Ballot) -> None:
    vote(ballot, holders[0])
    user = holders[1][1]
    assert "Attesten kommer, når stemmerne er talt op." in read(ballot, user, "attest/", 404)
    close(ballot)
    page = read(ballot, user, "attest/")
    assert "Vedtaget" in page
    assert "1 af 4 foreninger stemte. 1 for, 0 imod, 0 blankt." in page
    assert chain.short(ballot.final_hash) in page
    assert chain.short(ballot.entitlement_hash) in page
    assert all(seat.name in page for seat, _user in holders)


def test_a_show_of_hands_says_how_it_is_held(council: Council, holders: list[Holder]) -> None:
    ballot = open_hands(council, holders[0])
    assert "I stemmer ved håndsoprækning på mødet." in read(ballot, holders[1][1])


def test_a_ballot_on_an_amendment_shows_what_it_changes(council: Council, holders: list[Holder]) -> None:
    motion = open_motion(council, holders[0][0], text="Vi køber nye stole.")
    open_amendment(motion, holders[1][0], "Vi køber brugte stole.")
    (ballot,) = actions.open_ballots(motion=motion, by=council_member(holders[0][1], council))
    page = read(ballot, holders[2][1])
    assert "<h1>Ændringsforslag 1 til »Nye stole«</h1>" in page
    assert '<ins><span class="sr-only">Nyt: </span>brugte</ins>' in page
    assert path(ballot, "stem/") in motion_page(ballot, holders[2][1])
