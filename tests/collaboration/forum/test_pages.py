"""The pages of the forum: what each finds there, and what a refusal looks like."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.enums import ActorRole
from actors.meetings import actions as meetings
from actors.meetings.action_points.action_point_owners import Owner
from actors.meetings.actions import ActionPointData, ItemData, MeetingData
from actors.meetings.models import ActionPoint, Meeting
from actors.models import Actor, User
from centers.models import Center
from collaboration.forum import actions
from collaboration.forum.enums import KEY
from collaboration.forum.models import Forum, ProposedItem
from medborger.common import clock
from tests.actors.browsers import browser
from tests.collaboration.forum.factories import proposal
from tests.factories import ActorFactory, MembershipFactory
from tests.fixtures import access

HOUSE = "/foreningernes-hus"
FORM = {
    "name": "Husets forum",
    "often": "weeks-6",
    "nth": "1",
    "weekday": "3",
    "start": "9",
    "end": "10.30",
    "counts_from": "3.12.2026",
    "room": "",
    "place": "Caféen",
}


def html(client: Client, path: str, status: int = 200) -> str:
    """The page, without the signs that keep a time on one line."""
    response = client.get(f"{HOUSE}{path}")
    assert response.status_code == status
    return response.content.decode().replace("\u2060", "")


@pytest.fixture
def held(forum: Forum, house: Center, coordinator: User, association: Actor) -> Meeting:
    """A meeting yesterday, with a decision and an action point, approved."""
    day = clock.today() - timedelta(days=1)
    with time_machine.travel(clock.at(day, 480), tick=False):
        frame = MeetingData("Koordinerende forum", clock.at(day, 540), clock.at(day, 660))
        meeting = meetings.create(center=house, body=KEY, data=frame, by=access(coordinator))
        item = meetings.add(meeting=meeting, data=ItemData("Borde"), by=access(coordinator))
        meetings.convene(meeting=meeting, by=access(coordinator))
    with time_machine.travel(clock.at(day, 600), tick=False):
        meetings.save_minutes(item=item, minutes="", decision="Vi køber ti.", version=1, by=access(coordinator))
        words = ActionPointData("Hent tilbud", clock.today() + timedelta(days=9), Owner(actor=association), agreed=True)
        meetings.add_point(item=item, data=words, by=access(coordinator))
        return meetings.approve(meeting=meeting, by=access(coordinator))


def test_a_house_without_a_forum_leads_the_manager_to_found_one(house: Center, manager: User, member: User) -> None:
    assert f'href="{HOUSE}/forum/opret/"' in html(browser(manager), "/forum/")
    assert "/forum/opret/" not in html(browser(member), "/forum/")
    made = browser(manager).post(f"{HOUSE}/forum/opret/", FORM)
    assert (made.status_code, made.headers["Location"]) == (302, f"{HOUSE}/forum/medlemmer/")
    forum = Forum.objects.get()
    assert (forum.rhythm, forum.every, forum.nth, forum.start, forum.length) == ("weeks", 6, None, 540, 90)
    assert "Mødes torsdag hver 6. uge kl. 9.00." in html(browser(member), "/forum/")


@pytest.mark.parametrize(
    "said", [{"end": "9.05"}, {"end": "23"}, {"often": "weeks-99"}, {"weekday": "7"}, {"name": ""}]
)
def test_a_forum_that_cannot_meet_is_not_founded(house: Center, manager: User, said: dict[str, str]) -> None:
    assert browser(manager).post(f"{HOUSE}/forum/opret/", FORM | said).status_code == 422
    assert not Forum.objects.exists()


def test_the_page_says_when_one_is_needed_what_was_decided_and_what_was_agreed(
    held: Meeting, house: Center, coordinator: User, contact: User, association: Actor, singers: Actor
) -> None:
    frame = MeetingData("Næste forum", clock.now() + timedelta(days=3), clock.now() + timedelta(days=3, hours=1))
    meeting = meetings.create(center=house, body=KEY, data=frame, by=access(coordinator))
    for title, audience in (("Kun koret", (singers,)), ("Kun danserne", (association,))):
        words = ItemData(title, minutes_needed=20, audience=audience)
        meetings.add(meeting=meeting, data=words, by=access(coordinator))
    assert "Der er ikke planlagt et møde" in html(browser(contact), "/forum/")
    meetings.convene(meeting=meeting, by=access(coordinator))
    page = html(browser(contact), "/forum/")
    assert page.count("I skal bruges kl. ") == 1
    assert [text in page for text in ("Næste forum", "Vi køber ti.", "Hent tilbud", "Folkedanserne")] == [True] * 4


def test_the_holder_is_named_to_staff_and_members_only(
    forum: Forum, coordinator: User, contact: User, staff: User, singer: User
) -> None:
    actions.name_holder(forum=forum, user=coordinator, by=access(coordinator))
    assert ["<dd>Kaja</dd>" in html(browser(user), "/forum/") for user in (contact, staff, singer)] == [
        True,
        True,
        False,
    ]


def test_the_page_costs_the_same_with_one_of_each_and_three(
    held: Meeting, house: Center, coordinator: User, member: User
) -> None:
    client = browser(coordinator)

    def more(number: int) -> None:
        actor = ActorFactory.create(house=house)
        MembershipFactory.create(actor=actor, role=ActorRole.CONTACT)
        actions.add_member(forum=Forum.objects.get(center=house), actor=actor, by=access(coordinator))
        proposal(house, member, f"Punkt {number}", audience=(actor,))

    more(0)
    assert cost(client, "/forum/") <= FORUM_STATEMENTS
    more(1)
    more(2)
    assert cost(client, "/forum/") <= FORUM_STATEMENTS


FORUM_STATEMENTS = 19


def cost(client: Client, path: str) -> int:
    client.get(f"{HOUSE}{path}")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{HOUSE}{path}")
    return len(asked)


# --- proposing ------------------------------------------------------------------------------------------------------


def words(**said: Any) -> dict[str, Any]:
    return {"title": "Ny bordplan", "kind": "discussion", "minutes_needed": "15", "text": "", "owner": "", **said}


def test_an_item_is_proposed_from_the_page_it_is_about(forum: Forum, member: User, association: Actor) -> None:
    client, about = browser(member), f"{HOUSE}/kalender/"
    page = html(client, f"/forum/punkter/nyt/?om={about}&titel=Ny+bordplan")
    assert f'value="{about}"' in page
    assert 'value="Ny bordplan"' in page
    assert f'<option value="{association.pk}" selected>' in page
    assert "konto" not in html(client, "/forum/punkter/nyt/?om=/konto/sikkerhed/").split("<form")[2]
    first = client.post(f"{HOUSE}/forum/punkter/nyt/", words(about=about))
    again = client.post(f"{HOUSE}/forum/punkter/nyt/", words(about=about, title="Det samme"))
    assert first.headers["Location"] == again.headers["Location"]
    assert ProposedItem.objects.count() == 1


@pytest.mark.parametrize(
    "said", [{"about": "/konto/log-ind/"}, {"title": "010190-1234"}, {"title": ""}, {"minutes_needed": "241"}]
)
def test_what_cannot_be_proposed_is_refused_and_not_stored(forum: Forum, member: User, said: dict[str, str]) -> None:
    assert browser(member).post(f"{HOUSE}/forum/punkter/nyt/", words(**said)).status_code == 422
    assert not ProposedItem.objects.exists()


def test_markup_in_an_item_is_shown_as_text(forum: Forum, house: Center, member: User) -> None:
    item = proposal(house, member, "<b>Fed</b>", text="<script>alert(1)</script> **vigtigt**")
    page = html(browser(member), f"/forum/punkter/{item.pk}/")
    assert "<script>alert" not in page
    assert "<b>Fed</b>" not in page
    assert "<strong>vigtigt</strong>" in page


def test_an_item_shows_whose_agenda_it_is_on(forum: Forum, house: Center, coordinator: User, member: User) -> None:
    item = proposal(house, member)
    frame = MeetingData("Forum", clock.now() + timedelta(days=3), clock.now() + timedelta(days=3, hours=1))
    meeting = meetings.create(center=house, body=KEY, data=frame, by=access(coordinator))
    path = f"/forum/punkter/{item.pk}/"
    meetings.add(meeting=meeting, data=ItemData("Ny bordplan", about=f"{HOUSE}{path}"), by=access(coordinator))
    assert "På dagsordenen" not in html(browser(member), path)
    meetings.convene(meeting=meeting, by=access(coordinator))
    assert "På dagsordenen" in html(browser(member), path)


# --- the file for who comes after -----------------------------------------------------------------------------------


def test_the_succession_file_holds_what_the_next_holder_must_know(
    held: Meeting, house: Center, coordinator: User, member: User, staff: User
) -> None:
    proposal(house, member)
    page = html(browser(coordinator), "/forum/overlevering/")
    known = ("første torsdag hver måned kl. 9.00", "Folkedanserne", "Hent tilbud", "Ny bordplan", "Vi køber ti.")
    assert [text in page for text in known] == [True] * 5
    assert '<form method="post" action="/foreningernes-hus/opgaver/' not in page
    html(browser(staff), "/forum/overlevering/", 403)


# --- the minutes ----------------------------------------------------------------------------------------------------


def test_the_minutes_cost_the_same_with_one_item_and_three(forum: Forum, house: Center, coordinator: User) -> None:
    """Each item has a form for what is agreed under it, due when the forum meets next."""
    frame = MeetingData("Koordinerende forum", clock.now() + timedelta(hours=1), clock.now() + timedelta(hours=3))
    meeting = meetings.create(center=house, body=KEY, data=frame, by=access(coordinator))
    meetings.add(meeting=meeting, data=ItemData("Et punkt"), by=access(coordinator))
    meetings.convene(meeting=meeting, by=access(coordinator))
    with time_machine.travel(meeting.starts_at, tick=False):
        client, path = browser(coordinator), f"/moeder/{meeting.pk}/referat/"
        assert cost(client, path) <= MINUTES_STATEMENTS
        for title in ("Et til", "Et tredje"):
            meetings.add(meeting=meeting, data=ItemData(title), by=access(coordinator))
        assert html(client, path).count('name="due_on"') == 3
        assert cost(client, path) <= MINUTES_STATEMENTS


MINUTES_STATEMENTS = 18


# --- what was agreed ------------------------------------------------------------------------------------------------


def test_an_action_point_is_closed_in_one_click_from_mig_and_that_can_be_undone(
    held: Meeting, contact: User, singer: User
) -> None:
    client, point = browser(contact), ActionPoint.objects.get()
    page = client.get("/mig/").content.decode()
    assert f'action="{HOUSE}/opgaver/{point.pk}/loest/"' in page
    assert "Hent tilbud" not in browser(singer).get("/mig/").content.decode()
    closed = client.post(f"{HOUSE}/opgaver/{point.pk}/loest/", {"back": "me"})
    assert closed.headers["Location"] == "/mig/"
    assert f'action="{HOUSE}/opgaver/{point.pk}/fortryd/"' in client.get("/mig/").content.decode()
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        assert "Hent tilbud" not in client.get("/mig/").content.decode()
    client.post(f"{HOUSE}/opgaver/{point.pk}/fortryd/", {"back": "list"})
    assert not ActionPoint.objects.get().is_done


def test_the_list_is_filtered_by_the_address(held: Meeting, contact: User, singer: User) -> None:
    def found(user: User, which: str) -> bool:
        return "Hent tilbud" in html(browser(user), f"/opgaver/{which}")

    assert [found(singer, which) for which in ("", "?vis=mine", "?vis=loeste")] == [True, False, False]
    assert [found(contact, which) for which in ("", "?vis=mine", "?vis=loeste")] == [True, True, False]
    ActionPoint.objects.update(done_at=clock.now())
    assert [found(contact, which) for which in ("", "?vis=mine", "?vis=loeste")] == [False, False, True]
