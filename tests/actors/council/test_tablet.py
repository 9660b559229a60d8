"""The house's tablet: a one-time code, a choice, thanks, and nothing left behind."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from actors.council.enums import Capacity, Choice
from actors.council.models import Ballot, Council, TabletCode, TellerEntry
from centers.models import Center
from medborger.common import clock
from tests.actors.council.ballot_pages import counted, main, read, send
from tests.actors.council.factories import Holder, fill_seats, make_council
from tests.actors.council.motions import open_ballot
from tests.factories import CenterFactory

pytestmark = pytest.mark.django_db
TABLET = "/foreningernes-hus/husraad/tavle/"


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house)


@pytest.fixture
def holders(council: Council) -> list[Holder]:
    return fill_seats(council, 3)


@pytest.fixture
def ballot(council: Council, holders: list[Holder]) -> Ballot:
    return open_ballot(council, holders[0])


@pytest.fixture
def code(holders: list[Holder], ballot: Ballot) -> str:
    """A code for the second seat, as the page shows it to the third's representative."""
    issuer, user = holders[2]
    page = main(send(ballot, user, "tavlekode/", own=issuer.pk, seat=holders[1][0].pk), 201)
    found = re.search(r"<code>(\d{4} \d{4})</code>", page)
    assert found is not None
    return found[1]


@pytest.fixture
def screen() -> Client:
    """The tablet: nobody is logged in."""
    return Client(headers={"accept-language": "da"})


def post(screen: Client, **form: Any) -> Any:
    return screen.post(TABLET, form)


def test_the_code_is_shown_once_to_who_hands_it_on(holders: list[Holder], ballot: Ballot, code: str) -> None:
    assert code not in read(ballot, holders[2][1], "tavlekode/")
    assert code.replace(" ", "") not in str(TabletCode.objects.values())


def test_one_votes_with_the_code_and_the_tablet_goes_back_by_itself(
    holders: list[Holder], ballot: Ballot, code: str, screen: Client
) -> None:
    seat = holders[1][0]
    asked = post(screen, code=code)
    page = main(asked)
    assert f"Du stemmer for <b>{seat.name}</b>." in page
    assert str(ballot.motion) in page
    assert "checked" not in page
    assert asked["Refresh"] == f"180; url={TABLET}"
    sent = post(screen, code=code, voting="1", choice="against")
    assert (sent.status_code, sent["Location"]) == (302, f"{TABLET}?tak=1")
    entry = TellerEntry.objects.waiting().get(ballot=ballot, seat=seat)
    assert (entry.choice, entry.capacity, counted(ballot, seat)) == (Choice.AGAINST, Capacity.TABLET, "")
    thanks = screen.get(sent["Location"])
    assert "Den tæller, når en anden har bekræftet, at det var jer." in main(thanks)
    assert thanks["Refresh"] == f"15; url={TABLET}"
    assert settings.SESSION_COOKIE_NAME not in screen.cookies


def test_without_a_choice_one_is_asked_again(holders: list[Holder], ballot: Ballot, code: str, screen: Client) -> None:
    for choice in ({}, {"choice": "maybe"}):
        page = main(post(screen, code=code, voting="1", **choice), 422)
        assert "Vælg for, imod eller blank." in page
        assert f'name="code" value="{code}"' in page
    assert counted(ballot, holders[1][0]) == ""


@pytest.mark.parametrize("wrong", ["0000 0000", "abc", "1" * 20, "\u0661" * 8])
def test_a_wrong_code_says_no_more_than_that(ballot: Ballot, code: str, screen: Client, wrong: str) -> None:
    page = main(post(screen, code=wrong), 409)
    assert "Koden gælder ikke. Bed om en ny." in page
    assert str(ballot.motion) not in page


def test_a_code_works_once(code: str, screen: Client) -> None:
    assert post(screen, code=code, voting="1", choice="for").status_code == 302
    assert "Koden gælder ikke." in main(post(screen, code=code, voting="1", choice="against"), 409)


def test_a_code_is_soon_too_old(code: str, screen: Client) -> None:
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        assert "Koden gælder ikke." in main(post(screen, code=code), 409)


def test_a_code_of_another_house_is_unknown(code: str, screen: Client) -> None:
    next_door = make_council(CenterFactory.create(slug="naboen")).center
    assert "Koden gælder ikke." in main(screen.post(f"/{next_door.slug}/husraad/tavle/", {"code": code}), 409)


def test_guessing_codes_is_stopped(council: Council, screen: Client) -> None:
    with time_machine.travel(clock.now(), tick=False):  # within one of the limit's windows
        answers = [post(screen, code=f"{number:08d}").status_code for number in range(41)]
    assert answers == [409] * 40 + [429]


def test_a_house_without_a_council_has_no_tablet(house: Center, screen: Client) -> None:
    assert screen.get(TABLET).status_code == 404
