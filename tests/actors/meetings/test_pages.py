"""The pages of meetings: who sees which, when I am needed, the agenda, and minutes with both texts."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from actors.meetings import actions, circles
from actors.meetings.circles import Subject
from actors.meetings.enums import Answer, MeetingState
from actors.meetings.models import AgendaItem, Meeting, Participant
from actors.models import Actor, User
from centers.models import Center, Room
from medborger.common import clock
from tests.actors.browsers import browser
from tests.actors.meetings.circles import OFFERED, WITHOUT, circle
from tests.actors.meetings.factories import at, draft, item
from tests.factories import ActorFactory, UserFactory, working_day
from tests.fixtures import standing

HOUSE = "/foreningernes-hus/moeder"


@pytest.fixture
def invited(meeting: Meeting, staff: User) -> Meeting:
    return actions.convene(meeting=meeting, by=standing(staff))


@pytest.fixture
def running(invited: Meeting) -> Iterator[Meeting]:
    with time_machine.travel(at(550), tick=False):
        yield invited


def html(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode().replace("\u2060", "")


# --- who sees what --------------------------------------------------------------------------------------------------


def test_a_draft_is_seen_by_those_who_may_convene_and_nobody_else(meeting: Meeting, staff: User, contact: User) -> None:
    path = f"{HOUSE}/{meeting.pk}/"
    assert [browser(user).get(path).status_code for user in (staff, contact)] == [200, 404]
    assert "Fælles morgenmøde" not in html(browser(contact), f"{HOUSE}/forum/")


def test_a_convened_meeting_is_seen_by_the_circles_people_and_its_participants(
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
    for path in ("forum/", "forum/nyt/", f"{invited.pk}/"):
        assert browser(staff).get(f"{HOUSE}/{path}").status_code == 404


def test_a_meeting_whose_circle_nobody_registered_is_found_by_nobody(invited: Meeting, contact: User) -> None:
    circles._circles.clear()
    assert browser(contact).get(f"{HOUSE}/{invited.pk}/").status_code == 404


def test_a_circle_is_registered_once() -> None:
    with pytest.raises(ValueError, match="registered already"):
        circles.register(circle())


def test_the_list_says_what_is_coming_and_what_was(house: Center, invited: Meeting, staff: User, contact: User) -> None:
    page = html(browser(contact), f"{HOUSE}/forum/")
    assert "Kommende" in page
    assert "Tidligere møder" not in page
    assert "Nyt møde" not in page
    with time_machine.travel(at(700), tick=False):
        page = html(browser(staff), f"{HOUSE}/forum/")
    assert "Tidligere møder og referater" in page
    assert "Der er ingen kommende møder" in page
    assert "Nyt møde" in page


def test_the_list_costs_the_same_with_one_meeting_and_three(house: Center, staff: User) -> None:
    client, counts = browser(staff), []
    client.get(f"{HOUSE}/forum/")
    for _ in range(3):
        item(draft(house, staff), staff, "Siden sidst", 10)
        with CaptureQueriesContext(connection) as statements:
            client.get(f"{HOUSE}/forum/")
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
        actions.convene(meeting=made, by=standing(staff))
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
        actions.convene(meeting=made, by=standing(staff))
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
    actions.answer(meeting=invited, answer=Answer.YES, by=standing(singer))
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
    assert times(member) == [(at(540), at(660))]
    actions.cancel(meeting=invited, by=standing(staff))
    gone = Calendar.from_ical(browser(singer).get(f"{HOUSE}/{invited.pk}/moede.ics").content)
    assert gone["METHOD"] == "CANCEL"
    assert [str(event["STATUS"]) for event in gone.walk("VEVENT")] == ["CANCELLED", "CANCELLED"]


def test_an_item_links_to_what_it_is_about(house: Center, meeting: Meeting, staff: User) -> None:
    actions.add(meeting=meeting, words=actions.ItemWords("Sag"), about="/foreningernes-hus/", by=standing(staff))
    assert 'href="/foreningernes-hus/"' in html(browser(staff), f"{HOUSE}/{meeting.pk}/")


def test_an_agenda_that_is_longer_than_the_meeting_says_so(meeting: Meeting, staff: User) -> None:
    item(meeting, staff, "Det lange punkt", 75)
    assert "Dagsordenen varer 25 minutter længere end mødet." in html(browser(staff), f"{HOUSE}/{meeting.pk}/")


# --- making it ------------------------------------------------------------------------------------------------------


def form(**said: str) -> dict[str, str]:
    day = working_day().isoformat()
    return {"title": "Nyt møde", "date": day, "start": "19.00", "end": "21.00", "room": "", "place": "", **said}


def test_a_meeting_is_made_by_its_form_and_its_agenda_comes_next(house: Center, room: Room, staff: User) -> None:
    made = browser(staff).post(f"{HOUSE}/forum/nyt/", form(room="salen"))
    meeting = Meeting.objects.get()
    assert made.headers["Location"] == f"{HOUSE}/{meeting.pk}/dagsorden/"
    assert (meeting.title, meeting.starts_at, meeting.ends_at, meeting.room) == (
        "Nyt møde",
        clock.at(working_day(), 19 * 60),
        clock.at(working_day(), 21 * 60),
        room,
    )


def test_the_same_form_sent_twice_leads_to_the_one_meeting(house: Center, staff: User) -> None:
    client, token = browser(staff), "7d3b7a3e-0000-4000-8000-000000000001"
    ways = [client.post(f"{HOUSE}/forum/nyt/", form(token=token)).headers["Location"] for _ in range(2)]
    assert ways == [f"{HOUSE}/{Meeting.objects.get().pk}/dagsorden/"] * 2


@pytest.mark.parametrize(
    "said",
    [
        {"title": ""},
        {"title": "010190-1234"},
        {"end": "18.00"},
        {"end": "25.00"},
        {"date": "2020-01-01"},
        {"date": "31.2.2027"},
        {"room": "findes-ikke"},
        {"room": "a\0b"},
        {"place": "x" * 121},
    ],
)
def test_a_meeting_that_cannot_be_is_refused_at_its_field(house: Center, staff: User, said: dict[str, str]) -> None:
    refused = browser(staff).post(f"{HOUSE}/forum/nyt/", form(**said))
    assert refused.status_code == 422
    assert "error-summary" in refused.content.decode()
    assert not Meeting.objects.exists()


def test_only_who_may_convene_opens_the_forms(invited: Meeting, items: list[AgendaItem], contact: User) -> None:
    under = [f"{invited.pk}/{page}/" for page in ("ret", "indkald", "aflys", "dagsorden", "referat", "godkend")]
    paths = ["forum/nyt/", *under, f"{invited.pk}/dagsorden/{items[0].pk}/", f"{invited.pk}/referat/{items[0].pk}/"]
    assert {path: browser(contact).get(f"{HOUSE}/{path}").status_code for path in paths} == dict.fromkeys(paths, 403)


def test_a_change_on_an_old_version_shows_the_meeting_as_it_is_now(invited: Meeting, staff: User) -> None:
    client, path = browser(staff), f"{HOUSE}/{invited.pk}/ret/"
    assert client.post(path, form(title="Først", version="1")).status_code == 302
    refused = client.post(path, form(title="Sidst", version="1"))
    assert refused.status_code == 409
    assert 'value="Først"' in refused.content.decode()
    assert Meeting.objects.get().title == "Først"


ITEM = {"title": "Nye borde", "kind": "decision", "minutes_needed": "20", "text": "**Ti** borde", "owner": ""}


def test_an_item_is_added_changed_moved_and_taken_off_by_plain_forms(
    meeting: Meeting, staff: User, singers: Actor
) -> None:
    client, path = browser(staff), f"{HOUSE}/{meeting.pk}/dagsorden/"
    assert client.post(path, {**ITEM, "audience": [str(singers.pk)]}).headers["Location"] == path
    added = meeting.items.get(title="Nye borde")
    assert (added.position, added.kind, added.audience_ids) == (4, "decision", frozenset({singers.pk}))
    client.post(f"{path}{added.pk}/flyt/", {"direction": "up"})
    client.post(f"{path}{added.pk}/", {**ITEM, "title": "Gamle borde", "version": "1"})
    added = AgendaItem.objects.get(pk=added.pk)
    assert (added.position, added.title, added.audience_ids) == (3, "Gamle borde", frozenset())
    client.post(f"{path}{added.pk}/fjern/")
    assert list(meeting.items.values_list("title", flat=True)) == ["Siden sidst", "Nye gulve", "Nye noder"]


@pytest.mark.parametrize(
    "said",
    [
        {"title": ""},
        {"minutes_needed": "0"},
        {"minutes_needed": "241"},
        {"kind": "party"},
        {"text": "x" * 20_001},
        {"text": "Hun har 010190-1234"},
        {"owner": "999999"},
        {"audience": "x"},
    ],
)
def test_an_item_that_cannot_be_is_refused(meeting: Meeting, staff: User, said: dict[str, str]) -> None:
    assert browser(staff).post(f"{HOUSE}/{meeting.pk}/dagsorden/", {**ITEM, **said}).status_code == 422
    assert meeting.items.count() == 3


def test_actors_of_other_houses_are_not_offered(meeting: Meeting, staff: User, other_house: Center) -> None:
    elsewhere = ActorFactory.create(name="Naboklubben", house=other_house)
    assert "Naboklubben" not in html(browser(staff), f"{HOUSE}/{meeting.pk}/dagsorden/")
    refused = browser(staff).post(f"{HOUSE}/{meeting.pk}/dagsorden/", {**ITEM, "audience": [str(elsewhere.pk)]})
    assert refused.status_code == 422


def test_who_saves_an_item_on_an_old_version_sees_what_is_saved_and_their_own(
    items: list[AgendaItem], meeting: Meeting, staff: User
) -> None:
    client, path = browser(staff), f"{HOUSE}/{meeting.pk}/dagsorden/{items[0].pk}/"
    client.post(path, {**ITEM, "title": "Den enes", "version": "1"})
    refused = client.post(path, {**ITEM, "title": "Den andens", "version": "1"})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Den enes" in page
    assert 'value="Den andens"' in page
    assert 'name="version" value="2"' in page


def test_what_the_circle_has_open_is_offered_until_it_is_on_the_agenda(
    house: Center, meeting: Meeting, staff: User, singers: Actor
) -> None:
    OFFERED[house.pk] = [Subject("Forslag 7", "/foreningernes-hus/kalender/", "Om støj", minutes=25, owner=singers)]
    client, path = browser(staff), f"{HOUSE}/{meeting.pk}/dagsorden/"
    assert "Forslag 7" in html(client, path)
    client.post(f"{path}emne/", {"subject": "/foreningernes-hus/kalender/"})
    taken = meeting.items.get(title="Forslag 7")
    assert (taken.text, taken.minutes_needed, taken.owner, taken.about) == (
        "Om støj",
        25,
        singers,
        "/foreningernes-hus/kalender/",
    )
    assert "Klar til at sætte på" not in html(client, path)
    assert client.post(f"{path}emne/", {"subject": "/foreningernes-hus/kalender/"}).status_code == 409


def test_what_was_not_reached_is_offered_at_the_next_meeting(
    house: Center, invited: Meeting, items: list[AgendaItem], staff: User
) -> None:
    with time_machine.travel(at(550), tick=False):
        actions.save_minutes(item=items[0], minutes="Nåede vi", decision="", version=1, by=standing(staff))
    with time_machine.travel(at(700), tick=False):
        later = {"starts_at": at(540) + timedelta(days=7), "ends_at": at(660) + timedelta(days=7)}
        following = draft(house, staff, **later)
        client, path = browser(staff), f"{HOUSE}/{following.pk}/dagsorden/"
        page = html(client, path)
        assert [title in page for title in ("Siden sidst", "Nye gulve", "Nye noder")] == [False, True, True]
        client.post(f"{path}emne/", {"subject": f"punkt:{items[1].pk}"})
        carried = following.items.get()
    assert (carried.title, carried.carried_from, carried.audience_ids) == (
        "Nye gulve",
        items[1],
        items[1].audience_ids,
    )


def test_convening_and_cancelling_say_first_what_they_lead_to(meeting: Meeting, staff: User) -> None:
    client, path = browser(staff), f"{HOUSE}/{meeting.pk}"
    assert "2 personer får hver besked om, hvornår de skal bruges" in html(client, f"{path}/indkald/")
    assert client.post(f"{path}/indkald/").status_code == 302
    assert "Alle er indkaldt" in html(client, f"{path}/indkald/")
    assert "De, der er indkaldt, får besked" in html(client, f"{path}/aflys/")
    assert client.post(f"{path}/aflys/").status_code == 302
    assert client.post(f"{path}/aflys/").status_code == 409
    assert Meeting.objects.get().state == MeetingState.CANCELLED


def test_whose_time_has_moved_can_be_told_from_the_agenda(
    invited: Meeting, items: list[AgendaItem], staff: User
) -> None:
    client, path = browser(staff), f"{HOUSE}/{invited.pk}/"
    client.post(f"{path}dagsorden/{items[2].pk}/flyt/", {"direction": "up"})
    assert "Giv besked nu" in html(client, f"{path}dagsorden/")
    client.post(f"{path}besked/")
    page = html(client, f"{path}dagsorden/")
    assert "2 har fået besked om deres nye tid." in page
    assert "Giv besked nu" not in page


# --- minutes --------------------------------------------------------------------------------------------------------


def test_minutes_are_written_by_plain_forms(running: Meeting, items: list[AgendaItem], staff: User) -> None:
    client, path = browser(staff), f"{HOUSE}/{running.pk}/referat/"
    said = {"minutes": "Linje et\r\nLinje to", "decision": "Ja", "version": "1"}
    saved = client.post(f"{path}{items[0].pk}/", said)
    assert saved.headers["Location"] == f"{path}#punkt-{items[0].pk}"
    assert AgendaItem.objects.get(pk=items[0].pk).minutes == "Linje et\nLinje to"
    assert "Gemt kl. 9.10" in html(client, path)


def test_the_second_to_save_gets_a_page_with_both_texts_and_can_save_them_as_one(
    running: Meeting, items: list[AgendaItem], staff: User, manager: User
) -> None:
    path = f"{HOUSE}/{running.pk}/referat/{items[0].pk}/"
    browser(staff).post(path, {"minutes": "Den enes ord", "decision": "", "version": "1"})
    other = browser(manager)
    refused = other.post(path, {"minutes": "Den andens ord", "decision": "Nej", "version": "1"})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert page.index('<pre class="typed">Den enes ord</pre>') < page.index("Den andens ord</textarea>")
    assert 'name="version" value="2"' in page
    assert AgendaItem.objects.get(pk=items[0].pk).minutes == "Den enes ord"
    other.post(path, {"minutes": "Begges ord", "decision": "Nej", "version": "2"})
    assert AgendaItem.objects.get(pk=items[0].pk).minutes == "Begges ord"


def test_what_saves_itself_is_answered_with_the_new_version(
    running: Meeting, items: list[AgendaItem], staff: User
) -> None:
    client, path = browser(staff, headers={"hx-request": "true"}), f"{HOUSE}/{running.pk}/referat/{items[0].pk}/"
    saved = client.post(path, {"minutes": "Undervejs", "decision": "", "version": "1"})
    part = saved.content.decode()
    assert saved.status_code == 200
    assert "Gemt kl. 9.10" in part
    assert f'value="2" id="id_{items[0].pk}_version" hx-swap-oob="true"' in part
    late = client.post(path, {"minutes": "For sent", "decision": "", "version": "1"})
    assert late.status_code == 409
    assert "Se begge tekster" in late.content.decode()
    cpr = client.post(path, {"minutes": "010190-1234", "decision": "", "version": "2"})
    assert cpr.status_code == 422
    assert "CPR-nummer" in cpr.content.decode()


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"minutes": "x" * 20_001}, 422),
        ({"minutes": "Hun har 010190-1234"}, 422),
        ({"decision": "0101901234"}, 422),
        ({"version": ""}, 422),
        ({"version": "999"}, 409),
        ({"minutes": "a\0b"}, 422),
    ],
)
def test_minutes_that_cannot_be_are_refused_and_what_was_written_is_kept_on_the_page(
    running: Meeting, items: list[AgendaItem], staff: User, said: dict[str, str], status: int
) -> None:
    path = f"{HOUSE}/{running.pk}/referat/{items[0].pk}/"
    refused = browser(staff).post(path, {"minutes": "Mine ord", "decision": "Min beslutning", "version": "1", **said})
    assert refused.status_code == status
    assert (said.get("minutes") or "Mine ord") in refused.content.decode()
    assert AgendaItem.objects.get(pk=items[0].pk).minutes == ""


def test_markup_in_minutes_is_shown_as_text(running: Meeting, items: list[AgendaItem], staff: User) -> None:
    said = "<script>alert(1)</script> **fedt** [her](javascript:alert(2))"
    actions.save_minutes(item=items[0], minutes=said, decision="", version=1, by=standing(staff))
    page = html(browser(staff), f"{HOUSE}/{running.pk}/")
    assert "<script>alert" not in page
    assert "<strong>fedt</strong>" in page
    assert 'href="javascript' not in page


def test_unapproved_minutes_are_read_by_those_who_were_invited_and_approved_ones_by_all_who_see_the_meeting(
    running: Meeting, items: list[AgendaItem], staff: User, contact: User, member: User
) -> None:
    actions.save_minutes(item=items[0], minutes="Det blev sagt", decision="", version=1, by=standing(staff))
    path = f"{HOUSE}/{running.pk}/"
    assert ["Det blev sagt" in html(browser(user), path) for user in (staff, contact, member)] == [True, True, False]
    assert browser(staff).post(f"{path}godkend/").status_code == 302
    assert "Det blev sagt" in html(browser(member), path)
    assert "Referatet er godkendt" in html(browser(member), path)
    assert browser(staff).get(f"{path}referat/").status_code == 409


def test_who_is_present_is_ticked_and_who_keeps_the_minutes_knows_whom(running: Meeting, staff: User) -> None:
    client, path = browser(staff), f"{HOUSE}/{running.pk}/"
    first, second = running.participants.order_by("pk")
    page = html(client, f"{path}referat/")
    assert "Koret (Signe)" in page
    client.post(f"{path}fremmoede/", {"present": [first.pk, second.pk]})
    client.post(f"{path}fremmoede/", {"before": f"{first.pk},{second.pk}", "present": [second.pk]})
    assert list(running.participants.order_by("pk").values_list("present", flat=True)) == [False, True]
    assert client.post(f"{path}fremmoede/", {"present": ["999999"]}).status_code == 422


def test_five_hundred_can_be_ticked(running: Meeting, staff: User) -> None:
    """No form has more fields than a request may."""
    Participant.objects.bulk_create(Participant(meeting=running, present=True) for _ in range(500))
    page = html(browser(staff), f"{HOUSE}/{running.pk}/referat/")
    forms = re.findall(r"<form[^>]*fremmoede.*?</form>", page, re.DOTALL)
    assert [len(re.findall(r'name="present"', form)) for form in forms] == [100] * 5 + [2]
    assert all(len(re.findall(r"<input", form)) < 300 for form in forms)


def test_the_pages_name_what_people_wrote_as_text(house: Center, staff: User) -> None:
    hostile = '"><script>alert(1)</script>'
    made = draft(house, staff, title=hostile, place=hostile)
    item(made, staff, hostile, 10, ActorFactory.create(name=hostile, house=house))
    UserFactory.create(contact_of=ActorFactory.create(house=house))
    actions.convene(meeting=made, by=standing(staff))
    for path in ("", "dagsorden/", "ret/", "indkald/", "aflys/"):
        assert "<script>alert" not in html(browser(staff), f"{HOUSE}/{made.pk}/{path}")
