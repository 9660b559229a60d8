"""Each rule of a booking has an error of its own, told at the field it belongs to, and stores nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from dateutil.relativedelta import relativedelta
from django.test import Client

from actors.enums import Tie
from actors.models import Actor, Affiliation, User
from bookings.models import Booking
from centers.models import Center, Room
from medborger.common import clock
from tests.bookings.forms import wish
from tests.factories import ActorFactory, MembershipFactory, RoomFactory, RoomHolderFactory, working_day

BOOK = "/foreningernes-hus/book/"


@pytest.fixture
def browser(client: Client, member: User) -> Client:
    client.force_login(member)
    return client


def refused(browser: Client, form: dict[str, Any]) -> dict[str, list[str]]:
    """The messages at the fields of a form that was refused."""
    response = browser.post(BOOK, form)
    assert response.status_code == 422
    assert not Booking.objects.exists()
    return {field: list(messages) for field, messages in response.context["form"].errors.items()}


@pytest.mark.parametrize(
    ("times", "field", "message"),
    [
        ({"start": "20.00", "end": "18.00"}, "end", "Sluttiden skal være efter starttiden."),
        ({"start": "18.00", "end": "18.00"}, "end", "Sluttiden skal være efter starttiden."),
        ({"start": "18.10", "end": "20.00"}, "start", "Brug hele kvarterer, fx 18.00, 18.15 eller 18.30."),
        ({"start": "8.00", "end": "21.00"}, "end", "En booking kan højst vare 12 timer."),
    ],
)
def test_times_that_no_booking_can_have(
    browser: Client, room: Room, association: Actor, times: dict[str, str], field: str, message: str
) -> None:
    assert refused(browser, wish(room, association, **times)) == {field: [message]}


def test_outside_the_opening_hours_it_is_said_when_the_house_is_open(
    browser: Client, room: Room, association: Actor
) -> None:
    [message] = refused(browser, wish(room, association, start="7.00", end="9.00"))["start"]

    assert message.startswith("Huset har åbent kl. 8.00–22.00 tirsdag ")


def test_on_a_holiday_the_house_is_closed_and_says_which(browser: Client, room: Room, association: Actor) -> None:
    day = date(clock.today().year, 12, 25)
    if day <= clock.today():
        day = day.replace(year=day.year + 1)

    [message] = refused(browser, wish(room, association, date=day.isoformat()))["start"]
    assert message.startswith("Huset er lukket ")
    assert message.endswith(": Juledag.")


def test_staff_book_outside_the_opening_hours_and_may_say_why_later(
    client: Client, staff: User, room: Room, association: Actor
) -> None:
    client.force_login(staff)
    assert client.post(BOOK, wish(room, association, start="6.00", end="7.00")).status_code == 302

    booking = Booking.objects.get()
    assert (booking.outside_hours, booking.hours_reason) == (True, "")
    client.post(f"/foreningernes-hus/bookinger/{booking.pk}/grund/", {"hours_reason": "Morgenbad i havnen"})
    booking.refresh_from_db()
    assert booking.hours_reason == "Morgenbad i havnen"


def test_the_past_cannot_be_booked(browser: Client, room: Room, association: Actor) -> None:
    day = working_day() - timedelta(days=28)

    assert refused(browser, wish(room, association, date=day.isoformat())) == {"date": ["Tidspunktet er forbi."]}


def test_what_began_within_a_quarter_can_still_be_booked(
    client: Client, staff: User, room: Room, association: Actor
) -> None:
    client.force_login(staff)
    day = working_day()
    form = wish(room, association, date=day.isoformat())
    with time_machine.travel(clock.at(day, 18 * 60 + 10), tick=False):
        client.force_login(staff)
        assert client.post(BOOK, form).status_code == 302


def test_further_ahead_than_the_house_allows_the_last_day_is_said(
    browser: Client, room: Room, association: Actor
) -> None:
    last = clock.today() + relativedelta(months=12)
    [message] = refused(browser, wish(room, association, date=(last + timedelta(days=1)).isoformat()))["date"]

    assert message == f"Man kan booke til og med {last.day}. " + message.split(". ", 1)[1]
    assert str(last.year) in message


def test_a_room_that_is_not_for_booking_is_refused_and_its_own_actor_books_it(
    browser: Client, house: Center, association: Actor
) -> None:
    office = RoomFactory.create(center=house, bookable=False)
    assert refused(browser, wish(office, association)) == {"room": ["Lokalet kan ikke bookes."]}

    RoomHolderFactory.create(room=office, actor=association)
    assert browser.post(BOOK, wish(office, association)).status_code == 302


def test_more_people_than_the_room_holds_are_refused(browser: Client, room: Room, association: Actor) -> None:
    assert refused(browser, wish(room, association, persons="81")) == {
        "persons": ["Der er kun plads til 80 i lokalet."]
    }


def test_ones_own_actor_that_does_not_belong_to_the_house_is_refused(
    browser: Client, member: User, room: Room, association: Actor
) -> None:
    elsewhere = MembershipFactory.create(user=member, actor=ActorFactory.create()).actor

    assert refused(browser, wish(room, elsewhere)) == {"actor": ["Aktøren hører ikke til i huset."]}


def test_an_actor_whose_tie_has_ended_is_refused(
    browser: Client, member: User, house: Center, room: Room, association: Actor
) -> None:
    gone = MembershipFactory.create(user=member, actor=ActorFactory.create(house=house)).actor
    Affiliation.objects.filter(actor=gone).update(until=clock.today() - timedelta(days=1))

    assert refused(browser, wish(room, gone)) == {"actor": ["Aktøren hører ikke til i huset."]}


def test_for_an_actor_from_outside_only_staff_book(
    client: Client, member: User, staff: User, house: Center, room: Room, association: Actor
) -> None:
    external = MembershipFactory.create(user=member, actor=ActorFactory.create(house=house, tie=Tie.EXTERNAL)).actor
    client.force_login(member)
    assert set(refused(client, wish(room, external))) == {"actor"}

    client.force_login(staff)
    assert client.post(BOOK, wish(room, external)).status_code == 302


@pytest.mark.parametrize("day", [date(2027, 3, 28)])
def test_the_hour_that_summer_time_skips_cannot_be_booked(
    client: Client, staff: User, room: Room, association: Actor, day: date
) -> None:
    with time_machine.travel(clock.at(day - timedelta(days=10), 600), tick=False):
        client.force_login(staff)
        response = client.post(BOOK, wish(room, association, date=day.isoformat(), start="2.15", end="4.00"))

    assert response.status_code == 422
    assert "Det klokkeslæt findes ikke den dag" in response.content.decode()
    assert not Booking.objects.exists()
