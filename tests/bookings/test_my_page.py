"""One's bookings over all houses, on /mig/."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, User
from bookings.models import Booking
from centers.models import Center, Room
from medborger.common import clock
from tests.factories import ActorFactory, BookingFactory, MembershipFactory, RoomFactory, past_booking


def test_it_shows_what_is_coming_and_past_over_all_houses_and_nobody_elses(
    client: Client, house: Center, other_house: Center, room: Room, association: Actor, member: User
) -> None:
    elsewhere = MembershipFactory.create(user=member, actor=ActorFactory.create(house=other_house)).actor
    BookingFactory.create(room=room, actor=association, by=member, title="Hjemme")
    BookingFactory.create(room=RoomFactory.create(center=other_house), actor=elsewhere, by=member, title="Ude")
    BookingFactory.create(room=room, actor=ActorFactory.create(house=house), title="Fremmed", start=600, end=660)
    past_booking(room, association, member, clock.now() - timedelta(days=3), title="Forbi")
    client.force_login(member)
    html = client.get("/mig/").content.decode()

    assert {title for title in ("Hjemme", "Ude", "Fremmed", "Forbi") if title in html} == {"Hjemme", "Ude", "Forbi"}


def test_the_way_to_all_bookings_says_whose_they_are(client: Client, member: User, staff: User) -> None:
    said = []
    for person in (member, staff):
        client.force_login(person)
        html = client.get("/mig/").content.decode()
        said.append(html.partition('<a href="/foreningernes-hus/bookinger/">')[2].partition("</a>")[0])
    assert said == ["Alle jeres bookinger i Foreningernes Hus", "Alle bookinger i Foreningernes Hus"]


def test_a_reason_that_is_owed_is_listed_until_it_is_given(
    client: Client, room: Room, association: Actor, staff: User
) -> None:
    booking = BookingFactory.create(room=room, actor=association, by=staff, start=5 * 60, end=6 * 60, title="Tidlig")
    client.force_login(staff)
    assert "Mangler grund" in client.get("/mig/").content.decode()

    client.post(f"/foreningernes-hus/bookinger/{booking.pk}/grund/", {"hours_reason": "Rejsehold"})
    assert "Mangler grund" not in client.get("/mig/").content.decode()


def test_it_costs_the_same_with_one_booking_and_three(
    client: Client, room: Room, association: Actor, member: User
) -> None:
    client.force_login(member)
    counts = []
    for hour in (9, 11, 13):
        BookingFactory.create(room=room, actor=association, by=member, start=hour * 60, end=hour * 60 + 60)
        with CaptureQueriesContext(connection) as queries:
            client.get("/mig/")
        counts.append(len(queries))

    assert Booking.objects.count() == 3
    assert counts[0] == counts[-1]
