"""Moving a booking by its form, by an alternative, and by the calendar's script."""

from typing import Any

import pytest
from django.test import Client

from actors.models import Actor, User
from bookings import actions
from bookings.models import Booking, Occupancy
from centers.models import Center, Room
from medborger.common import clock
from tests.bookings.forms import new_time
from tests.factories import ActorFactory, BookingFactory, RoomFactory, UserFactory, slot, working_day
from tests.fixtures import access

JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def booking(room: Room, association: Actor, member: User) -> Booking:
    return BookingFactory.create(room=room, actor=association, by=member)


@pytest.fixture
def browser(client: Client, member: User) -> Client:
    client.force_login(member)
    return client


def move(browser: Client, booking: Booking, form: dict[str, Any], **extra: Any) -> Any:
    return browser.post(f"/foreningernes-hus/bookinger/{booking.pk}/flyt/", form, **extra)


def test_moving_gives_up_the_old_time_and_holds_the_new(browser: Client, booking: Booking) -> None:
    response = move(browser, booking, new_time(booking, "10.00", "11.30"))

    booking.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, f"/foreningernes-hus/bookinger/{booking.pk}/")
    assert (booking.starts_at, booking.version) == (clock.at(working_day(), 600), 2)
    assert Occupancy.objects.get(booking=booking).during.lower == clock.at(working_day(), 600)
    assert "Bookingen er flyttet." in browser.get(response["Location"]).content.decode()


def test_the_form_shows_what_it_is_now(browser: Client, booking: Booking) -> None:
    html = browser.get(f"/foreningernes-hus/bookinger/{booking.pk}/flyt/").content.decode()

    for value in ('value="18.00"', 'value="20.00"', 'name="version" value="1"', '<option value="salen" selected>'):
        assert value in html


def test_it_can_overlap_its_own_old_time_and_change_room(browser: Client, house: Center, booking: Booking) -> None:
    RoomFactory.create(center=house, slug="lille")
    assert move(browser, booking, new_time(booking, "18.30", "20.30")).status_code == 302
    booking.refresh_from_db()

    assert move(browser, booking, new_time(booking, "18.30", "20.30", room="lille")).status_code == 302
    booking.refresh_from_db()
    assert booking.room.slug == "lille"


def test_where_the_room_is_taken_alternatives_move_it_with_one_press(
    browser: Client, booking: Booking, house: Center
) -> None:
    BookingFactory.create(
        room=booking.room, actor=ActorFactory.create(house=house, name="Sangkoret"), start=600, end=720
    )
    response = move(browser, booking, new_time(booking, "10.00", "12.00"))

    html = response.content.decode()
    assert response.status_code == 409
    assert "Sangkoret har det kl. 10.00–12.00." in html
    value = html.split('name="instead" value="')[1].split('"')[0]
    assert move(browser, booking, new_time(booking, "10.00", "12.00", instead=value)).status_code == 302


def test_a_booking_that_was_changed_since_says_by_whom_and_shows_it_afresh(
    browser: Client, booking: Booking, association: Actor
) -> None:
    other = UserFactory.create(member_of=association, name="Selma Sekretær")
    actions.move(booking=booking, slot=slot(booking.room, 600, 660), version=1, by=access(other))
    response = move(browser, booking, new_time(booking, "12.00", "13.00"))

    html = response.content.decode()
    assert response.status_code == 409
    assert "Bookingen er ændret af Selma Sekretær" in html
    for value in ('value="10.00"', 'name="version" value="2"'):
        assert value in html
    booking.refresh_from_db()
    assert booking.starts_at == clock.at(working_day(), 600)


def test_a_rule_is_told_at_its_field(browser: Client, booking: Booking) -> None:
    response = move(browser, booking, new_time(booking, "18.10", "20.00"))

    assert (response.status_code, set(response.context["form"].errors)) == (422, {"start"})


def test_a_form_without_its_version_is_refused(browser: Client, booking: Booking) -> None:
    response = move(browser, booking, new_time(booking, "10.00", "11.00", version=""))

    assert (response.status_code, set(response.context["form"].errors)) == (422, {"version"})


@pytest.mark.parametrize(
    ("times", "status", "words"),
    [
        (("10.00", "11.00"), 200, "Bookingen er flyttet."),
        (("18.10", "20.00"), 422, "Brug hele kvarterer"),
        (("12.00", "13.00"), 409, "Sangkoret har det kl. 12.00–13.00."),
    ],
)
def test_the_calendars_script_reads_json(
    browser: Client, booking: Booking, house: Center, times: tuple[str, str], status: int, words: str
) -> None:
    BookingFactory.create(
        room=booking.room, actor=ActorFactory.create(house=house, name="Sangkoret"), start=720, end=780
    )
    response = move(browser, booking, new_time(booking, *times), **JSON)

    assert response.status_code == status
    assert words in response.json()["message"]


def test_a_stale_move_of_the_calendars_script_is_told(browser: Client, booking: Booking) -> None:
    response = move(browser, booking, new_time(booking, "10.00", "11.00", version=7), **JSON)

    assert response.status_code == 409
    assert "ændret" in response.json()["message"]


def test_who_may_see_it_but_is_not_its_holder_cannot_move_it(
    client: Client, booking: Booking, house: Center, partner_user: User
) -> None:
    neighbour = UserFactory.create(member_of=ActorFactory.create(house=house))
    for person in (neighbour, partner_user):
        client.force_login(person)
        assert move(client, booking, new_time(booking, "10.00", "11.00")).status_code == 403
        assert client.get(f"/foreningernes-hus/bookinger/{booking.pk}/flyt/").status_code == 403
    booking.refresh_from_db()
    assert booking.version == 1


@pytest.fixture
def partner_user(booking: Booking, house: Center) -> User:
    partner = ActorFactory.create(house=house)
    booking.parties.create(actor=partner, part="partner")
    return UserFactory.create(member_of=partner)


def test_from_whom_it_is_hidden_it_is_not_found(client: Client, booking: Booking, outsider: User) -> None:
    client.force_login(outsider)

    assert move(client, booking, new_time(booking, "10.00", "11.00")).status_code == 404


def test_into_another_houses_room_it_cannot_go(browser: Client, booking: Booking, other_house: Center) -> None:
    RoomFactory.create(center=other_house, slug="naboens")

    assert move(browser, booking, new_time(booking, "10.00", "11.00", room="naboens")).status_code == 404


def test_staff_move_any(client: Client, booking: Booking, staff: User) -> None:
    client.force_login(staff)

    assert move(client, booking, new_time(booking, "10.00", "11.00")).status_code == 302
