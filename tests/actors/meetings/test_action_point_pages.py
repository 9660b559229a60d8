"""Writing action points with the minutes, and sending these: plain forms, one for each item."""

from datetime import timedelta
from typing import Any

import pytest

from actors.enums import ActorKind
from actors.meetings import actions
from actors.meetings.models import ActionPoint, AgendaItem, Meeting
from actors.models import Actor, User
from medborger.common import clock
from medborger.common.models import Message
from tests.actors.browsers import browser
from tests.actors.meetings.pages import HOUSE, html
from tests.factories import ActorFactory
from tests.fixtures import access


def form(**said: Any) -> dict[str, Any]:
    day = clock.today() + timedelta(days=14)
    return {"title": "Hent tilbud", "owner": "hus", "due_on": f"{day.day}.{day.month}.{day.year}", **said}


def path(item: AgendaItem) -> str:
    return f"{HOUSE}/{item.meeting_id}/referat/{item.pk}/opgave/"


def test_an_action_point_is_written_under_its_item_while_another_writes_the_minutes(
    running: Meeting, items: list[AgendaItem], staff: User, manager: User
) -> None:
    """Two who type at once do not meet: an action point changes no item."""
    office = ActorFactory.create(name="Helhedsplanen", kind=ActorKind.AREA_PLAN, house=running.center)
    made = browser(staff).post(path(items[1]), form(owner=f"a{office.pk}"))
    assert made.headers["Location"] == f"{HOUSE}/{running.pk}/referat/#punkt-{items[1].pk}"
    actions.save_minutes(item=items[1], minutes="Gulvet knirker.", decision="", version=1, by=access(manager))
    page = html(browser(manager), f"{HOUSE}/{running.pk}/referat/")
    assert "Hent tilbud" in page
    assert "Helhedsplanen · senest " in page
    assert page.count('action="/foreningernes-hus/moeder/') == page.count("/opgave/") * 2 + 1


def test_the_same_form_sent_twice_writes_one(running: Meeting, items: list[AgendaItem], staff: User) -> None:
    token = "6f2c1a54-5a0e-4b52-9d8f-1f2f3f4f5f6f"
    answers = [browser(staff).post(path(items[0]), form(token=token)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert ActionPoint.objects.count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {"title": ""},
        {"title": "Ring til 010190-1234"},
        {"title": "x" * 201},
        {"owner": "a999999"},
        {"owner": ""},
        {"due_on": "1.1.2020"},
        {"due_on": "snart"},
    ],
)
def test_one_that_cannot_be_is_refused_and_nothing_is_stored(
    running: Meeting, items: list[AgendaItem], staff: User, said: dict[str, str]
) -> None:
    assert browser(staff).post(path(items[0]), form(**said)).status_code == 422
    assert not ActionPoint.objects.exists()


def test_an_association_is_chosen_by_a_tick_that_it_has_said_yes(
    running: Meeting, items: list[AgendaItem], staff: User, association: Actor
) -> None:
    client, owner = browser(staff), f"a{association.pk}"
    refused = client.post(path(items[0]), form(owner=owner))
    assert refused.status_code == 422
    assert "Foreninger og beboergrupper får kun opgaver, de selv har sagt ja til." in refused.content.decode()
    assert client.post(path(items[0]), form(owner=owner, agreed="on")).status_code == 302
    assert ActionPoint.objects.get().agreed


def test_who_keeps_the_minutes_gives_it_to_another_and_removes_it_until_they_are_approved(
    running: Meeting, items: list[AgendaItem], staff: User, contact: User, association: Actor
) -> None:
    client = browser(staff)
    client.post(path(items[0]), form())
    point = ActionPoint.objects.get()
    own = f"/foreningernes-hus/opgaver/{point.pk}/"
    assert "Ret opgaven" not in html(browser(contact), own)
    changed = form(owner=f"a{association.pk}", agreed="on", title="Hent to tilbud", version="1")
    assert client.post(own, changed).headers["Location"] == own
    assert client.post(own, changed).status_code == 409
    assert browser(contact).post(own, changed | {"version": "2"}).status_code == 403
    assert "Hent to tilbud" in html(browser(contact), own)
    assert client.post(f"{own}slet/").status_code == 302
    assert client.get(own).status_code == 404


def test_approved_minutes_are_sent_from_their_page_once(
    running: Meeting, items: list[AgendaItem], staff: User, contact: User
) -> None:
    client, page = browser(staff), f"{HOUSE}/{running.pk}/"
    assert client.post(f"{page}send/").status_code == 409
    client.post(path(items[0]), form())
    actions.approve(meeting=running, by=access(staff))
    assert f'href="{page}send/"' in html(client, page)
    assert "2 personer får beslutninger, opgaver" in html(client, f"{page}send/")
    before = Message.objects.count()
    assert [client.post(f"{page}send/").status_code for _ in range(2)] == [302, 302]
    assert Message.objects.count() == before + 2
    assert f'href="{page}send/"' not in html(client, page)
    assert "Referatet er sendt" in html(client, f"{page}send/")
    assert browser(contact).get(f"{page}send/").status_code == 403


def test_the_pages_cost_the_same_with_one_action_point_and_three(
    running: Meeting, items: list[AgendaItem], staff: User, django_assert_max_num_queries: Any
) -> None:
    client = browser(staff)
    for number in (1, 2):
        client.post(path(items[0]), form(title=f"Opgave {number}"))
        with django_assert_max_num_queries(6):
            assert client.get("/foreningernes-hus/opgaver/").status_code == 200
        client.post(path(items[number]), form(title=f"Mere {number}"))
