"""What the calendar's address may ask for, and what an answer costs."""

import re

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.models import Actor, User
from centers.models import Center, Room
from medborger.common import clock
from tests.bookings.calendar_page import day_page, page
from tests.factories import (
    BookingFactory,
    FacilityFactory,
    RoomFactory,
    working_day,
)

# person, house, access, rooms, hours, what is taken, closures that wait, whether all is closed; a day also house rules
SQL_OF_A_MEMBER = {"dag": 9, "uge": 8}


class TestAddress:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("dato", "2026-02-31"),
            ("dato", "i går"),
            ("dato", "9999-12-31"),
            ("dato", "0001-01-01"),
            ("dato", "2026-11-24\0"),
            ("lokale", "findes-ikke"),
            ("lokale", "\0"),
            ("facilitet", "guldbadekar"),
            ("pladser", "-1"),
            ("pladser", "9" * 5000),
            ("pladser", "mange"),
        ],
    )
    @pytest.mark.parametrize("visning", ["dag", "uge"])
    def test_a_bad_value_is_told_at_its_field(
        self, client: Client, room: Room, name: str, value: str, visning: str
    ) -> None:
        html = page(client, **{name: value, "visning": visning})
        assert f'id="vis-{name}_error"' in html
        assert 'data-room="salen"' in html or 'lokale=salen"' in html

    @pytest.mark.parametrize("visning", ["xyz", "\0", "DAG"])
    def test_a_view_that_does_not_exist_is_not_found(self, client: Client, room: Room, visning: str) -> None:
        assert client.get("/foreningernes-hus/kalender/", {"visning": visning}).status_code == 404

    def test_a_room_of_another_house_is_no_choice(self, client: Client, room: Room, other_house: Center) -> None:
        RoomFactory.create(center=other_house, slug="kaelderen", name="Kælderen")
        html = page(client, lokale="kaelderen")
        assert 'id="vis-lokale_error"' in html
        assert "Kælderen" not in html

    @pytest.mark.parametrize("day", ["2000-01-01", "2200-12-31"])
    @pytest.mark.parametrize("visning", ["dag", "uge"])
    def test_the_ends_of_time_are_pages(self, client: Client, room: Room, day: str, visning: str) -> None:
        page(client, dato=day, visning=visning)

    def test_filters_are_kept_in_the_neighbours_addresses(self, client: Client, room: Room) -> None:
        html = page(client, dato="2026-11-24", visning="uge", pladser="30")
        assert 'href="?dato=2026-11-17&amp;visning=uge&amp;pladser=30" rel="prev"' in html
        assert 'href="?dato=2026-11-24&amp;visning=dag&amp;pladser=30"' in html

    def test_rooms_are_filtered_by_name_facility_and_size(self, client: Client, house: Center, room: Room) -> None:
        stage = FacilityFactory.create(slug="scene", name="Scene")
        RoomFactory.create(center=house, slug="loftet", capacity=10).facilities.add(stage)
        shown = {
            str(query): re.findall(r'data-room="(\w+)"', day_page(client, **query))
            for query in (
                {},
                {"lokale": "loftet"},
                {"facilitet": "scene"},
                {"pladser": 40},
                {"facilitet": "scene", "pladser": 40},
            )
        }
        assert list(shown.values()) == [["salen", "loftet"], ["loftet"], ["loftet"], ["salen"], []]

    def test_without_a_room_that_fits_the_page_says_what_to_do(self, client: Client, room: Room) -> None:
        assert "Ingen lokaler passer" in day_page(client, pladser=500)

    def test_another_method_is_refused(self, client: Client, house: Center) -> None:
        assert client.post("/foreningernes-hus/kalender/").status_code == 405

    def test_a_retired_house_is_not_found(self, client: Client, house: Center) -> None:
        Center.objects.filter(pk=house.pk).update(retired_at=clock.now())
        assert client.get("/foreningernes-hus/kalender/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("visning", ["dag", "uge"])
def test_the_page_costs_the_same_for_one_booking_and_for_three(
    client: Client,
    room: Room,
    association: Actor,
    member: User,
    number: int,
    visning: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for place in range(number):
        BookingFactory.create(room=room, actor=association, by=member, start=600 + 120 * place, end=660 + 120 * place)
    day = working_day()
    with time_machine.travel(clock.at(day, 9 * 60), tick=False):
        client.force_login(member)
        page(client, visning=visning)
        with django_assert_max_num_queries(SQL_OF_A_MEMBER[visning]):
            page(client, dato=day, visning=visning)
