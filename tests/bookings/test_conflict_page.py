"""When the room is taken: by whom, until when, and what is free instead, one click away."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from actors.models import Actor, User
from bookings import actions
from bookings.models import Booking
from centers.models import Center, Room
from medborger.common import clock
from tests.bookings.forms import wish
from tests.factories import ActorFactory, BookingFactory, RoomFactory, close_room, slot, working_day
from tests.fixtures import access

BOOK = "/foreningernes-hus/book/"


@pytest.fixture
def browser(client: Client, member: User) -> Client:
    client.force_login(member)
    return client


@pytest.fixture
def dancers(house: Center) -> Actor:
    return ActorFactory.create(name="Sangkoret", house=house)


def said(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def offers(response: Any) -> list[str]:
    return re.findall(r'name="instead" value="([^"]+)"', response.content.decode())


def test_it_is_said_who_has_the_room_and_until_when(
    browser: Client, room: Room, association: Actor, dancers: Actor
) -> None:
    BookingFactory.create(room=room, actor=dancers, start=17 * 60, end=19 * 60, title="Hemmelig fest")
    response = browser.post(BOOK, wish(room, association))

    assert response.status_code == 409
    text = said(response)
    assert f"Salen er optaget tirsdag {working_day().day}. " in text
    assert "Sangkoret har det kl. 17.00–19.00." in text
    assert "Hemmelig fest" not in text
    assert Booking.objects.count() == 1


def test_set_up_and_clean_up_that_stand_in_the_way_are_explained(
    browser: Client, house: Center, association: Actor, dancers: Actor
) -> None:
    hall = RoomFactory.create(center=house, setup_minutes=15, cleanup_minutes=30)
    BookingFactory.create(room=hall, actor=dancers, start=16 * 60, end=18 * 60)
    text = said(browser.post(BOOK, wish(hall, association)))

    assert "De skal bruge 15 minutter før og 30 minutter efter til at stille op og rydde op." in text


def test_the_alternatives_are_an_earlier_time_another_room_and_next_week(
    browser: Client, house: Center, room: Room, association: Actor, dancers: Actor
) -> None:
    BookingFactory.create(room=room, actor=dancers)
    RoomFactory.create(center=house, slug="lille", capacity=8)
    RoomFactory.create(center=house, slug="passer", capacity=30)
    response = browser.post(BOOK, wish(room, association, persons="20"))

    day, next_week = working_day().isoformat(), (working_day() + timedelta(days=7)).isoformat()
    assert offers(response) == [
        f"salen|{day}|20:00|22:00",
        f"passer|{day}|18:00|20:00",
        f"salen|{next_week}|18:00|20:00",
    ]


def test_one_press_books_an_alternative_with_the_whole_form(
    browser: Client, room: Room, association: Actor, dancers: Actor
) -> None:
    BookingFactory.create(room=room, actor=dancers)
    form = wish(room, association, title="Spilleaften", persons="12")
    response = browser.post(BOOK, form)
    for name in ("title", "persons", "actor", "token", "audience"):
        assert f'<input type="hidden" name="{name}" value="{escape(form[name])}">' in response.content.decode()

    again = browser.post(BOOK, form | {"instead": offers(response)[0]})
    booking = Booking.objects.latest("pk")
    assert (again.status_code, booking.title, booking.persons) == (302, "Spilleaften", 12)
    assert booking.starts_at == clock.at(working_day(), 20 * 60)


@pytest.mark.parametrize("instead", ["", "|||", "salen|x|y|z", "findes-ikke|2026-12-01|18:00|20:00", "a|b|c|d|e\0"])
def test_an_alternative_that_was_tampered_with_books_nothing(
    browser: Client, room: Room, association: Actor, dancers: Actor, instead: str
) -> None:
    response = browser.post(BOOK, wish(room, association, instead=instead))

    assert response.status_code in (404, 422)
    assert not Booking.objects.exists()


def test_every_alternative_that_is_offered_can_be_booked(
    browser: Client, house: Center, association: Actor, dancers: Actor
) -> None:
    hall = RoomFactory.create(center=house, setup_minutes=30, cleanup_minutes=15)
    for half in "ab":
        RoomFactory.create(center=house, slug=f"halv-{half}", part_of=hall)
    RoomFactory.create(center=house, setup_minutes=45)
    BookingFactory.create(room=hall, actor=dancers, start=17 * 60 + 45, end=19 * 60)
    form = wish(hall, association)
    response = browser.post(BOOK, form)
    values = offers(response)

    assert len(values) == 3
    for value in values:
        assert browser.post(BOOK, wish(hall, association, instead=value)).status_code == 302


def test_a_taken_part_makes_the_whole_hall_taken_and_says_which(
    browser: Client, house: Center, room: Room, association: Actor, dancers: Actor
) -> None:
    part = RoomFactory.create(center=house, part_of=room, name="Salen, nord", slug="nord")
    RoomFactory.create(center=house, part_of=room, slug="syd")
    BookingFactory.create(room=part, actor=dancers)

    assert "Sangkoret har Salen, nord kl. 18.00–20.00." in said(browser.post(BOOK, wish(room, association)))


def test_a_closure_says_its_reason_and_a_planned_one_lets_nobody_in(
    browser: Client, staff: User, room: Room, association: Actor, dancers: Actor
) -> None:
    BookingFactory.create(room=room, actor=dancers, start=9 * 60, end=10 * 60)
    close_room(room, staff)

    response = browser.post(BOOK, wish(room, association))
    assert response.status_code == 409
    assert "Lokalet bliver lukket" in said(response)
    assert "Nyt gulv" in said(response)


def test_ones_own_booking_in_the_way_is_called_ones_own(
    browser: Client, room: Room, association: Actor, member: User
) -> None:
    BookingFactory.create(room=room, actor=association, by=member, start=19 * 60, end=21 * 60)

    assert "I har selv lokalet kl. 19.00–21.00." in said(browser.post(BOOK, wish(room, association)))


def test_what_was_given_up_meanwhile_is_free_again(
    browser: Client, room: Room, association: Actor, dancers: Actor, staff: User
) -> None:
    booking = BookingFactory.create(room=room, actor=dancers)
    actions.cancel(booking=booking, version=booking.version, by=access(staff))

    assert browser.post(BOOK, wish(room, association)).status_code == 302


class TestHint:
    """The live hint while one types."""

    HINT = "/foreningernes-hus/book/hint/"

    def ask(self, browser: Client, room: Room, **changes: str) -> HttpResponse:
        asked = {"room": room.slug, "date": working_day().isoformat(), "start": "18", "end": "20"} | changes
        response: HttpResponse = browser.get(self.HINT, asked)  # type: ignore[assignment]
        return response

    def test_it_says_free(self, browser: Client, room: Room) -> None:
        assert "Ledigt" in said(self.ask(browser, room))

    def test_it_says_by_whom_it_is_taken_and_until_when(self, browser: Client, room: Room, dancers: Actor) -> None:
        BookingFactory.create(room=room, actor=dancers, end=20 * 60 + 15)

        assert "Optaget: Sangkoret til kl. 20.15" in said(self.ask(browser, room))

    def test_it_says_the_rules_of_the_house(self, browser: Client, room: Room) -> None:
        assert "Huset har åbent kl. 8.00–22.00" in said(self.ask(browser, room, start="6", end="7"))
        assert "Der er kun plads til 80 i lokalet." in said(self.ask(browser, room, persons="90"))

    def test_it_does_not_call_a_room_free_that_is_not_for_booking(self, browser: Client, house: Center) -> None:
        office = RoomFactory.create(center=house, bookable=False)

        assert "Lokalet kan ikke bookes." in said(self.ask(browser, office))

    def test_it_is_silent_until_the_time_is_whole(self, browser: Client, room: Room) -> None:
        text = said(self.ask(browser, room, end=""))
        assert ("Ledigt" in text, "Optaget" in text, "Godt at vide om Salen" in text) == (False, False, True)

    def test_without_a_room_there_is_nothing_to_say(self, browser: Client) -> None:
        assert browser.get(self.HINT).status_code == 204

    def test_a_moved_booking_is_not_in_its_own_way(
        self, browser: Client, room: Room, association: Actor, member: User
    ) -> None:
        booking = BookingFactory.create(room=room, actor=association, by=member)

        assert "Ledigt" in said(self.ask(browser, room, booking=str(booking.pk)))

    def test_another_houses_room_is_not_found(self, browser: Client, other_house: Center) -> None:
        assert self.ask(browser, RoomFactory.create(center=other_house)).status_code == 404

    def test_it_costs_the_same_whether_one_booking_is_in_the_way_or_three(
        self, browser: Client, room: Room, dancers: Actor
    ) -> None:
        counts = []
        for start in (18 * 60, 19 * 60, 19 * 60 + 30):
            BookingFactory.create(room=room, actor=dancers, start=start, end=start + 30)
            with CaptureQueriesContext(connection) as queries:
                self.ask(browser, room)
            counts.append(len(queries))
        assert counts[0] == counts[-1]


def test_the_time_of_the_alternatives_is_never_the_one_that_is_taken(
    browser: Client, room: Room, association: Actor, dancers: Actor
) -> None:
    BookingFactory.create(room=room, actor=dancers)
    values = offers(browser.post(BOOK, wish(room, association)))

    assert f"salen|{slot(room).day.isoformat()}|18:00|20:00" not in values
