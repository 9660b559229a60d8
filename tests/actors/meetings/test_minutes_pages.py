"""The pages of minutes: plain forms, what saves itself, both texts, who was there."""

import re

import pytest

from actors.meetings import actions
from actors.meetings.models import AgendaItem, Meeting, Participant
from actors.models import User
from centers.models import Center
from tests.actors.browsers import browser
from tests.actors.meetings.factories import draft, item
from tests.actors.meetings.pages import HOUSE, html
from tests.factories import ActorFactory, UserFactory
from tests.fixtures import access

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


def test_minutes_of_five_megabytes_are_refused(running: Meeting, items: list[AgendaItem], staff: User) -> None:
    path = f"{HOUSE}/{running.pk}/referat/{items[0].pk}/"
    refused = browser(staff).post(path, {"minutes": "x" * 5_000_000, "decision": "", "version": "1"})
    assert refused.status_code == 413
    assert AgendaItem.objects.get(pk=items[0].pk).minutes == ""


def test_markup_in_minutes_is_shown_as_text(running: Meeting, items: list[AgendaItem], staff: User) -> None:
    said = "<script>alert(1)</script> **fedt** [her](javascript:alert(2))"
    actions.save_minutes(item=items[0], minutes=said, decision="", version=1, by=access(staff))
    page = html(browser(staff), f"{HOUSE}/{running.pk}/")
    assert "<script>alert" not in page
    assert "<strong>fedt</strong>" in page
    assert 'href="javascript' not in page


def test_unapproved_minutes_are_read_by_those_who_were_invited_and_approved_ones_by_all_who_see_the_meeting(
    running: Meeting, items: list[AgendaItem], staff: User, contact: User, member: User
) -> None:
    actions.save_minutes(item=items[0], minutes="Det blev sagt", decision="", version=1, by=access(staff))
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
    actions.convene(meeting=made, by=access(staff))
    for path in ("", "dagsorden/", "ret/", "indkald/", "aflys/"):
        assert "<script>alert" not in html(browser(staff), f"{HOUSE}/{made.pk}/{path}")
