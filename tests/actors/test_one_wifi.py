"""A council of forty logs in from behind one address, and whoever guesses from there is stopped all the same."""

from collections import Counter
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from actors.models import User
from medborger.common import clock
from tests.actors.browsers import browser, code_in, posted
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LOGIN, ASK, WRITE = (
    reverse("account_login"),
    reverse("account_request_login_code"),
    reverse("account_confirm_login_code"),
)
WIFI = "203.0.113.7"
PASSWORD = "en-lang-adgangskode"
PEOPLE, A_MINUTE = 40, 120  # how many log in; how many attempts a minute one address has


@pytest.fixture(autouse=True)
def at_one_moment() -> Iterator[None]:
    """No limit forgets anything meanwhile: two minutes are no harder."""
    with time_machine.travel(clock.now(), tick=False):
        yield


@pytest.fixture
def people(db: None) -> list[User]:
    people = [UserFactory.create() for _ in range(PEOPLE)]
    for person in people[::2]:
        person.set_password(PASSWORD)
        person.save()
    return people


def log_in(person: User) -> Client:
    """By password for who has one, else by a code on mail."""
    client = browser(REMOTE_ADDR=WIFI)
    if person.has_usable_password():
        client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    else:
        client.post(LOGIN, {"login": person.email, "password": ""})
        client.post(WRITE, {"code": code_in(posted(person.email or "")[0])})
    return client


def inside(client: Client) -> bool:
    """Who has only asked for a code is sent to write it."""
    return client.get(LOGIN).headers.get("Location") == "/mig/"


def test_forty_people_behind_one_address_log_in_at_once(people: list[User]) -> None:
    clients = [log_in(person) for person in people]
    assert [client.session["_auth_user_id"] for client in clients] == [str(person.pk) for person in people]
    assert all(inside(client) for client in clients)


def test_who_tries_many_accounts_from_there_is_stopped_when_the_minutes_attempts_are_used(people: list[User]) -> None:
    victims = [UserFactory.create() for _ in range(200 - PEOPLE)]
    for person in people:
        log_in(person)
    answers = [
        browser(REMOTE_ADDR=WIFI).post(LOGIN, {"login": victim.email, "password": "gættet-kode"}).status_code
        for victim in victims
    ]
    assert answers == [200] * (A_MINUTE - PEOPLE) + [429] * (200 - A_MINUTE)


@pytest.mark.parametrize("path", [LOGIN, ASK])
def test_who_has_codes_sent_to_many_is_stopped_there_too(people: list[User], path: str) -> None:
    victims = [UserFactory.create() for _ in range(200 - PEOPLE)]
    asked = [log_in(person) for person in people if not person.has_usable_password()]
    for victim in victims:
        browser(REMOTE_ADDR=WIFI).post(path, {"login": victim.email, "password": ""})
    sent = Counter(bool(posted(victim.email or "")) for victim in victims)
    assert sent == {True: A_MINUTE - len(asked), False: 200 - PEOPLE - (A_MINUTE - len(asked))}


def test_who_guesses_at_one_person_has_five_tries(people: list[User]) -> None:
    known = people[0]
    for _ in range(5):
        browser(REMOTE_ADDR=WIFI).post(LOGIN, {"login": known.email, "password": "gættet-kode"})
    assert not inside(log_in(known))
    assert inside(log_in(people[2]))


def test_a_minute_later_the_address_has_its_attempts_again(people: list[User]) -> None:
    for number in range(A_MINUTE):
        browser(REMOTE_ADDR=WIFI).post(LOGIN, {"login": f"gaet{number}@huset.example", "password": "gættet-kode"})
    assert not inside(log_in(people[0]))
    with time_machine.travel(clock.now().timestamp() + 61, tick=False):
        assert inside(log_in(people[0]))
