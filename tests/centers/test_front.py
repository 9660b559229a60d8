"""A house's front page answers a resident without a log-in, and tells no more than a resident may know."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.models import Actor, User
from bookings.enums import Audience
from bookings.models import Booking
from centers.models import Center, Room, SpecialDay
from medborger.common import clock
from tests.factories import ActorFactory, BookingFactory, DutyFactory, RoomFactory, UserFactory, close_room, working_day

URL = "/foreningernes-hus/"
# house, hours, rooms, what is taken, closures that wait, open events, who is at the desk, actors, whether all is closed
SQL_OF_A_VISITOR = 9


def front(client: Client) -> str:
    response = client.get(URL)
    assert response.status_code == 200
    return response.content.decode()


def windows(html: str) -> str:
    return html[html.index('<ul class="windows"') : html.index("</ul>", html.index('<ul class="windows"'))]


def at(day: date, hour: int, minute: int = 0) -> Any:
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.ZONE), tick=False)


class TestOpen:
    @pytest.mark.parametrize(
        ("hour", "said", "more"),
        [
            (9, "Åbent nu, til kl. 22.00", "Kom ind. Huset er åbent"),
            (17, "Åbent nu, til kl. 22.00", "Lige nu er der selvbetjening."),
            (6, "Åbner i dag kl. 8.00", "Huset er lukket lige nu"),
            (23, "Lukket. Åbner i morgen kl. 8.00", "Huset er lukket lige nu"),
        ],
    )
    def test_it_says_whether_the_house_is_open_or_when_next(
        self, client: Client, house: Center, hour: int, said: str, more: str
    ) -> None:
        with at(working_day(), hour):
            html = front(client)
        assert said in html
        assert more in html

    def test_a_house_whose_rooms_are_all_closed_is_not_called_open(
        self, client: Client, room: Room, staff: User
    ) -> None:
        day = working_day()
        close_room(room, staff, day)
        with at(day, 9):
            html = front(client)
        assert "Lukket: Nyt gulv" in html
        assert "Huset er lukket lige nu" in html
        assert "Åbent nu" not in html

    def test_the_table_of_hours_marks_today_and_tells_when_somebody_is_there(
        self, client: Client, house: Center
    ) -> None:
        with at(working_day(), 9):
            html = front(client)
        assert "Tirsdag, i dag" in html
        assert html.count("Bemandet 8.00–16.00") == 7

    def test_days_that_differ_are_told_with_their_reason(self, client: Client, house: Center) -> None:
        day = clock.today() + timedelta(days=10)
        SpecialDay.objects.create(center=house, date=day, opens=600, closes=720, reason="Loppemarked")
        html = front(client)
        assert "10.00–12.00 (Loppemarked)" in html


class TestWhatIsOn:
    def test_a_visitor_sees_todays_open_events_and_who_is_behind_them(
        self, client: Client, room: Room, association: Actor, member: User
    ) -> None:
        day = working_day()
        BookingFactory.create(
            room=room,
            actor=association,
            by=member,
            title="Folkedans",
            audience=Audience.EVERYONE,
            drop_in=True,
            day=day,
        )
        with at(day, 17):
            html = front(client)
        assert "Folkedans</a>" in html
        assert "Folkedanserne · Kom bare indtil kl. 20.00" in html

    def test_what_is_over_is_left_out(self, client: Client, room: Room) -> None:
        day = working_day()
        BookingFactory.create(room=room, title="Folkedans", audience=Audience.EVERYONE, day=day)
        with at(day, 20):
            assert "Folkedans" not in front(client)

    def test_the_coming_days_show_three_events_and_count_the_rest(self, client: Client, room: Room) -> None:
        day = working_day()
        for start in (600, 660, 720, 780, 840):
            BookingFactory.create(
                room=room, title=f"Hold {start}", audience=Audience.EVERYONE, day=day, start=start, end=start + 60
            )
        with at(day - timedelta(days=1), 9):
            html = front(client)
        assert [f"Hold {start}" in html for start in (600, 660, 720, 780)] == [True, True, True, False]
        assert "Og 2 mere" in html

    def test_a_closed_booking_is_only_a_taken_window(
        self, client: Client, room: Room, association: Actor, member: User
    ) -> None:
        day = working_day()
        BookingFactory.create(room=room, actor=association, by=member, title="Krisegruppe for kvinder", day=day)
        with at(day, 19):
            html = front(client)
        assert "is-busy" in windows(html)
        assert "Optaget" in windows(html)
        assert "Krisegruppe" not in html
        assert association.name not in windows(html)

    def test_an_actor_that_is_not_shown_publicly_is_nowhere(self, client: Client, house: Center, room: Room) -> None:
        hidden = ActorFactory.create(house=house, name="Krisecentrets venner", shown_publicly=False)
        day = working_day()
        BookingFactory.create(room=room, actor=hidden, title="Åben café", audience=Audience.EVERYONE, day=day)
        with at(day, 19):
            html = front(client)
        assert "Åben café" in html
        assert "Krisecentrets venner" not in html


class TestWindows:
    def test_an_open_event_lights_its_window(self, client: Client, room: Room) -> None:
        booking = BookingFactory.create(room=room, title="Folkedans", audience=Audience.EVERYONE)
        with time_machine.travel(booking.starts_at + timedelta(minutes=5), tick=False):
            html = front(client)
        assert "is-lit" in windows(html)
        assert "Kom ind. Der er lys i huset" in html
        assert "Ét sted kan du gå direkte ind." in html

    def test_a_booking_of_the_whole_hall_lights_every_part(self, client: Client, house: Center) -> None:
        hall = RoomFactory.create(center=house, name="Salen")
        for part in ("nord", "syd"):
            RoomFactory.create(center=house, name=f"Salen, {part}", part_of=hall)
        booking = BookingFactory.create(room=hall, title="Fest", audience=Audience.EVERYONE)
        with time_machine.travel(booking.starts_at, tick=False):
            html = front(client)
        assert windows(html).count("is-lit") == 2
        assert "Der er én aktivitet i gang." in html

    def test_a_free_room_says_until_when(self, client: Client, house: Center) -> None:
        hall = RoomFactory.create(center=house, setup_minutes=15)
        day = working_day()
        BookingFactory.create(room=hall, day=day)
        with at(day, 12):
            assert "til 17.45" in windows(front(client))
        with at(day, 21):
            assert "til 22.00" in windows(front(client))

    def test_a_closed_room_says_why(self, client: Client, room: Room, staff: User) -> None:
        day = working_day()
        close_room(room, staff, day)
        with at(day, 12):
            assert "Nyt gulv" in windows(front(client))

    def test_a_room_that_nobody_can_book_is_no_window(self, client: Client, house: Center, room: Room) -> None:
        RoomFactory.create(center=house, name="Kontoret", bookable=False)
        assert "Kontoret" not in front(client)


class TestWhoIsThere:
    def test_only_who_chose_so_is_named_and_by_first_name(self, client: Client, house: Center) -> None:
        DutyFactory.create(center=house, user=UserFactory.create(name="Yusuf Demir"), show_first_name=True)
        DutyFactory.create(center=house, user=UserFactory.create(name="Mette Holm"))
        html = front(client)
        assert "Yusuf" in html
        assert "Demir" not in html
        assert "Mette" not in html

    def test_actors_stand_in_the_order_of_the_danish_alphabet(self, client: Client, house: Center) -> None:
        for name in ("Ølbryggerne", "Åklubben", "Zumbaholdet", "Ældre i gang"):
            ActorFactory.create(house=house, name=name)
        html = front(client)
        places = [html.index(name) for name in ("Zumbaholdet", "Ældre i gang", "Ølbryggerne", "Åklubben")]
        assert places == sorted(places)


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_one_event_and_for_three(
    client: Client,
    room: Room,
    association: Actor,
    member: User,
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for place in range(number):
        BookingFactory.create(
            room=room,
            actor=association,
            by=member,
            audience=Audience.EVERYONE,
            day=working_day(),
            start=600 + 60 * place,
            end=660 + 60 * place,
        )
    assert Booking.objects.count() == number
    with at(working_day() - timedelta(days=1), 12), django_assert_max_num_queries(SQL_OF_A_VISITOR):
        front(client)
