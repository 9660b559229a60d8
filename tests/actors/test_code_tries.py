"""How often a log-in code may be sent and tried, whoever asks and however many requests come at once."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from actors.models import User
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
