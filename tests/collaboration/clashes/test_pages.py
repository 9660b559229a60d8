"""The pages: who sees which clash, what they can do there, and what the bookings' own pages say."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, User
from bookings.enums import Audience
from bookings.models import Booking
from centers.models import Center
from collaboration.clashes import actions
from collaboration.clashes.models import Clash
from collaboration.models import Neighbour
from medborger.common import clock
from tests.collaboration.clashes.events import Town
from tests.collaboration.factories import written_to_others
from tests.factories import ActorFactory, CenterFactory, RoomFactory, working_day
from tests.guards.world import log_in

pytestmark = pytest.mark.django_db
LIST = "/foreningernes-hus/sammenfald/"
SQL_OF_THE_LIST = 10


def path(clash: Clash, under: str = "") -> str:
    return f"{LIST}{clash.pk}/{under}"


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def browser(town: Town, event: Booking) -> Client:
    return log_in(town.contact_of(town.holder(event)))


# --- the list and the page ------------------------------------------------------------------------------------------


def test_staff_see_all_of_the_house_and_members_those_of_their_own_actors(
    town: Town, clash: Clash, staff: User, member: User
) -> None:
    assert "Sangaften" in page(log_in(staff), LIST)
    assert "Sangaften" in page(browser(town, clash.second), LIST)
    assert "Sangaften" not in page(log_in(member), LIST)
    assert log_in(member).get(path(clash)).status_code == 404


def test_what_was_done_stands_below_and_can_be_picked_out(town: Town, clash: Clash, staff: User) -> None:
    town.event(start=600, end=660, title="Morgensang")
    town.event(start=600, end=660, title="Yoga")
    actions.leave_it(clash=clash, side=clash.first, version=1, by=town.by(clash.first))
    waiting, log = page(log_in(staff), LIST).split("Hvad der blev gjort")
    assert ("Morgensang" in waiting, "Sangaften" in waiting) == (True, False)
    assert ("Morgensang" in log, "Sangaften" in log) == (False, True)
    assert "Sangaften" not in page(log_in(staff), f"{LIST}?blev=moved")
    assert "Sangaften" in page(log_in(staff), f"{LIST}?blev=left")
    assert "Sangaften" in page(log_in(staff), f"{LIST}?blev=nonsense")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long(town: Town, staff: User, number: int) -> None:
    for hour in range(number):
        for _ in range(2):
            town.event(start=(8 + hour) * 60, end=(9 + hour) * 60)
    done = Clash.objects.with_events().order_by("pk")[0]
    for hour in range(number):
        for _ in range(2):
            town.event(start=(12 + hour) * 60, end=(13 + hour) * 60)
    for clash in Clash.objects.with_events().filter(first__starts_at__lt=done.first.starts_at + timedelta(hours=4)):
        actions.leave_it(clash=clash, side=clash.first, version=1, by=town.by(clash.first))
    client = log_in(staff)
    client.get(LIST)
    with CaptureQueriesContext(connection) as statements:
        assert client.get(LIST).status_code == 200
    assert len(statements) <= SQL_OF_THE_LIST


def test_the_page_offers_the_three_ways_with_free_times_that_meet_nothing(town: Town, clash: Clash) -> None:
    third = town.event(start=20 * 60, end=22 * 60)
    seen = page(browser(town, clash.second), path(clash))
    for way in ("Flyt", "Lav det sammen", "Lad det stå"):
        assert way in seen
    day = clock.local(clash.second.starts_at).date().isoformat()
    form = f"/foreningernes-hus/bookinger/{clash.second_id}/flyt/?lokale={clash.second.room.slug}&amp;dato={day}"
    assert f"{form}&amp;fra=16.00&amp;til=18.00" in seen
    assert f"{form}&amp;fra=20.00" not in seen, f"meets {third}"


def test_the_link_fills_in_the_form_that_moves(town: Town, clash: Clash) -> None:
    seen = page(
        browser(town, clash.second),
        f"/foreningernes-hus/bookinger/{clash.second_id}/flyt/?fra=16.00&til=18.00",
    )
    assert 'name="start" value="16.00"' in seen
    assert 'name="end" value="18.00"' in seen


def test_asking_answering_and_being_told(town: Town, clash: Clash) -> None:
    asking, asked = (browser(town, event) for event in (clash.second, clash.first))
    said = {"version": 1, "side": clash.second_id, "kept": clash.first_id, "message": "Skal vi?"}
    assert asking.post(path(clash, "spoerg/"), said).headers["Location"] == path(clash)
    assert "Træk spørgsmålet tilbage" in page(asking, path(clash))
    seen = page(asked, path(clash))
    assert "Skal vi?" in seen
    assert "Ja, vi laver det sammen" in seen
    assert asked.post(path(clash, "ja/"), {"version": 2}).status_code == 302
    assert "I laver det sammen" in page(asked, path(clash))
    assert "laver »Sangaften« sammen" in page(asking, path(clash))


def test_questions_are_among_what_is_sent_sixty_times_an_hour(town: Town, clash: Clash) -> None:
    written_to_others(town.contact_of(town.holder(clash.second)), 60)
    said = {"version": 1, "side": clash.second_id, "kept": clash.first_id}
    assert browser(town, clash.second).post(path(clash, "spoerg/"), said).status_code == 429
    assert Clash.objects.get().state == "open"


def test_staff_are_told_that_only_the_actor_says_yes(town: Town, clash: Clash, staff: User) -> None:
    actions.ask_together(
        clash=clash, side=clash.second, kept=clash.first, message="", version=1, by=town.by(clash.second)
    )
    seen = page(log_in(staff), path(clash))
    assert "selv kan svare ja" in seen
    assert "Ja, vi laver det sammen" not in seen


@pytest.mark.parametrize(
    ("under", "said", "status"),
    [
        ("spoerg/", {"kept": "0"}, 422),
        ("spoerg/", {"message": "Ring til 010190-1234", "kept": "first"}, 422),
        ("spoerg/", {"message": "x" * 1001, "kept": "first"}, 422),
        ("spoerg/", {"version": "99", "kept": "first"}, 409),
        ("lad-staa/", {"side": "x"}, 422),
        ("lad-staa/", {"side": "1"}, 422),
        ("lad-staa/", {"version": ""}, 422),
        ("ja/", {}, 409),
        ("nej/", {}, 409),
        ("igen/", {}, 409),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_said_and_nothing_is_stored(
    town: Town, clash: Clash, under: str, said: Mapping[str, Any], status: int
) -> None:
    form = {"version": "1", "side": str(clash.second_id)} | dict(said)
    if form.get("kept") == "first":
        form["kept"] = str(clash.first_id)
    before = Clash.objects.values().get()
    assert browser(town, clash.second).post(path(clash, under), form).status_code == status
    assert Clash.objects.values().get() == before


def test_a_message_is_text_and_never_markup(town: Town, clash: Clash) -> None:
    said = {"version": 1, "side": clash.second_id, "kept": clash.first_id, "message": "<script>alert(1)</script>"}
    browser(town, clash.second).post(path(clash, "spoerg/"), said)
    seen = page(browser(town, clash.first), path(clash))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in seen


# --- another house --------------------------------------------------------------------------------------------------


def test_each_sees_it_in_their_own_house_and_a_hidden_actor_is_not_named_in_the_other(
    town: Town, house: Center, other_house: Center, neighbours: Neighbour, other_manager: User, staff: User
) -> None:
    hidden = ActorFactory.create(house=other_house, shown_publicly=False, name="Kvindegruppen")
    here, there = town.event(title="Sangaften"), town.event(hidden, center=other_house, title="Te og snak")
    clash = Clash.objects.get()
    for client in (browser(town, here), log_in(staff)):
        seen = page(client, path(clash)) + page(client, LIST)
        assert "Te og snak" in seen
        assert "En aktør i Kvarterhuset" in seen
        assert "Kvindegruppen" not in seen
    for client in (browser(town, there), log_in(other_manager)):
        assert "Kvindegruppen" in page(client, f"/kvarterhuset/sammenfald/{clash.pk}/")
    assert browser(town, there).get(path(clash)).status_code == 403


def test_staff_are_told_the_names_of_who_acted_in_their_own_house_alone(
    town: Town, other_house: Center, neighbours: Neighbour, other_manager: User, staff: User
) -> None:
    here, there = town.event(ActorFactory.create(house=town.center, name="Koret")), town.event(center=other_house)
    clash = Clash.objects.with_events().get()
    left = actions.leave_it(clash=clash, side=here, version=1, by=town.by(here))
    actions.reopen(clash=left, version=2, by=town.by(there))
    assert "Kontakt i Koret" in page(log_in(staff), path(clash))
    seen = page(log_in(other_manager), f"/kvarterhuset/sammenfald/{clash.pk}/")
    assert "Koret lod begge stå" in seen
    assert "Kontakt i" not in seen
    assert str(town.contact_of(town.holder(there))) not in page(log_in(staff), path(clash))


# --- the bookings' own pages ----------------------------------------------------------------------------------------


def booking_page(client: Client, event: Booking) -> str:
    return page(client, f"/{event.center.slug}/bookinger/{event.pk}/")


def test_the_bookings_page_says_what_it_meets_to_those_who_may_change_it_alone(
    town: Town, clash: Clash, member: User, staff: User, outsider: User
) -> None:
    panel = f"holder »Sangaften« i {clash.first.room.name} kl. 18.00–20.00."
    for client in (browser(town, clash.second), log_in(staff)):
        assert panel in booking_page(client, clash.second)
    for client in (Client(), log_in(outsider), log_in(member), browser(town, clash.first)):
        assert "Samme tid" not in booking_page(client, clash.second)


def hint(client: Client, **said: Any) -> str:
    return page_of_hint(client, {"date": working_day().isoformat(), "start": "17", "end": "19", **said})


def page_of_hint(client: Client, said: Mapping[str, Any]) -> str:
    answer = client.get("/foreningernes-hus/book/hint/", said)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_form_says_in_a_line_what_the_event_would_meet_and_books_it_all_the_same(
    town: Town, first: Booking, association: Actor, member: User
) -> None:
    room = RoomFactory.create(center=town.center)
    words = {"themes": town.theme.pk, "target_groups": town.group.pk, "audience": "everyone", "actor": association.pk}
    line = (
        f"Samme tid, samme målgruppe: {town.holder(first).name} holder »Sangaften« i {first.room.name} kl. 18.00–20.00."
    )
    client = log_in(member)
    assert line in hint(client, room=room.slug, **words)
    for less in ("themes", "target_groups", "audience"):
        assert "Samme tid" not in hint(client, room=room.slug, **{k: v for k, v in words.items() if k != less})
    assert "Samme tid" not in hint(client, room=room.slug, **words, drop_in="on")
    assert "Samme tid" not in hint(client, room=room.slug, **(words | {"themes": "x"}))
    assert "Samme tid" not in hint(client, room=room.slug, **(words | {"end": "18"}))
    town.event(association, start=17 * 60, end=19 * 60)
    assert Clash.objects.count() == 1


def test_who_moves_an_event_is_told_what_it_would_meet_there(town: Town, first: Booking) -> None:
    mine = town.event(start=10 * 60, end=12 * 60)
    said = {"room": mine.room.slug, "booking": mine.pk}
    assert "holder »Sangaften«" in hint(browser(town, mine), **said)
    closed = town.event(start=10 * 60, end=12 * 60, audience=Audience.CLOSED)
    assert "Samme tid" not in hint(browser(town, closed), room=closed.room.slug, booking=closed.pk)


# --- one's own page -------------------------------------------------------------------------------------------------


def test_ones_own_page_begins_with_what_waits_for_an_answer(town: Town, clash: Clash, member: User) -> None:
    third = town.event(town.holder(clash.first), start=600, end=660, title="Morgensang")
    town.event(start=600, end=660)
    actions.ask_together(
        clash=clash, side=clash.second, kept=clash.first, message="", version=1, by=town.by(clash.second)
    )
    seen = page(browser(town, third), "/mig/")
    assert seen.index("spørger: Skal vi lave det sammen?") < seen.index("»Morgensang«")
    assert f'href="{path(clash)}"' in seen
    assert "Samme tid, samme målgruppe" not in page(log_in(member), "/mig/")


# --- neighbours -----------------------------------------------------------------------------------------------------

NEIGHBOURS = "/foreningernes-hus/naboer/"


def test_a_manager_names_a_house_changes_what_is_left_to_it_and_takes_it_off(
    house: Center, other_house: Center, manager: User
) -> None:
    client = log_in(manager)
    client.post(NEIGHBOURS, {"neighbour": other_house.pk, "leaves": "Frivillige foreninger"})
    named = Neighbour.objects.get()
    assert (named.center, named.neighbour, named.leaves) == (house, other_house, "Frivillige foreninger")
    client.post(f"{NEIGHBOURS}{named.pk}/", {"leaves": "Alt om sundhed"})
    named.refresh_from_db()
    assert named.leaves == "Alt om sundhed"
    client.post(f"{NEIGHBOURS}{named.pk}/slut/")
    assert not Neighbour.objects.exists()


def test_staff_read_what_each_of_the_two_leaves_to_the_other(
    house: Center, other_house: Center, neighbours: Neighbour, staff: User
) -> None:
    Neighbour.objects.filter(pk=neighbours.pk).update(leaves="Store fester")
    seen = page(log_in(staff), NEIGHBOURS)
    assert "Huse, der har skrevet jer ind" in seen
    assert "Store fester" in seen
    Neighbour.objects.create(center=house, neighbour=other_house, leaves="Alt om sundhed", since=clock.today())
    seen = page(log_in(staff), NEIGHBOURS)
    assert "Huse, der har skrevet jer ind" not in seen
    assert ("Store fester" in seen, "Alt om sundhed" in seen, "<textarea" in seen) == (True, True, False)


@pytest.mark.parametrize("wrong", ["itself", "retired", "twice", "nobody"])
def test_a_house_that_cannot_be_a_neighbour_is_refused(
    house: Center, other_house: Center, manager: User, wrong: str
) -> None:
    client = log_in(manager)
    chosen = {
        "itself": house.pk,
        "retired": CenterFactory.create(retired_at=clock.now()).pk,
        "twice": other_house.pk,
        "nobody": 10**30,
    }[wrong]
    if wrong == "twice":
        Neighbour.objects.create(center=house, neighbour=other_house, since=clock.today())
    before = Neighbour.objects.count()
    assert client.post(NEIGHBOURS, {"neighbour": chosen, "leaves": ""}).status_code == 422
    assert Neighbour.objects.count() == before


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_neighbours_costs_the_same_however_many(house: Center, staff: User, number: int) -> None:
    for _ in range(number):
        Neighbour.objects.create(center=house, neighbour=CenterFactory.create(), since=clock.today())
        Neighbour.objects.create(center=CenterFactory.create(), neighbour=house, since=clock.today())
    client = log_in(staff)
    client.get(NEIGHBOURS)
    with CaptureQueriesContext(connection) as statements:
        assert client.get(NEIGHBOURS).status_code == 200
    assert len(statements) <= 7
