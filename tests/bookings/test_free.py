"""Finding a free room: the same arithmetic as `hold()`, in one statement."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.access import Access
from actors.enums import Role
from actors.models import Actor, User
from bookings.alternatives import Alternative, Search, alternatives, free_rooms, nearest, timetable_ahead
from bookings.availability import Timetable
from bookings.rules import Slot
from centers.hours import Hours
from centers.models import Center, Room
from medborger.common import clock
from tests.bookings.forms import wish
from tests.factories import (
    BookingFactory,
    FacilityFactory,
    RoomFactory,
    RoomHolderFactory,
    close_room,
    person_with,
    slot,
    working_day,
)

FREE = "/foreningernes-hus/ledige/"


def search(center: Center, by: User, **wanted: Any) -> Search:
    hours = Hours.reaching(center, working_day(), working_day() + timedelta(days=14))
    return Search(center=center, hours=hours, by=Access.of(by), **wanted)


def offered(wanted: Slot, by: Search) -> list[Alternative]:
    return alternatives(wanted, by, timetable_ahead(wanted, by))


def names(found: Any) -> list[str]:
    return [room.slug for room in found]


@pytest.fixture
def hall(house: Center) -> Room:
    """A hall in two halves, with a quarter around each booking."""
    hall = RoomFactory.create(center=house, slug="hal", capacity=100, setup_minutes=15, cleanup_minutes=15)
    for half in "ab":
        RoomFactory.create(center=house, slug=f"hal-{half}", capacity=50, part_of=hall)
    return hall


def test_a_half_that_is_taken_leaves_the_other_half(house: Center, hall: Room, association: Actor, staff: User) -> None:
    BookingFactory.create(room=hall.parts.get(slug="hal-a"), actor=association)

    assert names(free_rooms(search(house, staff), working_day(), 18 * 60, 20 * 60)) == ["hal-b"]


def test_the_whole_that_is_taken_leaves_nothing(house: Center, hall: Room, association: Actor, staff: User) -> None:
    BookingFactory.create(room=hall, actor=association)

    assert names(free_rooms(search(house, staff), working_day(), 18 * 60, 20 * 60)) == []


def test_a_rooms_own_set_up_counts(house: Center, hall: Room, association: Actor, staff: User) -> None:
    """After a booking in a half the other bookings of that half may begin at once, those of the whole hall a quarter later."""
    BookingFactory.create(room=hall.parts.get(slug="hal-a"), actor=association)
    wanted = search(house, staff)

    assert names(free_rooms(wanted, working_day(), 20 * 60, 21 * 60)) == ["hal-a", "hal-b"]
    assert names(free_rooms(wanted, working_day(), 20 * 60 + 15, 21 * 60)) == ["hal-a", "hal-b", "hal"]


def test_a_closure_in_force_and_one_that_waits_both_keep_a_room_out(
    house: Center, room: Room, hall: Room, association: Actor, staff: User
) -> None:
    close_room(room, staff)
    BookingFactory.create(room=hall.parts.get(slug="hal-a"), actor=association, start=9 * 60, end=10 * 60)
    close_room(hall.parts.get(slug="hal-a"), staff)

    assert names(free_rooms(search(house, staff), working_day(), 18 * 60, 20 * 60)) == ["hal-b"]


def test_only_rooms_that_are_large_enough_and_have_everything(house: Center, staff: User) -> None:
    stage, piano = FacilityFactory.create(slug="scene"), FacilityFactory.create(slug="klaver")
    for slug, capacity, has in (("a", 10, [stage, piano]), ("b", 30, [stage]), ("c", 40, [stage, piano])):
        RoomFactory.create(center=house, slug=slug, capacity=capacity).facilities.set(has)
    wanted = search(house, staff, persons=20, facilities=["scene", "klaver"])

    assert names(free_rooms(wanted, working_day(), 600, 660)) == ["c"]


def test_a_room_of_an_actors_own_is_offered_to_it_and_to_staff(
    house: Center, association: Actor, member: User, staff: User
) -> None:
    office = RoomFactory.create(center=house, slug="kontor", bookable=False)
    RoomHolderFactory.create(room=office, actor=association)

    def offered(by: User, *actors: int) -> list[str]:
        return names(free_rooms(search(house, by, actor_ids=actors), working_day(), 600, 660))

    assert (offered(member, association.pk), offered(member), offered(staff)) == (["kontor"], [], ["kontor"])


def test_it_is_one_statement_however_many_rooms(house: Center, room: Room, hall: Room, staff: User) -> None:
    wanted = search(house, staff)
    with CaptureQueriesContext(connection) as queries:
        assert len(free_rooms(wanted, working_day(), 600, 660)) > 1

    assert len(queries) <= 1


@pytest.mark.parametrize("start", range(16 * 60, 22 * 60, 30))
def test_the_search_the_timetable_and_the_booking_agree(
    client: Client, house: Center, hall: Room, association: Actor, staff: User, start: int
) -> None:
    BookingFactory.create(room=hall.parts.get(slug="hal-a"), actor=association, start=18 * 60, end=19 * 60)
    wanted = search(house, staff)
    table = Timetable([hall], working_day(), working_day())
    free = hall in free_rooms(wanted, working_day(), start, start + 60)
    client.force_login(staff)
    form = wish(hall, association, start=f"{start // 60}.{start % 60:02d}", end=f"{start // 60 + 1}.{start % 60:02d}")
    booked = client.post("/foreningernes-hus/book/", form).status_code == 302

    assert (table.is_free(Slot(hall, working_day(), start, start + 60)), free) == (booked, booked)


def test_a_booking_to_be_moved_is_not_in_its_own_way(
    house: Center, room: Room, association: Actor, staff: User
) -> None:
    booking = BookingFactory.create(room=room, actor=association)
    wanted = search(house, staff, except_booking=booking)

    assert names(free_rooms(wanted, working_day(), 18 * 60, 20 * 60)) == ["salen"]
    assert Timetable([room], working_day(), working_day(), except_booking=booking).is_free(slot(room))


def test_alternatives_stay_within_opening_hours(house: Center, room: Room, association: Actor, member: User) -> None:
    BookingFactory.create(room=room, actor=association, start=9 * 60, end=21 * 60)
    found = offered(slot(room, 19 * 60, 21 * 60), search(house, member, actor_ids=[association.pk]))

    assert [(a.slot.day - working_day()).days for a in found] == [7, 1]


def test_two_alternatives_on_the_same_day_do_not_overlap(
    house: Center, room: Room, association: Actor, member: User
) -> None:
    BookingFactory.create(room=room, actor=association, start=14 * 60, end=22 * 60)
    found = offered(slot(room, 18 * 60, 20 * 60), search(house, member, actor_ids=[association.pk]))

    assert [(a.slot.start, a.slot.end) for a in found if a.slot.day == working_day()] == [(720, 840), (600, 720)]


def test_where_a_booking_stands_already_is_no_alternative(
    house: Center, room: Room, association: Actor, member: User
) -> None:
    BookingFactory.create(room=room, actor=association, start=16 * 60, end=18 * 60)
    booking = BookingFactory.create(room=room, actor=association, start=18 * 60, end=20 * 60)
    wanted = search(house, member, actor_ids=[association.pk], except_booking=booking)

    assert slot(room, 18 * 60, 20 * 60) not in [a.slot for a in offered(slot(room, 17 * 60, 19 * 60), wanted)]


def test_alternatives_do_not_lie_in_the_past(house: Center, room: Room, association: Actor, member: User) -> None:
    day = working_day()
    BookingFactory.create(room=room, actor=association, start=13 * 60, end=22 * 60)
    with time_machine.travel(clock.at(day, 12 * 60), tick=False):
        found = offered(slot(room, 13 * 60, 15 * 60, day), search(house, member, actor_ids=[association.pk]))

    assert [a.slot.day - day for a in found] == [timedelta(days=7), timedelta(days=1)]


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
def test_on_the_nights_of_the_clock_change_no_alternative_breaks(
    house: Center, room: Room, association: Actor, day: date
) -> None:
    with time_machine.travel(clock.at(day - timedelta(days=20), 12 * 60), tick=False):
        by = person_with(Role.STAFF, house)
        BookingFactory.create(room=room, actor=association, by=by, day=day, start=0, end=60)
        wanted = Search(house, Hours.reaching(house, day, day + timedelta(days=14)), Access.of(by), outside_hours=True)
        found = offered(Slot(room, day, 0, 60), wanted)

    assert [a.slot.start for a in found[:1]] == [180 if day.month == 3 else 60]


def test_nearest_times_are_one_earlier_and_one_later(
    house: Center, room: Room, association: Actor, member: User
) -> None:
    BookingFactory.create(room=room, actor=association, start=12 * 60, end=14 * 60)
    found = nearest(search(house, member, actor_ids=[association.pk]), working_day(), 12 * 60 + 30, 13 * 60)

    assert [(s.start, s.end) for s in found] == [(11 * 60 + 30, 12 * 60), (14 * 60, 14 * 60 + 30)]


class TestPage:
    """`/ledige/`, open to everyone."""

    def ask(self, client: Client, **changes: str) -> Any:
        return client.get(FREE, {"dato": working_day().isoformat(), "fra": "18", "til": "20"} | changes)

    def test_a_visitor_finds_a_room_with_its_way_to_the_form(self, client: Client, room: Room) -> None:
        html = self.ask(client).content.decode()

        assert (
            f'href="/foreningernes-hus/book/?lokale=salen&amp;dato={working_day()}&amp;fra=18.00&amp;til=20.00"' in html
        )

    def test_when_nothing_is_free_the_nearest_times_are_shown(
        self, client: Client, room: Room, association: Actor
    ) -> None:
        BookingFactory.create(room=room, actor=association)
        html = self.ask(client).content.decode()

        assert "De nærmeste tider samme dag:" in html
        assert "fra=16.00&amp;til=18.00" in html

    def test_outside_opening_hours_it_says_when_the_house_is_open(self, client: Client, room: Room) -> None:
        response = self.ask(client, fra="5", til="6")

        assert set(response.context["form"].errors) == {"fra"}

    @pytest.mark.parametrize(
        ("parameter", "value"),
        [
            ("dato", "2026-02-31"),
            ("fra", "25:99"),
            ("til", "\0"),
            ("pladser", "-1"),
            ("pladser", "9" * 400),
            ("facilitet", "findes-ikke"),
        ],
    )
    def test_what_cannot_be_read_is_told_at_its_field(
        self, client: Client, room: Room, parameter: str, value: str
    ) -> None:
        response = self.ask(client, **{parameter: value})

        assert (response.status_code, set(response.context["form"].errors)) == (200, {parameter})

    def test_it_asks_first_when_nothing_was_asked(self, client: Client, room: Room) -> None:
        response = client.get(FREE)

        assert (response.status_code, dict(response.context["form"].errors)) == (200, {})

    def test_a_search_in_an_address_stands_in_the_fields_as_people_write_it(self, client: Client, room: Room) -> None:
        html = self.ask(client, dato="2027-11-23", fra="18:00", til="2000").content.decode()
        assert [f'value="{written}"' in html for written in ("23.11.2027", "18.00", "20.00")] == [True, True, True]

    def test_the_page_costs_the_same_with_one_room_and_three(self, client: Client, house: Center, room: Room) -> None:
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                self.ask(client)
            counts.append(len(queries))
            RoomFactory.create_batch(2, center=house)
        assert counts[0] == counts[1] <= 8
