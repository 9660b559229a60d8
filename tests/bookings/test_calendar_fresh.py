"""An unchanged calendar costs nothing, a changed one is seen within seconds."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.models import User
from bookings.calendar import calendar_version
from bookings.enums import Audience
from bookings.models import Booking
from centers.models import Center, Room
from medborger.common import clock
from tests.bookings.calendar_page import SECRET, day_page
from tests.factories import (
    BookingFactory,
    CenterRoleFactory,
    working_day,
)


class TestUnchanged:
    URL = "/foreningernes-hus/kalender/"

    @pytest.fixture(autouse=True)
    def _still(self) -> Any:
        """The minute is part of what a page depends on."""
        with time_machine.travel(clock.now(), tick=False):
            yield

    def test_an_unchanged_page_is_not_sent_again(self, client: Client, room: Room) -> None:
        first = client.get(self.URL)
        assert first.headers["Cache-Control"] == "private, no-cache"
        again = client.get(self.URL, headers={"if-none-match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Cache-Control"] == "private, no-cache"

    @pytest.mark.django_db(transaction=True)
    def test_a_booking_changes_it(self, client: Client, room: Room) -> None:
        first = client.get(self.URL)
        BookingFactory.create(room=room)
        assert client.get(self.URL, headers={"if-none-match": first.headers["ETag"]}).status_code == 200

    def test_it_differs_by_person_role_language_minute_and_address(
        self, client: Client, room: Room, member: User, house: Center
    ) -> None:
        tags = [client.get(self.URL).headers["ETag"], client.get(self.URL, {"visning": "uge"}).headers["ETag"]]
        tags.append(client.get(self.URL, headers={"accept-language": "en"}).headers["ETag"])
        with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
            tags.append(client.get(self.URL).headers["ETag"])
        client.force_login(member)
        tags.append(client.get(self.URL).headers["ETag"])
        CenterRoleFactory.create(user=member, center=house)
        tags.append(client.get(self.URL).headers["ETag"])
        assert len(set(tags)) == len(tags)

    def test_without_valkey_the_page_is_sent_and_kept_by_nobody(
        self, client: Client, room: Room, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(calendar_version, "current", lambda center_id: None)
        response = client.get(self.URL)
        assert response.status_code == 200
        assert "ETag" not in response.headers


class TestChanges:
    URL = "/foreningernes-hus/kalender/aendringer/"

    def test_nothing_new_is_204(self, client: Client, room: Room, house: Center) -> None:
        response = client.get(self.URL, {"siden": str(calendar_version.current(house.pk))})
        assert (response.status_code, response.content) == (204, b"")

    @pytest.mark.parametrize("visning", ["dag", "uge"])
    def test_something_new_is_the_grid_alone(self, client: Client, room: Room, visning: str) -> None:
        response = client.get(self.URL, {"siden": "1", "visning": visning, "dato": str(working_day())})
        html = response.content.decode()
        assert response.status_code == 200
        assert html.count('id="calendar"') == 1
        assert "<html" not in html

    def test_the_page_asks_for_what_came_after_it(self, client: Client, room: Room, house: Center) -> None:
        asked = re.search(r'hx-get="([^"]+)"', day_page(client))
        assert asked
        assert client.get(asked[1].replace("&amp;", "&")).status_code == 204

    @pytest.mark.django_db(transaction=True)
    def test_a_booking_by_somebody_else_is_in_it(self, client: Client, room: Room) -> None:
        asked = re.search(r'hx-get="([^"]+)"', day_page(client))
        assert asked
        BookingFactory.create(room=room, title="Fest", audience=Audience.EVERYONE)
        response = client.get(asked[1].replace("&amp;", "&"))
        assert "Fest" in response.content.decode()

    def test_it_tells_a_visitor_no_more_than_the_page(self, client: Client, secret: Booking) -> None:
        response = client.get(self.URL, {"dato": str(working_day())})
        assert SECRET not in response.content.decode()

    def test_a_poll_costs_a_visitor_one_statement(
        self, client: Client, room: Room, house: Center, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(1):
            assert client.get(self.URL, {"siden": str(calendar_version.current(house.pk))}).status_code == 204
