"""Who sees what of a booking in the calendar; every test has data that could leak."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from actors.models import Actor, User
from bookings.enums import Audience, BookingState
from bookings.models import Booking
from centers.models import Center, Room
from medborger.common import clock
from tests.bookings.calendar_page import SECRET, day_page, week_page
from tests.factories import (
    ActorFactory,
    BookingFactory,
    UserFactory,
)


@pytest.mark.parametrize("show", [day_page, week_page])
class TestWhoSeesWhat:
    def test_a_visitor_sees_of_a_closed_booking_only_that_the_room_is_taken(
        self, client: Client, secret: Booking, show: Any
    ) -> None:
        html = show(client)
        assert "Optaget" in html
        assert SECRET not in html
        assert "Folkedanserne" not in html
        assert f"/bookinger/{secret.pk}/" not in html

    def test_somebody_with_a_tie_sees_who_has_it_but_not_for_what(
        self, client: Client, house: Center, secret: Booking, show: Any
    ) -> None:
        client.force_login(UserFactory.create(member_of=ActorFactory.create(house=house)))
        html = show(client)
        assert "Folkedanserne" in html
        assert SECRET not in html

    def test_a_user_without_a_tie_is_a_visitor(
        self, client: Client, outsider: User, secret: Booking, show: Any
    ) -> None:
        client.force_login(outsider)
        html = show(client)
        assert SECRET not in html
        assert "Folkedanserne" not in html

    def test_its_own_people_and_the_staff_see_the_title(
        self, client: Client, member: User, staff: User, secret: Booking, show: Any
    ) -> None:
        for user in (member, staff):
            client.force_login(user)
            assert SECRET in show(client)

    def test_a_partner_sees_the_title(
        self, client: Client, house: Center, room: Room, association: Actor, member: User, show: Any
    ) -> None:
        partner = ActorFactory.create(house=house)
        BookingFactory.create(room=room, actor=association, by=member, title=SECRET, partner=partner)
        client.force_login(UserFactory.create(member_of=partner))
        assert SECRET in show(client)

    def test_an_actor_that_is_not_shown_publicly_is_not_named_to_visitors(
        self, client: Client, house: Center, room: Room, show: Any
    ) -> None:
        hidden = ActorFactory.create(house=house, name="Krisecentrets venner", shown_publicly=False)
        BookingFactory.create(room=room, actor=hidden, title="Åben café", audience=Audience.EVERYONE)
        html = show(client)
        assert "Åben café" in html
        assert "Krisecentrets venner" not in html

    def test_no_persons_name_is_on_it(
        self, client: Client, member: User, staff: User, secret: Booking, show: Any
    ) -> None:
        client.force_login(staff)
        assert member.name not in show(client)

    def test_a_request_is_nobodys_event_yet(self, client: Client, room: Room, show: Any) -> None:
        booking = BookingFactory.create(room=room, title="Måske en fest", audience=Audience.EVERYONE)
        Booking.objects.filter(pk=booking.pk).update(
            state=BookingState.REQUESTED, expires_at=clock.now() + timedelta(days=1)
        )
        assert "Måske en fest" not in show(client)

    def test_what_people_write_is_escaped(self, client: Client, room: Room, show: Any) -> None:
        BookingFactory.create(room=room, title="<script>alert(1)</script>", audience=Audience.EVERYONE)
        html = show(client)
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
