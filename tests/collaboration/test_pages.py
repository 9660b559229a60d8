"""The pages of the log: who sees which, the list with its choices, and what the buttons do."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.enums import ActorKind
from actors.models import Actor, User
from centers.models import Center
from collaboration import actions
from collaboration.enums import CollaborationKind, CollaborationState
from collaboration.models import Collaboration, Gathering, Introduction
from medborger.common import clock, pagination
from medborger.common.models import Message
from tests.actors.browsers import browser
from tests.actors.meetings.pages import html
from tests.collaboration.factories import days_ago, entered, entry, proposed, written_to_others
from tests.factories import ActorFactory, TargetGroupFactory, ThemeFactory
from tests.fixtures import access

LOG = "/foreningernes-hus/samarbejde/"


def one(collaboration: Collaboration, under: str = "") -> str:
    return f"{LOG}{collaboration.pk}/{under}"


def said(*actors: Actor, **fields: Any) -> dict[str, Any]:
    """The form of an entry, filled in."""
    return {
        "title": "Lysfest",
        "actors": [actor.pk for actor in actors],
        "form": CollaborationKind.CO_CREATE,
        "since": days_ago(10).isoformat(),
        "token": str(uuid4()),
    } | fields


# --- who sees what --------------------------------------------------------------------------------------------------


def test_what_is_confirmed_is_read_by_all_of_the_house_and_what_is_proposed_by_its_own(
    house: Center, singing: Collaboration, singers: Actor, players: Actor, player: User, contact: User, staff: User
) -> None:
    proposal = proposed(house, singers, players)
    for user, status in ((player, 200), (staff, 200), (contact, 404)):
        assert browser(user).get(one(singing)).status_code == 200
        assert browser(user).get(one(proposal)).status_code == status
        assert ("Fælles aften" in html(browser(user), f"{LOG}?vis=foreslaaede")) == (status == 200)


def test_without_a_tie_to_the_house_nobody_reads_the_log(
    singing: Collaboration, outsider: User, other_manager: User
) -> None:
    for path in (LOG, one(singing)):
        assert Client().get(path).status_code == 302
        assert [browser(user).get(path).status_code for user in (outsider, other_manager)] == [403, 403]


def test_a_collaboration_is_not_found_under_another_house(
    singing: Collaboration, other_house: Center, admin: User
) -> None:
    assert browser(admin).get(f"/kvarterhuset/samarbejde/{singing.pk}/").status_code == 404


def test_the_titles_of_what_was_seen_are_for_its_own_people_and_staff(
    house: Center, singers: Actor, players: Actor, singer: User, contact: User
) -> None:
    made = proposed(house, singers, players, title="Hemmelig øvelse")
    changed = entry(singers, players, title="Lysfest", since=made.since)
    actions.confirm(collaboration=made, changes=changed, by=access(singer))
    assert "Hemmelig øvelse" in html(browser(singer), one(made))
    page = html(browser(contact), one(made))
    assert "Hemmelig øvelse" not in page
    assert "Lokale booket sammen" in page


def test_persons_are_named_to_their_own_association_and_to_staff(
    singing: Collaboration, contact: User, member: User, singer: User, player: User, staff: User
) -> None:
    named = {user: contact.name in html(browser(user), one(singing)) for user in (member, staff, singer, player)}
    assert named == {member: True, staff: True, singer: False, player: False}


# --- the list -------------------------------------------------------------------------------------------------------


@pytest.fixture
def different(house: Center, association: Actor, singers: Actor, players: Actor, staff: User) -> dict[str, Any]:
    """Three that differ in all that one can choose by."""
    office = ActorFactory.create(name="Kommunen", house=house, kind=ActorKind.MUNICIPAL)
    theme, group = ThemeFactory.create(), TargetGroupFactory.create()
    entered(house, staff, association, singers, title="Sang", form=CollaborationKind.ALIGN, themes=(theme,))
    entered(house, staff, association, office, title="Kursus", target_groups=(group,), since=days_ago(20))
    entered(house, staff, singers, players, title="Skaktur", since=days_ago(300), until=days_ago(200))
    return {"players": players.pk, "theme": theme.pk, "group": group.pk}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Sang", "Kursus", "Skaktur"}),
        ("?vis=i-gang", {"Sang", "Kursus"}),
        ("?vis=afsluttede", {"Skaktur"}),
        ("?vis=afviste", set()),
        ("?form=align", {"Sang"}),
        ("?aktoer={players}", {"Skaktur"}),
        ("?emne={theme}", {"Sang"}),
        ("?maalgruppe={group}", {"Kursus"}),
        ("?paatvaers=1", {"Kursus"}),
        ("?form=coordinate&paatvaers=1", {"Kursus"}),
        ("?til={long_ago}", {"Skaktur"}),
        ("?fra={lately}", {"Sang", "Kursus"}),
        ("?fra={lately}&form=align", {"Sang"}),
    ],
)
def test_the_list_shows_what_its_address_asks_for(
    different: dict[str, Any], staff: User, query: str, titles: set[str]
) -> None:
    days = {"long_ago": f"{days_ago(150):%d.%m.%Y}", "lately": f"{days_ago(30):%d.%m.%Y}"}
    page = html(browser(staff), LOG + query.format(**different, **days))
    assert {title for title in ("Sang", "Kursus", "Skaktur") if f">{title}</a>" in page} == titles


def test_a_date_that_is_none_is_said_at_its_field_and_an_unknown_word_is_not_found(
    different: dict[str, Any], staff: User
) -> None:
    assert "Skriv datoen som" in html(browser(staff), f"{LOG}?fra=i+g%C3%A5r")
    for query in ("?form=love", "?aktoer=0", "?vis=alt", "?emne=x", "?paatvaers=2", "?efter=x"):
        assert browser(staff).get(LOG + query).status_code == 404


def test_the_picture_counts_confirmed_ones_alone_in_the_order_of_the_five(
    house: Center, different: dict[str, Any], singers: Actor, players: Actor, staff: User
) -> None:
    proposed(house, singers, players)
    page = html(browser(staff), f"{LOG}?vis=foreslaaede")
    table = page[page.index('class="forms-table"') : page.index("</table>")]
    numbers = [int(cell.split("<")[0]) for cell in table.split('class="number">')[1:]]
    assert numbers == [0, 1, 0, 2, 0]


def test_the_list_costs_the_same_with_one_and_three(
    house: Center, association: Actor, singers: Actor, players: Actor, contact: User
) -> None:
    client, counts = browser(contact), []
    client.get(LOG)
    for title in ("a", "b", "c"):
        entered(house, contact, association, singers, players, title=title)
        with CaptureQueriesContext(connection) as statements:
            client.get(LOG)
        counts.append(len(statements))
    assert counts[0] == counts[-1] <= 11


def test_the_list_is_turned_by_its_key(
    house: Center, association: Actor, singers: Actor, contact: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "SIZE", 2)
    for title, days in (("A", 9), ("B", 9), ("C", 9), ("D", 30)):
        entered(house, contact, association, singers, title=title, since=days_ago(days))
    client, query, seen = browser(contact), "", []
    for _ in range(2):
        page = client.get(LOG + query).context["page"]
        seen += [row.title for row in page.rows]
        query = page.next_url
    assert (seen, query) == (["C", "B", "A", "D"], "")
    assert [row.title for row in client.get(LOG + page.previous_url).context["page"].rows] == ["C", "B"]


def test_an_empty_log_says_what_to_do_first(house: Center, contact: User) -> None:
    page = html(browser(contact), LOG)
    assert "Her står ingen samarbejder endnu" in page
    assert "forms-table" not in page


def test_the_file_holds_what_the_page_shows_and_no_formulas(
    house: Center, association: Actor, singers: Actor, contact: User
) -> None:
    """The log's export goes through the one way to a file (docs/security.md, check 21)."""
    entered(house, contact, association, singers, title="=1+1", purpose="-2", learned="Øv; og æd")
    entered(house, contact, association, singers, title="Anden", form=CollaborationKind.ALIGN)
    answer = browser(contact).get(f"{LOG}log.csv?form=coordinate")
    lines = answer.content.decode("utf-8-sig").splitlines()
    day = days_ago(100).isoformat()
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert lines[1:] == [f"'=1+1;Folkedanserne, Koret;Samordne;I gang;{day};;;;'-2;\"Øv; og æd\";nej"]


def test_a_file_wants_a_recent_log_in_and_is_fetched_five_times_an_hour(house: Center, contact: User) -> None:
    """An export asks for a recent log-in (docs/security.md, check 10)."""
    client = browser(contact)
    assert [client.get(f"{LOG}log.csv").status_code for _ in range(6)] == [200] * 5 + [429]
    stale = Client()
    stale.force_login(contact)
    assert stale.get(f"{LOG}log.csv").status_code == 302


def test_what_writes_to_others_is_sent_sixty_times_an_hour(
    singing: Collaboration, association: Actor, singers: Actor, players: Actor, contact: User, singer: User
) -> None:
    written_to_others(contact, 60)
    Message.objects.all().delete()
    client = browser(contact)
    for address in (f"{LOG}nyt/", one(singing, "ret/")):
        assert client.post(address, said(association, singers, players)).status_code == 429
        assert client.get(address).status_code == 200
    assert not Message.objects.exists()
    assert browser(singer).post(f"{LOG}nyt/", said(singers, players)).status_code == 302


# --- writing --------------------------------------------------------------------------------------------------------


def test_a_member_writes_one_in_with_their_own_actor_ticked_and_the_form_chosen(
    house: Center, association: Actor, singers: Actor, member: User
) -> None:
    client = browser(member)
    page = html(client, f"{LOG}nyt/?form=co_create")
    boxes = re.findall(r"<input[^>]* checked[^>]*>", page)
    ticked = [value for box in boxes for value in re.findall(r'value="(\w+)"', box)]
    assert ticked == [str(association.pk), "co_create"]
    form = said(association, singers)
    answer = client.post(f"{LOG}nyt/", form)
    made = Collaboration.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, one(made))
    assert (made.title, made.form, made.since) == ("Lysfest", CollaborationKind.CO_CREATE, days_ago(10))
    assert client.post(f"{LOG}nyt/", form).headers["Location"] == one(made)
    assert Collaboration.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": ""}, "Skriv, hvad I laver sammen."),
        ({"title": "Ring til 010190-1234"}, "Det ligner et CPR-nummer"),
        ({"form": "marriage"}, "Vælg en af de fem former."),
        ({"form": ""}, "Vælg en af de fem former."),
        ({"since": "i går"}, "Skriv datoen som"),
        ({"until": days_ago(11).isoformat()}, "Slutdatoen kan ikke ligge før startdatoen."),
        ({"next_step": "Ring"}, "hvem der tager det, og hvornår"),
        ({"actors": []}, "Vælg mindst to forskellige aktører."),
        ({"learned": "x" * 2001}, "højst 2000 tegn"),
    ],
)
def test_what_is_written_wrongly_is_said_and_nothing_is_kept(
    house: Center, association: Actor, singers: Actor, member: User, fields: dict[str, Any], message: str
) -> None:
    answer = browser(member).post(f"{LOG}nyt/", said(association, singers, **fields))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Collaboration.objects.exists()


def test_the_same_actor_twice_and_others_actors_alone_are_said_at_the_field(
    house: Center, other_house: Center, association: Actor, singers: Actor, players: Actor, member: User
) -> None:
    elsewhere = ActorFactory.create(house=other_house)
    for actors in ((association, association), (singers, players), (association, elsewhere)):
        assert browser(member).post(f"{LOG}nyt/", said(*actors)).status_code == 422
    assert not Collaboration.objects.exists()


def test_what_stands_already_is_shown(singing: Collaboration, association: Actor, singers: Actor, member: User) -> None:
    answer = browser(member).post(f"{LOG}nyt/", said(association, singers, title="fællessang"))
    assert answer.status_code == 422
    assert f'href="{one(singing)}"' in answer.content.decode()


def test_markup_in_words_is_shown_as_words(singing: Collaboration, contact: User) -> None:
    actions.end(collaboration=singing, on=clock.today(), learned="<script>alert(1)</script>", by=access(contact))
    page = browser(contact).get(one(singing)).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_it_is_changed_ended_taken_up_again_and_given_another_form(
    singing: Collaboration, association: Actor, singers: Actor, member: User
) -> None:
    client, form = browser(member), said(association, singers, version=1)
    assert client.post(one(singing, "ret/"), form).headers["Location"] == one(singing)
    assert client.post(one(singing, "ret/"), form).status_code == 409
    client.post(one(singing, "form/"), {"form": "align", "since": days_ago(2).isoformat()})
    client.post(one(singing, "slut/"), {"until": days_ago(1).isoformat(), "learned": "Øv"})
    singing.refresh_from_db()
    assert (singing.title, singing.form, singing.state, singing.learned) == (
        "Lysfest",
        "align",
        CollaborationState.ENDED,
        "Øv",
    )
    client.post(one(singing, "genoptag/"))
    singing.refresh_from_db()
    assert singing.state == CollaborationState.GOING
    page = html(client, one(singing))
    for words in ("Samordne", "Samvirke", "Ny form fra", "Afsluttet", "Taget op igen"):
        assert words in page


def test_stepping_out_is_asked_before_it_is_done(singing: Collaboration, singers: Actor, singer: User) -> None:
    client = browser(singer)
    assert "står samarbejdet ikke længere i loggen" in html(client, one(singing, "traed-ud/"))
    assert client.post(one(singing, "traed-ud/"), {"actor": "0"}).status_code == 422
    assert client.post(one(singing, "traed-ud/"), {"actor": singers.pk}).headers["Location"] == one(singing)
    singing.refresh_from_db()
    assert singing.state == CollaborationState.DISMISSED


def test_strangers_read_it_and_change_nothing(singing: Collaboration, player: User) -> None:
    client = browser(player)
    page = html(client, one(singing))
    assert "Ret" not in page.split("<main")[1].split("</main")[0].replace("Rettet", "")
    for under in ("ret/", "form/", "slut/", "traed-ud/"):
        assert [client.get(one(singing, under)).status_code, client.post(one(singing, under)).status_code] == [403, 403]
    assert client.post(one(singing, "genoptag/")).status_code == 403


# --- proposals ------------------------------------------------------------------------------------------------------


@pytest.fixture
def proposal(house: Center, association: Actor, singers: Actor) -> Collaboration:
    return proposed(house, association, singers)


def test_a_proposal_is_answered_from_mig_with_one_button(
    proposal: Collaboration, singer: User, contact: User, player: User
) -> None:
    client = browser(singer)
    page = html(client, "/mig/")
    for words in ("Siden har set jer sammen.", "Bekræft", "Ret og bekræft", "Afvis", "Vi trækker på hinanden"):
        assert words in page
    assert "Siden har set jer sammen." not in html(browser(player), "/mig/")
    answer = client.post(one(proposal, "bekraeft/"), {"back": "me"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/mig/")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.confirmed_by) == (CollaborationState.GOING, singer)
    assert "Siden har set jer sammen." not in html(browser(contact), "/mig/")
    assert browser(contact).post(one(proposal, "afvis/")).status_code == 409


def test_a_proposal_is_confirmed_with_changes_from_its_form(
    proposal: Collaboration, association: Actor, singers: Actor, players: Actor, singer: User
) -> None:
    client = browser(singer)
    assert "Gem og bekræft" in html(client, one(proposal, "ret/"))
    client.post(one(proposal, "ret/"), said(association, singers, players, version=1))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.title, proposal.parties.count()) == (CollaborationState.GOING, "Lysfest", 3)


def test_a_next_step_stands_on_mig_of_who_took_it(
    house: Center, association: Actor, singers: Actor, contact: User, singer: User
) -> None:
    step = {"next_step": "Book Salen", "next_step_owner": singers, "next_step_on": days_ago(1)}
    entered(house, contact, association, singers, **step)
    page = html(browser(singer), "/mig/")
    assert "Book Salen" in page
    assert "Over tiden" in page
    assert "Book Salen" not in html(browser(contact), "/mig/")


def test_mig_costs_the_same_with_one_proposal_and_three(house: Center, association: Actor, contact: User) -> None:
    client, counts = browser(contact), []
    client.get("/mig/")
    for n in range(3):
        proposed(house, association, ActorFactory.create(house=house), key=f"a:{n}")
        Gathering.objects.all().delete()
        Collaboration.objects.update(state=CollaborationState.PROPOSED)
        with CaptureQueriesContext(connection) as statements:
            client.get("/mig/")
        counts.append(len(statements))
    assert counts[0] == counts[-1]


# --- the chooser and the tie ----------------------------------------------------------------------------------------


def test_the_chooser_suggests_and_leads_on_and_shows_all_five(house: Center, member: User) -> None:
    client = browser(member)
    page = html(client, f"{LOG}form/")
    assert "Det kunne være" not in page
    assert page.count("Husets eget spørgsmål") == 4
    page = html(client, f"{LOG}form/?passer=noget-nyt&passer=lave-om&passer=ukendt")
    suggested = page[page.index("Det kunne være") : page.index("Hvad passer på jer?")]
    assert f'href="{LOG}nyt/?form=co_create"' in suggested
    assert "Vi er klar til at lave om på" in suggested
    for form in CollaborationKind:
        assert f'href="{LOG}nyt/?form={form.value}"' in page


def test_staff_ask_two_for_coffee_once(
    house: Center, association: Actor, singers: Actor, contact: User, singer: User, coordinator: User, member: User
) -> None:
    first, second = sorted((association, singers), key=lambda actor: actor.pk)
    tie = Introduction.objects.create(
        center=house, week_starts_on=clock.monday(clock.today() - timedelta(days=7)), first=first, second=second
    )
    path, client = f"{LOG}forbindelser/{tie.pk}/", browser(coordinator)
    assert browser(member).get(path).status_code == 403
    assert "Kære Folkedanserne og Koret" in html(client, path)
    assert client.post(path, {"message": ""}).status_code == 422
    assert client.post(path, {"message": "Kaffe?"}).headers["Location"] == path
    assert client.post(path, {"message": "Kaffe?"}).status_code == 409
    assert client.post(f"{path}ikke-nu/").status_code == 409
    assert Message.objects.filter(text="Kaffe?").count() == 2
    assert "De blev inviteret på en kop kaffe" in html(client, path)
