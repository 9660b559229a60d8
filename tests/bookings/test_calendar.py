"""The calendar's day and week: what they show, and what is a link."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from actors.models import Actor, User
from bookings.enums import Audience
from bookings.models import Booking
from centers.models import Center, Room, SpecialDay
from medborger.common import clock
from tests.bookings.calendar_page import classes, day_page, lane, page, week_page
from tests.factories import (
    ActorFactory,
    BookingFactory,
    RoomFactory,
    RoomHolderFactory,
    UserFactory,
    close_room,
    working_day,
)


class TestDay:
    def test_a_lane_tells_the_day_in_order(
        self, client: Client, house: Center, association: Actor, member: User
    ) -> None:
        hall = RoomFactory.create(center=house, slug="hallen", setup_minutes=15, cleanup_minutes=30)
        BookingFactory.create(room=hall, actor=association, by=member, start=600, end=720)
        client.force_login(member)
        assert classes(lane(day_page(client), "hallen")) == [
            "closed from-0700 to-0800",
            "slot from-0800 to-0915",
            "prep from-0945 to-1000",
            "block from-1000 to-1200",
            "prep is-after from-1200 to-1230",
            "slot from-1245 to-2200",
        ]

    def test_a_free_stretch_leads_to_the_form_with_an_hour_of_it(
        self, client: Client, room: Room, member: User
    ) -> None:
        client.force_login(member)
        href = f"/foreningernes-hus/book/?dato={working_day()}&amp;lokale=salen&amp;fra=08:00&amp;til=09:00"
        assert f'href="{href}"' in lane(day_page(client), "salen")

    def test_a_visitor_has_the_links_too_and_a_user_without_an_actor_has_none(
        self, client: Client, room: Room, outsider: User
    ) -> None:
        assert "slot" in lane(day_page(client), "salen")
        client.force_login(outsider)
        assert "slot" not in lane(day_page(client), "salen")

    def test_a_room_of_its_own_is_free_only_to_its_actor_and_the_staff(
        self, client: Client, house: Center, association: Actor, member: User, staff: User, contact: User
    ) -> None:
        office = RoomFactory.create(center=house, slug="kontoret", bookable=False)
        RoomHolderFactory.create(room=office, actor=association)
        stranger = UserFactory.create(member_of=ActorFactory.create(house=house))
        seen = {}
        for name, user in {"member": member, "staff": staff, "stranger": stranger}.items():
            client.force_login(user)
            seen[name] = "slot" in lane(day_page(client), "kontoret")
        assert seen == {"member": True, "staff": True, "stranger": False}

    def test_ones_own_is_marked_and_can_be_moved(
        self, client: Client, secret: Booking, member: User, staff: User
    ) -> None:
        client.force_login(member)
        items = lane(day_page(client), "salen")
        assert "is-own" in items
        assert f'data-move-url="/foreningernes-hus/bookinger/{secret.pk}/flyt/" data-version="1"' in items
        client.force_login(staff)
        items = lane(day_page(client), "salen")
        assert "is-own" not in items
        assert "data-move-url" in items

    def test_others_bookings_cannot_be_moved(self, client: Client, house: Center, secret: Booking) -> None:
        client.force_login(UserFactory.create(member_of=ActorFactory.create(house=house)))
        assert "data-move-url" not in day_page(client)

    def test_a_closed_day_says_why(self, client: Client, house: Center, room: Room) -> None:
        SpecialDay.objects.create(center=house, date=working_day(), reason="Personaledag")
        items = lane(day_page(client), "salen")
        assert "Lukket: Personaledag" in items
        assert "slot" not in items

    def test_a_closure_says_why_and_leaves_nothing_free(self, client: Client, room: Room, staff: User) -> None:
        close_room(room, staff)
        items = lane(day_page(client), "salen")
        assert "Nyt gulv" in items
        assert "slot" not in items

    def test_a_closure_that_waits_for_bookings_lets_none_in(
        self, client: Client, room: Room, staff: User, secret: Booking
    ) -> None:
        close_room(room, staff)
        items = lane(day_page(client), "salen")
        assert "Nyt gulv" in items
        assert "slot" not in items
        assert "block from-1800 to-2000" in items

    def test_staffs_booking_outside_the_opening_hours_widens_the_day(
        self, client: Client, room: Room, staff: User, association: Actor
    ) -> None:
        BookingFactory.create(room=room, actor=association, by=staff, start=300, end=390)
        html = day_page(client)
        assert 'class="day opens-5 closes-22"' in html
        assert classes(lane(html, "salen"))[:2] == ["block from-0500 to-0630", "closed from-0630 to-0800"]

    def test_past_time_holds_no_link(self, client: Client, room: Room, member: User) -> None:
        day = working_day()
        with time_machine.travel(datetime(day.year, day.month, day.day, 13, 5, tzinfo=clock.ZONE), tick=False):
            client.force_login(member)
            items = lane(page(client, dato=day), "salen")
        assert classes(items) == ["closed from-0700 to-0800", "slot from-1315 to-2200"]

    def test_what_goes_on_is_lit(self, client: Client, secret: Booking) -> None:
        day = working_day()
        with time_machine.travel(secret.starts_at + timedelta(minutes=20), tick=False):
            html = page(client, dato=day)
        assert "is-now" in lane(html, "salen")
        assert '<div class="now from-1815" data-live' in html


class TestDividedHall:
    @pytest.fixture
    def hall(self, house: Center) -> dict[str, Room]:
        whole = RoomFactory.create(center=house, name="Salen", slug="salen", position=1)
        parts = {
            slug: RoomFactory.create(center=house, name=slug, slug=slug, part_of=whole, position=2)
            for slug in ("nord", "syd")
        }
        return {"hele": whole, **parts}

    def test_the_whole_stands_before_its_parts(self, client: Client, hall: dict[str, Room]) -> None:
        assert re.findall(r'data-room="(\w+)"', day_page(client)) == ["salen", "nord", "syd"]
        assert "Salen (hele)" in day_page(client)

    def test_a_booking_of_the_whole_is_in_every_part(self, client: Client, hall: dict[str, Room], staff: User) -> None:
        client.force_login(staff)
        BookingFactory.create(room=hall["hele"], title="Fest")
        html = day_page(client)
        assert [lane(html, slug).count("Fest") for slug in ("salen", "nord", "syd")] == [1, 1, 1]

    def test_the_whole_is_free_where_all_parts_are(self, client: Client, hall: dict[str, Room]) -> None:
        BookingFactory.create(room=hall["nord"], start=600, end=720)
        BookingFactory.create(room=hall["syd"], start=690, end=780)
        html = day_page(client)
        assert classes(lane(html, "salen")) == [
            "closed from-0700 to-0800",
            "slot from-0800 to-1000",
            "closed from-1000 to-1300",
            "slot from-1300 to-2200",
        ]
        assert "block from-1000" not in lane(html, "syd")


class TestWeek:
    def test_a_window_counts_and_names_what_is_on(self, client: Client, secret: Booking, room: Room) -> None:
        BookingFactory.create(room=room, title="Banko", audience=Audience.EVERYONE, start=840, end=960)
        html = week_page(client)
        assert f"Salen tirsdag {working_day().day}.: 2 bookinger" in html
        assert html.index("Banko") < html.index("Optaget")

    def test_more_than_three_are_counted(self, client: Client, room: Room) -> None:
        for start in (480, 540, 600, 660, 720):
            BookingFactory.create(
                room=room, title=f"Hold {start}", audience=Audience.EVERYONE, start=start, end=start + 60
            )
        html = week_page(client)
        assert "+ 2 mere" in html

    @time_machine.travel("2026-12-20 12:00+01:00", tick=False)
    def test_week_53_reaches_into_the_new_year(self, client: Client, room: Room) -> None:
        html = page(client, dato="2026-12-31", visning="uge")
        assert "Uge 53" in html
        assert "28. december 2026 – 3. januar 2027" in html
        assert "Nytårsdag" in html

    @pytest.mark.parametrize(("sunday", "title"), [(date(2027, 3, 28), "Uge 12"), (date(2027, 10, 31), "Uge 43")])
    def test_the_weeks_in_which_the_clock_changes_keep_wall_time(
        self, client: Client, house: Center, room: Room, staff: User, sunday: date, title: str
    ) -> None:
        with time_machine.travel(datetime(sunday.year, sunday.month, 1, 12, tzinfo=clock.ZONE), tick=False):
            for day in (sunday - timedelta(days=1), sunday):
                BookingFactory.create(
                    room=room,
                    by=staff,  # 28 March 2027 is Easter Sunday: closed
                    title="Kirkekaffe",
                    audience=Audience.EVERYONE,
                    day=day,
                    start=600,
                    end=660,
                )
            week = page(client, dato=sunday, visning="uge")
            assert title in week
            assert week.count('<span class="t">10.00</span><span>Kirkekaffe</span>') == 2
            assert "block from-1000 to-1100" in lane(page(client, dato=sunday), "salen")
