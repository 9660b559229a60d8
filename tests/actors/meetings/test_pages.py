"""The pages of meetings: who sees which, and when one is needed."""

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from actors.meetings import actions, meeting_bodies
from actors.meetings.enums import Answer
from actors.meetings.models import Meeting
from actors.models import Actor, User
from centers.models import Center
from medborger.common import clock
from tests.actors.browsers import browser
from tests.actors.meetings.factories import at, draft, item
from tests.actors.meetings.meeting_bodies import WITHOUT
from tests.actors.meetings.pages import HOUSE, html
from tests.fixtures import access
from tests.registries import holding

# --- who sees what --------------------------------------------------------------------------------------------------


def test_a_draft_is_seen_by_those_who_may_convene_and_nobody_else(meeting: Meeting, staff: User, contact: User) -> None:
    path = f"{HOUSE}/{meeting.pk}/"
    assert [browser(user).get(path).status_code for user in (staff, contact)] == [200, 404]
    assert "Fælles morgenmøde" not in html(browser(contact), f"{HOUSE}/husforum/")


def test_a_convened_meeting_is_seen_by_the_people_of_its_body_and_its_participants(
    invited: Meeting, member: User, outsider: User, other_manager: User, contact: User
) -> None:
    path = f"{HOUSE}/{invited.pk}/"
    assert [browser(user).get(path).status_code for user in (member, outsider, other_manager)] == [200, 404, 404]
    contact.memberships.update(until=clock.today())
    assert browser(contact).get(path).status_code == 200


def test_a_meeting_is_not_found_under_another_house(invited: Meeting, other_house: Center, admin: User) -> None:
    assert browser(admin).get(f"/kvarterhuset/moeder/{invited.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["/ukendt/", "/ukendt/nyt/"])
def test_an_unknown_circle_is_not_found(house: Center, staff: User, path: str) -> None:
    assert browser(staff).get(f"{HOUSE}{path}").status_code == 404


def test_a_house_without_the_circle_has_neither_its_list_nor_its_meetings(invited: Meeting, staff: User) -> None:
    WITHOUT.add(invited.center_id)
    for path in ("husforum/", "husforum/nyt/", f"{invited.pk}/"):
        assert browser(staff).get(f"{HOUSE}/{path}").status_code == 404


def test_a_meeting_whose_circle_nobody_registered_is_found_by_nobody(invited: Meeting, contact: User) -> None:
    with holding(meeting_bodies.bodies, {}):
        assert browser(contact).get(f"{HOUSE}/{invited.pk}/").status_code == 404


def test_the_list_says_what_is_coming_and_what_was(house: Center, invited: Meeting, staff: User, contact: User) -> None:
    page = html(browser(contact), f"{HOUSE}/husforum/")
    assert "Kommende" in page
    assert "Tidligere møder" not in page
    assert "Nyt møde" not in page
    with time_machine.travel(at(700), tick=False):
        page = html(browser(staff), f"{HOUSE}/husforum/")
    assert "Tidligere møder og referater" in page
    assert "Der er ingen kommende møder" in page
    assert "Nyt møde" in page


def test_the_list_costs_the_same_with_one_meeting_and_three(house: Center, staff: User) -> None:
    client, counts = browser(staff), []
    client.get(f"{HOUSE}/husforum/")
    for _ in range(3):
        item(draft(house, staff), staff, "Siden sidst", 10)
        with CaptureQueriesContext(connection) as statements:
            client.get(f"{HOUSE}/husforum/")
        counts.append(len(statements))
    assert counts[0] == counts[-1]


# --- the page of one ------------------------------------------------------------------------------------------------


def test_a_participant_first_reads_when_they_are_needed_and_answers(invited: Meeting, singer: User) -> None:
    client = browser(singer)
    page = html(client, f"{HOUSE}/{invited.pk}/")
    assert (
        page.index("I skal bruges kl. 9.00–9.20 og 9.40–10.10.") < page.index("Kommer ikke") < page.index("Dagsorden")
    )
    answered = client.post(f"{HOUSE}/{invited.pk}/svar/", {"answer": "yes"})
    assert (answered.status_code, answered.headers["Location"]) == (302, f"{HOUSE}/{invited.pk}/")
    assert invited.participants.get(user=singer).answer == Answer.YES


def test_an_actors_other_people_see_when_it_is_needed_and_whoever_was_invited_answers(
    invited: Meeting, member: User, staff: User
) -> None:
    page = html(browser(member), f"{HOUSE}/{invited.pk}/")
    assert "I skal bruges kl. 9.00–9.40." in page
    assert f"{invited.pk}/svar/" not in page
    assert "skal bruges kl." not in html(browser(staff), f"{HOUSE}/{invited.pk}/")


def test_the_meeting_and_its_answer_stand_on_mig_and_lead_back_there(
    invited: Meeting, singer: User, member: User
) -> None:
    client = browser(singer)
    assert "I skal bruges kl. 9.00–9.20 og 9.40–10.10." in html(client, "/mig/")
    assert "Fælles morgenmøde" not in html(browser(member), "/mig/")
    answered = client.post(f"{HOUSE}/{invited.pk}/svar/", {"answer": "no", "back": "me"})
    assert answered.headers["Location"] == "/mig/"
    with time_machine.travel(at(700), tick=False):
        assert "Fælles morgenmøde" not in html(browser(singer), "/mig/")


def test_mig_costs_the_same_with_one_meeting_and_three(
    house: Center, staff: User, contact: User, association: Actor
) -> None:
    client, counts = browser(contact), []
    for _ in range(3):
        made = draft(house, staff)
        for n in range(4):
            item(made, staff, f"Punkt {n}", 10, association)
        actions.convene(meeting=made, by=access(staff))
        with CaptureQueriesContext(connection) as statements:
            client.get("/mig/")
        counts.append(len(statements))
    assert counts[0] == counts[-1]


def test_a_page_costs_the_same_however_long_the_agenda(
    house: Center, staff: User, contact: User, association: Actor
) -> None:
    client, counts = browser(contact), []
    for length in (1, 30):
        made = draft(house, staff)
        for n in range(length):
            item(made, staff, f"Punkt {n}", 5, association, owner=association)
        actions.convene(meeting=made, by=access(staff))
        with CaptureQueriesContext(connection) as statements:
            html(client, f"{HOUSE}/{made.pk}/")
        counts.append(len(statements))
    assert counts[0] == counts[-1]


@pytest.mark.parametrize("said", [{}, {"answer": "none"}, {"answer": "perhaps"}])
def test_an_answer_that_is_none_is_refused(invited: Meeting, singer: User, said: dict[str, str]) -> None:
    assert browser(singer).post(f"{HOUSE}/{invited.pk}/svar/", said).status_code == 422
    assert invited.participants.get(user=singer).answer == Answer.NONE


def test_who_is_not_invited_cannot_answer(invited: Meeting, member: User) -> None:
    assert browser(member).post(f"{HOUSE}/{invited.pk}/svar/", {"answer": "yes"}).status_code == 403


def test_the_page_names_actors_and_no_persons(invited: Meeting, contact: User, singer: User, staff: User) -> None:
    actions.answer(meeting=invited, answer=Answer.YES, by=access(singer))
    for user in (contact, staff):
        page = html(browser(user), f"{HOUSE}/{invited.pk}/")
        assert "Koret" in page
        assert "Signe" not in page


def test_a_calendar_gets_ones_own_times_and_takes_a_cancelled_meeting_away(
    invited: Meeting, singer: User, member: User, staff: User
) -> None:
    def times(user: User) -> list[tuple[Any, Any]]:
        calendar: Any = Calendar.from_ical(browser(user).get(f"{HOUSE}/{invited.pk}/moede.ics").content)
        return [(event["DTSTART"].dt, event["DTEND"].dt) for event in calendar.walk("VEVENT")]

    assert times(singer) == [(at(540), at(560)), (at(580), at(610))]
    assert times(member) == [(at(540), at(580))]
    actions.cancel(meeting=invited, by=access(staff))
    gone = Calendar.from_ical(browser(singer).get(f"{HOUSE}/{invited.pk}/moede.ics").content)
    assert gone["METHOD"] == "CANCEL"
    assert [str(event["STATUS"]) for event in gone.walk("VEVENT")] == ["CANCELLED", "CANCELLED"]


def test_an_item_links_to_what_it_is_about(house: Center, meeting: Meeting, staff: User) -> None:
    actions.add(meeting=meeting, data=actions.ItemData("Sag", about="/foreningernes-hus/"), by=access(staff))
    assert 'href="/foreningernes-hus/"' in html(browser(staff), f"{HOUSE}/{meeting.pk}/")


def test_an_agenda_that_is_longer_than_the_meeting_says_so(meeting: Meeting, staff: User) -> None:
    item(meeting, staff, "Det lange punkt", 75)
    assert "Dagsordenen varer 25 minutter længere end mødet." in html(browser(staff), f"{HOUSE}/{meeting.pk}/")
