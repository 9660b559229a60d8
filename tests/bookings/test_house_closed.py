"""A house whose rooms are all closed says so wherever it says whether it is open, and open houses pay one statement for it."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.models import Actor, User
from bookings import actions
from bookings.enums import ClosureState
from bookings.models import Closure
from centers.models import Center, Room
from medborger.common import clock
from tests.factories import BookingFactory, RoomFactory, close_room, working_day
from tests.fixtures import access

FRONT, CALENDAR, HOUSES = "/foreningernes-hus/", "/foreningernes-hus/kalender/", "/"
PAGES = (FRONT, CALENDAR, HOUSES)
OPEN, SHUT = "Åbent nu, til kl. 22.00", "Lukket: Nyt gulv"

pytestmark = pytest.mark.usefixtures("other_house")  # with one house alone the list of houses is its front page


def says(client: Client, path: str) -> tuple[bool, bool]:
    """Whether the page calls the house open, and whether it calls it closed for the closure's reason."""
    html = client.get(path).content.decode()
    if path == HOUSES:
        html = html[html.index(f'href="{FRONT}"') :].partition("</a>")[0]
    return OPEN in html, SHUT in html


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(clock.at(working_day(), 12 * 60), tick=False):
        yield


def close_today(*rooms: Room, by: User) -> None:
    for room in rooms:
        close_room(room, by, clock.today())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_why_a_house_with_all_rooms_closed_is_closed(
    client: Client, room: Room, staff: User, path: str
) -> None:
    assert says(client, path) == (True, False)
    close_today(room, by=staff)
    assert says(client, path) == (False, True)


@pytest.mark.parametrize("path", PAGES)
def test_a_house_with_one_room_left_is_open(client: Client, house: Center, room: Room, staff: User, path: str) -> None:
    RoomFactory.create(center=house)
    close_today(room, by=staff)
    assert says(client, path) == (True, False)


def test_what_nobody_can_book_does_not_keep_a_house_open(
    client: Client, house: Center, room: Room, staff: User
) -> None:
    RoomFactory.create(center=house, bookable=False)
    RoomFactory.create(center=house, retired_at=clock.now())
    close_today(room, by=staff)
    assert says(client, CALENDAR) == (False, True)


def test_a_closed_office_does_not_close_the_house(client: Client, house: Center, staff: User) -> None:
    close_today(RoomFactory.create(center=house, bookable=False), by=staff)
    assert says(client, CALENDAR) == (True, False)


def test_a_divided_hall_is_closed_when_its_parts_are(client: Client, house: Center, staff: User) -> None:
    hall = RoomFactory.create(center=house)
    parts = [RoomFactory.create(center=house, part_of=hall) for _ in range(2)]
    close_today(parts[0], by=staff)
    assert says(client, CALENDAR) == (True, False)
    close_today(parts[1], by=staff)
    assert says(client, CALENDAR) == (False, True)


def test_the_widest_closure_gives_the_reason(client: Client, house: Center, room: Room, staff: User) -> None:
    close_today(room, by=staff)
    actions.close(
        center=house,
        rooms=[room, RoomFactory.create(center=house)],
        starts_at=clock.now(),
        ends_at=clock.at(clock.today(), 23 * 60),
        reason="Vandskade",
        on_clash="ask",
        token=None,
        by=access(staff),
    )
    assert "Lukket: Vandskade" in client.get(CALENDAR).content.decode()


def test_one_house_closed_says_nothing_about_another(
    client: Client, room: Room, staff: User, other_house: Center
) -> None:
    RoomFactory.create(center=other_house)
    close_today(room, by=staff)
    html = client.get(HOUSES).content.decode()
    assert (html.count(OPEN), html.count(SHUT)) == (1, 1)


def test_it_is_open_again_when_the_closure_is_over_or_taken_back(client: Client, room: Room, staff: User) -> None:
    close_room(room, staff, clock.today(), end=13 * 60)
    with time_machine.travel(clock.at(clock.today(), 13 * 60), tick=False):
        assert says(client, CALENDAR) == (True, False)
    assert says(client, CALENDAR) == (False, True)
    actions.reopen(closure=Closure.objects.get(), by=access(staff))
    assert says(client, CALENDAR) == (True, False)


def test_a_house_that_waits_for_its_last_booking_is_closed_but_while_that_is_on(
    client: Client, room: Room, association: Actor, member: User, staff: User
) -> None:
    BookingFactory.create(room=room, actor=association, by=member, day=clock.today())
    close_today(room, by=staff)
    assert Closure.objects.get().state == ClosureState.PLANNED
    assert says(client, CALENDAR) == (False, True)
    with time_machine.travel(clock.at(clock.today(), 19 * 60), tick=False):
        assert says(client, CALENDAR) == (True, False)


def test_outside_its_hours_a_closed_house_says_when_it_opens(client: Client, room: Room, staff: User) -> None:
    close_today(room, by=staff)
    with time_machine.travel(clock.at(clock.today(), 7 * 60), tick=False):
        assert "Åbner i dag kl. 8.00" in client.get(CALENDAR).content.decode()


@pytest.mark.parametrize(("minute", "statements"), [(12 * 60, 3), (7 * 60, 2)])  # houses, hours, closures of those open
def test_the_list_of_houses_costs_one_statement_more_when_some_are_open(
    client: Client,
    room: Room,
    minute: int,
    statements: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with (
        time_machine.travel(clock.at(clock.today(), minute), tick=False),
        django_assert_max_num_queries(statements),
    ):
        assert client.get(HOUSES).status_code == 200


def test_an_unchanged_calendar_does_not_ask(
    client: Client, room: Room, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    etag = client.get(CALENDAR).headers["ETag"]
    with django_assert_max_num_queries(1):  # the house
        assert client.get(CALENDAR, headers={"if-none-match": etag}).status_code == 304


@pytest.mark.django_db(transaction=True)
def test_a_closure_ends_the_unchanged_calendar(client: Client, room: Room, staff: User) -> None:
    etag = client.get(CALENDAR).headers["ETag"]
    close_today(room, by=staff)
    assert client.get(CALENDAR, headers={"if-none-match": etag}).status_code == 200
