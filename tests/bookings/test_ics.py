"""The calendar file of a booking, read back by a calendar."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from actors.models import Actor, User
from bookings import actions
from bookings.enums import Audience
from bookings.models import Booking
from centers.models import Center, Room
from medborger.common import clock
from medborger.common.models import Message
from tests.factories import ActorFactory, BookingFactory, UserFactory, slot, working_day
from tests.fixtures import access


@pytest.fixture
def booking(room: Room, association: Actor, member: User) -> Booking:
    return BookingFactory.create(room=room, actor=association, by=member, title="Kaffe; kage, og\\sang")


def fetched(client: Client, booking: Booking) -> Any:
    return Calendar.from_ical(client.get(f"/foreningernes-hus/bookinger/{booking.pk}/booking.ics").content)


def event(calendar: Any) -> Any:
    [found] = calendar.walk("VEVENT")
    return found


def test_a_calendar_reads_back_what_the_booking_is(client: Client, booking: Booking, member: User) -> None:
    client.force_login(member)
    calendar = fetched(client, booking)
    entry = event(calendar)

    assert calendar["METHOD"] == "PUBLISH"
    assert entry["SUMMARY"] == "Kaffe; kage, og\\sang"
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (booking.starts_at, booking.ends_at)
    assert entry["LOCATION"].startswith("Salen, Foreningernes Hus")
    assert (entry["SEQUENCE"], entry["STATUS"]) == (1, "CONFIRMED")


def test_a_line_break_in_a_title_cannot_write_another_property(client: Client, booking: Booking, member: User) -> None:
    Booking.objects.update(title="Fest\r\nATTENDEE:mailto:x@y.example")
    client.force_login(member)

    assert "ATTENDEE" not in event(fetched(client, booking))


def test_a_change_replaces_the_entry_and_a_cancellation_takes_it_away(booking: Booking, member: User) -> None:
    actions.move(booking=booking, slot=slot(booking.room, 600, 660), version=None, by=access(member))
    actions.cancel(booking=booking, version=None, by=access(member))
    sent = [Calendar.from_ical(text) for text in Message.objects.order_by("pk").values_list("calendar", flat=True)]

    assert len({event(calendar)["UID"] for calendar in sent}) == 1
    assert [event(calendar)["SEQUENCE"] for calendar in sent] == [1, 2, 3]
    assert [(calendar["METHOD"], event(calendar)["STATUS"]) for calendar in sent] == [
        ("PUBLISH", "CONFIRMED"),
        ("PUBLISH", "CONFIRMED"),
        ("CANCEL", "CANCELLED"),
    ]


def test_it_shows_no_more_than_the_page(client: Client, booking: Booking, house: Center) -> None:
    client.force_login(UserFactory.create(member_of=ActorFactory.create(house=house)))
    response = client.get(f"/foreningernes-hus/bookinger/{booking.pk}/booking.ics")

    assert event(Calendar.from_ical(response.content))["SUMMARY"] == "Optaget"
    assert "Kaffe" not in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


def test_a_visitor_takes_an_open_event_home(client: Client, room: Room, association: Actor) -> None:
    booking = BookingFactory.create(room=room, actor=association, audience=Audience.EVERYONE, title="Fællesspisning")
    response = client.get(f"/foreningernes-hus/bookinger/{booking.pk}/booking.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert event(Calendar.from_ical(response.content))["SUMMARY"] == "Fællesspisning"


def test_a_time_after_the_clock_change_is_the_same_instant(
    client: Client, room: Room, association: Actor, staff: User
) -> None:
    with time_machine.travel(clock.at(working_day(), 600), tick=False):
        booking = BookingFactory.create(room=room, actor=association, by=staff)
    client.force_login(staff)

    assert event(fetched(client, booking))["DTSTART"].dt == booking.starts_at
