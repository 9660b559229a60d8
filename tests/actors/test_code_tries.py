"""How often a log-in code may be sent and tried, whoever asks and however many requests come at once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from actors.models import User
from medborger.common import clock
from tests.actors.browsers import browser, code_in, posted
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ASK, WRITE = reverse("account_request_login_code"), reverse("account_confirm_login_code")
RESEND = {"action": "resend"}


@pytest.fixture
def mette(db: None) -> User:
    return UserFactory.create(email="mette@huset.example", phone="+4520000001")


def asked(login: str) -> Client:
    client = browser()
    client.post(ASK, {"login": login})
    return client


@pytest.mark.parametrize(
    ("known", "unknown"), [("20 00 00 01", "20 00 00 99"), ("mette@huset.example", "ukendt@huset.example")]
)
def test_a_new_code_is_sent_to_known_and_unknown_addresses_alike(mette: User, known: str, unknown: str) -> None:
    answers = set()
    for login in (known, unknown):
        response = asked(login).post(WRITE, RESEND, follow=True)
        text = re.sub(r'(csrf[^>]*(?:value|content)=")[^"]*', r"\1", response.content.decode()).replace(login, "…")
        answers.add((response.status_code, str(response.redirect_chain), text))
    assert len(answers) == 1
    assert not posted("+4520000099")


def test_codes_sent_again_count_against_the_limit_of_the_address(mette: User) -> None:
    for _ in range(2):
        asked("mette@huset.example").post(WRITE, RESEND)
    assert len(posted("mette@huset.example")) == 3


PHONE, STRANGERS = "+4520000001", "+4520000099"
HALF_AN_HOUR = timedelta(minutes=30)


def ask_every_half_hour(login: str, times: int) -> list[bool]:
    """Whether each of the requests was taken; they keep clear of the limits a minute and an hour."""
    taken = []
    for number in range(times):
        with time_machine.travel(clock.now() + number * HALF_AN_HOUR, tick=False):
            taken.append(browser().post(ASK, {"login": login}).status_code == 302)
    return taken


@pytest.mark.parametrize("login", [PHONE, STRANGERS])
def test_a_number_gets_ten_codes_a_day_whoever_it_belongs_to(mette: User, login: str) -> None:
    assert ask_every_half_hour(login, 12) == [True] * 10 + [False] * 2
    assert len(posted(PHONE)) == (10 if login == PHONE else 0)
    assert not posted(STRANGERS)
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1), tick=False):
        assert ask_every_half_hour(login, 1) == [True]


def test_the_refusal_says_the_same_of_known_and_unknown_numbers(mette: User) -> None:
    pages = set()
    for login in (PHONE, STRANGERS):
        ask_every_half_hour(login, 10)
        with time_machine.travel(clock.now() + 20 * HALF_AN_HOUR, tick=False):
            html = browser().post(ASK, {"login": login}).content.decode().replace(login, "…")
        assert "Der er bedt om en kode for mange gange." in html
        pages.add(re.sub(r'(csrf[^>]*(?:value|content)=")[^"]*', r"\1", html))
    assert len(pages) == 1


def test_codes_for_whatever_purpose_share_the_days_ten(mette: User) -> None:
    ask_every_half_hour(PHONE, 9)
    with time_machine.travel(clock.now() + 20 * HALF_AN_HOUR, tick=False):
        client = asked(PHONE)
        client.post(WRITE, RESEND)
        outsider = browser(UserFactory.create())
        limited = outsider.post(reverse("account_change_address"), {"address": PHONE})
    assert (len(posted(PHONE)), limited.status_code) == (10, 429)


def test_a_mail_address_has_no_such_day(mette: User) -> None:
    assert ask_every_half_hour("mette@huset.example", 12) == [True] * 12


def test_a_stranger_is_told_once_a_day_that_the_address_is_nobodys(db: None) -> None:
    for days in (1, 2):
        noon = clock.at(clock.today() + timedelta(days=days), 12 * 60)
        with time_machine.travel(noon, tick=False):
            ask_every_half_hour("ukendt@huset.example", 3)
    letters = posted("ukendt@huset.example")
    assert [clock.local(letter.created_at).hour for letter in letters] == [12, 12]


def test_requests_that_race_each_other_get_no_more_tries(mette: User) -> None:
    """Each of them reads the session as it was before the others failed."""
    client = asked("mette@huset.example")
    before = dict(client.session.items())
    for _ in range(3):
        assert client.post(WRITE, {"code": "abcdef"}).status_code in (200, 302)
        session = client.session
        session.update(before)
        session.save()
    right = code_in(posted("mette@huset.example")[0])
    assert client.post(WRITE, {"code": right}).status_code == 429
    assert "_auth_user_id" not in client.session
