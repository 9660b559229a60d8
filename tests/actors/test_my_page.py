"""/mig/: what is mine over all houses, made of sections that the apps register."""

import pytest
from django.conf import settings

from actors.models import Actor, User
from actors.my_page import Section, sections
from centers.models import Center
from medborger.common import permissions
from tests.actors.browsers import browser
from tests.factories import DutyFactory, UserFactory
from tests.registries import holding

pytestmark = pytest.mark.django_db


def page(user: User) -> str:
    response = browser(user).get("/mig/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_names_ones_houses_and_actors(house: Center, association: Actor, member: User, other_house: Center) -> None:
    text = page(member)
    assert "Foreningernes Hus" in text
    assert "Folkedanserne" in text
    assert other_house.name not in text


def test_who_is_nowhere_yet_is_told_what_to_do(outsider: User) -> None:
    assert "Du er ikke med nogen steder endnu" in page(outsider)


def test_staff_see_their_own_duties_only(house: Center, staff: User, manager: User) -> None:
    DutyFactory.create(center=house, user=staff)
    assert "Dine vagter ved skranken" in page(staff)
    assert "Dine vagter ved skranken" not in page(manager)


def test_a_choice_of_channel_is_offered_to_who_has_both(db: None) -> None:
    both = UserFactory.create(phone="+4520000008")
    only_phone = UserFactory.create(phone="+4520000009", email=None)
    assert ["notices_by_sms" in page(user) for user in (both, only_phone)] == [True, False]


def test_the_apps_put_their_sections_in_order(outsider: User) -> None:
    def section(number: int) -> Section:
        return Section("_components/empty.html", {"n": number})

    with holding(sections, {5: lambda request: None, 20: lambda request: section(2), 10: lambda request: section(1)}):
        shown = browser(outsider).get("/mig/").context["sections"]
    assert [section.context["n"] for section in shown] == [1, 2]


def test_every_view_says_who_may_open_it() -> None:
    """No view is without `@requires` or `@public` (docs/security.md, check 1)."""
    assert permissions.undeclared() == []


def test_a_language_chosen_here_counts_from_the_next_page_on(outsider: User) -> None:
    client = browser(outsider)
    cookie = settings.LANGUAGE_COOKIE_NAME
    client.cookies[cookie] = "da"
    response = client.post("/mig/oplysninger/", {"name": "Ole", "language": "en"})
    assert response.cookies[cookie]["max-age"] == 0
    del client.cookies[cookie]
    assert client.get("/mig/").headers["Content-Language"] == "en"


def test_sixty_forms_a_minute_and_person(outsider: User, member: User) -> None:
    client = browser(outsider)
    statuses = [client.post("/mig/vagter/").status_code for _form in range(61)]
    assert statuses == [302] * 60 + [429]
    assert browser(member).post("/mig/vagter/").status_code == 302


def test_a_name_is_one_line_since_it_stands_in_the_houses_mails(outsider: User) -> None:
    form = {"name": "Mette\r\n\r\nDin konto lukkes: https://ond.example", "language": "da"}
    assert browser(outsider).post("/mig/oplysninger/", form).status_code == 422


def test_a_number_longer_than_python_reads_is_no_duty(outsider: User) -> None:
    assert browser(outsider).post("/mig/vagter/", {"name": "9" * 5000}).status_code == 302
