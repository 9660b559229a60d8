"""What the database itself makes impossible, and the one way to a room."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from actors.errors import ActorNotInHouse
from bookings import actions, errors
from bookings.availability import blocked_span
from bookings.enums import BookingEvent, BookingState
from bookings.hold import Locked, Occurrence, hold
from bookings.models import Booking, Occupancy
from centers.models import Room
from medborger.common import audit, clock
from tests.factories import ActorFactory, BookingFactory, RoomFactory, slot, working_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return RoomFactory.create(setup_minutes=15, cleanup_minutes=30)


def unheld(room: Room, start: int, end: int) -> Booking:
    wanted = slot(room, start, end)
    return Booking.objects.create(
        center=room.center,
        room=room,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        title="Ønske",
        created_at=clock.now(),
    )


def raw_row(room: Room, booking: Booking, center_id: int) -> None:
    during = DateTimeTZRange(booking.starts_at, booking.ends_at)
    with transaction.atomic():
        Occupancy.objects.create(center_id=center_id, room=room, booking=booking, during=during, blocked=during)


def test_set_up_and_clean_up_keep_others_out(room: Room) -> None:
    BookingFactory.create(room=room, start=600, end=660)
    row = Occupancy.objects.get()
    assert (row.blocked.lower, row.blocked.upper) == blocked_span(room, row.during.lower, row.during.upper)
    locked = Locked(room.center_id, [room.pk])
    early, fits = unheld(room, 690, 750), unheld(room, 705, 750)  # 660 + 30 clean-up + 15 set-up = 705
    occurrences = [Occurrence(b, b.starts_at, b.ends_at) for b in (early, fits)]
    assert hold(room, locked.leaves(room.pk), occurrences) == occurrences[:1]
    assert fits.occupancies.count() == 1


def test_the_second_overlapping_row_is_refused_by_the_database(room: Room) -> None:
    held, other = BookingFactory.create(room=room, start=600, end=660), unheld(room, 630, 690)
    with pytest.raises(IntegrityError, match="occupancy_one_booking_at_a_time"):
        raw_row(room, other, room.center_id)
    assert held.occupancies.count() == 1


def test_a_row_that_names_another_house_is_refused(room: Room) -> None:
    other_house = RoomFactory.create().center
    with pytest.raises(IntegrityError, match="_in_house"):
        raw_row(room, unheld(room, 600, 660), other_house.pk)


def test_a_row_without_or_with_two_causes_is_refused(room: Room) -> None:
    during = DateTimeTZRange(*slot(room).span)
    with pytest.raises(IntegrityError, match="occupancy_has_one_cause"), transaction.atomic():
        Occupancy.objects.create(center=room.center, room=room, during=during, blocked=during)


def test_a_hall_is_held_by_all_its_parts() -> None:
    hall = RoomFactory.create()
    halves = [RoomFactory.create(center=hall.center, part_of=hall) for _ in range(2)]
    booking = BookingFactory.create(room=hall, start=600, end=660)
    assert set(booking.occupancies.values_list("room", flat=True)) == {half.pk for half in halves}


def test_an_occurrence_that_got_only_some_of_its_leaves_holds_none() -> None:
    hall = RoomFactory.create()
    halves = [RoomFactory.create(center=hall.center, part_of=hall) for _ in range(2)]
    BookingFactory.create(room=halves[0], start=600, end=660)
    whole = unheld(hall, 600, 660)
    locked = Locked(hall.center_id, [hall.pk])
    assert [
        o.cause for o in hold(hall, locked.leaves(hall.pk), [Occurrence(whole, whole.starts_at, whole.ends_at)])
    ] == [whole]
    assert whole.occupancies.count() == 0


def test_a_part_cannot_be_divided() -> None:
    hall = RoomFactory.create()
    half = RoomFactory.create(center=hall.center, part_of=hall)
    with pytest.raises(IntegrityError, match="cannot be divided"), transaction.atomic():
        RoomFactory.create(center=hall.center, part_of=half)


def test_a_request_holds_its_room_until_the_sweep_ends_it(room: Room) -> None:
    booking = BookingFactory.create(room=room, start=600, end=660)
    Booking.objects.filter(pk=booking.pk).update(
        state=BookingState.REQUESTED, expires_at=clock.now() - timedelta(minutes=1)
    )
    with pytest.raises(errors.RoomTaken) as refused:
        BookingFactory.create(room=room, start=600, end=660)
    assert [row.booking for row in refused.value.met.rows] == [booking]
    assert actions.expire_requests() == 1
    BookingFactory.create(room=room, start=600, end=660)
    booking.refresh_from_db()
    assert (booking.state, booking.expires_at, booking.occupancies.count()) == (BookingState.EXPIRED, None, 0)


@pytest.mark.parametrize("state", [state for state in BookingState if state != BookingState.REQUESTED])
def test_only_a_request_expires(room: Room, state: BookingState) -> None:
    booking = BookingFactory.create(room=room)
    with pytest.raises(IntegrityError, match="booking_requests_alone_expire"), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(state=state, expires_at=clock.now())


def test_a_request_must_expire(room: Room) -> None:
    booking = BookingFactory.create(room=room)
    with pytest.raises(IntegrityError, match="booking_requests_alone_expire"), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(state=BookingState.REQUESTED)


def test_the_sweep_lets_go_of_expired_requests_only(room: Room) -> None:
    bookings = [BookingFactory.create(room=room, start=start, end=start + 60) for start in (540, 720)]
    now = clock.now()
    for booking, minutes in zip(bookings, (-1, 60), strict=True):
        Booking.objects.filter(pk=booking.pk).update(
            state=BookingState.REQUESTED, expires_at=now + timedelta(minutes=minutes)
        )
    assert actions.expire_requests() == 1
    assert list(Occupancy.objects.values_list("booking", flat=True)) == [bookings[1].pk]
    assert [audit.history(booking).latest("id").verb for booking in bookings] == [
        BookingEvent.EXPIRED,
        BookingEvent.BOOKED,
    ]


def test_holding_a_year_of_weeks_costs_three_statements(room: Room, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    series = []
    for week in range(40):
        starts_at = clock.at(working_day() + timedelta(weeks=week), 600)
        booking = Booking.objects.create(
            center=room.center,
            room=room,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            title="Kor",
            created_at=clock.now(),
        )
        series.append(Occurrence(booking, booking.starts_at, booking.ends_at))
    with django_assert_max_num_queries(3):
        locked = Locked(room.center_id, [room.pk])
        assert hold(room, locked.leaves(room.pk), series) == []
    assert Occupancy.objects.count() == 40


def test_a_partner_from_another_house_is_refused_whoever_asks(room: Room) -> None:
    actor, stranger = ActorFactory.create(house=room.center), ActorFactory.create(house=RoomFactory.create().center)
    with pytest.raises(ActorNotInHouse) as refused:
        BookingFactory.create(room=room, actor=actor, partner=stranger)
    assert refused.value.field == "partner"
    assert not Booking.objects.exists()


def test_every_act_leaves_one_audit_row(room: Room) -> None:
    booking = BookingFactory.create(room=room)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verb, center_id FROM common_audit WHERE subject = 'booking' AND subject_id = %s", [booking.pk]
        )
        assert cursor.fetchall() == [(BookingEvent.BOOKED, room.center_id)]
