"""Making a meeting on its pages: the frame, the agenda, convening and cancelling."""

from datetime import timedelta

import pytest
import time_machine

from actors.meetings import actions
from actors.meetings.enums import MeetingState
from actors.meetings.meeting_bodies import ItemData
from actors.meetings.models import AgendaItem, Meeting
from actors.models import Actor, User
from centers.models import Center, Room
from medborger.common import clock
from tests.actors.browsers import browser
from tests.actors.meetings.factories import at, draft
from tests.actors.meetings.meeting_bodies import OFFERED
from tests.actors.meetings.pages import HOUSE, html
from tests.factories import ActorFactory, working_day
from tests.fixtures import access

# --- making it ------------------------------------------------------------------------------------------------------


def form(**said: str) -> dict[str, str]:
    day = working_day().isoformat()
    return {"title": "Nyt møde", "date": day, "start": "19.00", "end": "21.00", "room": "", "place": "", **said}


def test_a_meeting_is_made_by_its_form_and_its_agenda_comes_next(house: Center, room: Room, staff: User) -> None:
    made = browser(staff).post(f"{HOUSE}/husforum/nyt/", form(room="salen"))
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
    ways = [client.post(f"{HOUSE}/husforum/nyt/", form(token=token)).headers["Location"] for _ in range(2)]
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
    refused = browser(staff).post(f"{HOUSE}/husforum/nyt/", form(**said))
    assert refused.status_code == 422
    assert "error-summary" in refused.content.decode()
    assert not Meeting.objects.exists()


def test_only_who_may_convene_opens_the_forms(invited: Meeting, items: list[AgendaItem], contact: User) -> None:
    under = [f"{invited.pk}/{page}/" for page in ("ret", "indkald", "aflys", "dagsorden", "referat", "godkend")]
    paths = ["husforum/nyt/", *under, f"{invited.pk}/dagsorden/{items[0].pk}/", f"{invited.pk}/referat/{items[0].pk}/"]
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


def test_an_agenda_of_twenty_five_hours_is_refused_in_plain_words(meeting: Meeting, staff: User) -> None:
    client, path = browser(staff), f"{HOUSE}/{meeting.pk}/dagsorden/"
    answers = [client.post(path, {**ITEM, "minutes_needed": "240"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 422, 422]
    assert "Så bliver dagsordenen længere end 12 timer. Del den over flere møder." in answers[-1].content.decode()
    assert meeting.items.count() == 5


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
    OFFERED[house.pk] = [
        ItemData("Forslag 7", "Om støj", minutes_needed=25, owner=singers, about="/foreningernes-hus/kalender/")
    ]
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
        actions.save_minutes(item=items[0], minutes="Nåede vi", decision="", version=1, by=access(staff))
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
