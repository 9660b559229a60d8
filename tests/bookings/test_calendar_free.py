"""What the calendar shows as free is never refused by the action that books, and nothing that could be booked is left out."""

from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings, strategies as st

from actors.access import Access
from actors.models import Actor, User
from bookings import actions, errors
from bookings.availability import blocked_span
from bookings.calendar.free_times import FreeTimes, quarters
from bookings.models import Booking
from bookings.rules import BookingData, Slot
from centers.hours import Interval, OpenDay
from centers.models import Center, Room, SpecialDay
from medborger.common import clock
from tests.factories import BookingFactory, RoomFactory, close_room, working_day

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
ALL_DAY = (Interval(0, 1440),)


def free_times(day: date, *intervals: Interval) -> FreeTimes:
    return FreeTimes(OpenDay(day, intervals or (Interval(480, 1320),)), earliest=clock.midnight(day), latest=day)


def minutes(
    times: FreeTimes, taken: list[tuple[int, int]], day: date, setup: int = 0, cleanup: int = 0
) -> list[tuple[int, int]]:
    spans = [(clock.at(day, start), clock.at(day, end)) for start, end in taken]
    return [(stretch.start, stretch.end) for stretch in times.of(spans, setup=setup, cleanup=cleanup)]


def test_the_whole_opening_time_is_free_in_an_empty_room() -> None:
    day = working_day()
    assert minutes(free_times(day), [], day) == [(480, 1320)]


def test_hours_that_meet_are_one_stretch_and_a_break_divides() -> None:
    day = working_day()
    times = free_times(day, Interval(480, 720), Interval(720, 960, staffed=False), Interval(1020, 1320))
    assert minutes(times, [], day) == [(480, 960), (1020, 1320)]


def test_ones_own_set_up_and_clean_up_keep_their_distance_to_the_neighbours() -> None:
    day = working_day()
    assert minutes(free_times(day), [(600, 720)], day, setup=30, cleanup=15) == [(480, 585), (750, 1320)]


def test_a_set_up_that_is_no_quarter_leaves_whole_quarters() -> None:
    day = working_day()
    assert minutes(free_times(day), [(600, 720)], day, setup=10, cleanup=5) == [(480, 585), (735, 1320)]


def test_less_than_half_an_hour_is_not_offered() -> None:
    day = working_day()
    assert minutes(free_times(day), [(495, 600), (615, 700), (730, 1320)], day) == []


def test_nothing_is_free_in_the_past_or_beyond_the_houses_reach() -> None:
    day = working_day()
    times = FreeTimes(OpenDay(day, (Interval(480, 1320),)), earliest=clock.at(day, 610), latest=day)
    assert minutes(times, [], day) == [(615, 1320)]
    assert (
        FreeTimes(OpenDay(day, ALL_DAY), earliest=clock.midnight(day), latest=day - timedelta(days=1)).of(
            [], setup=0, cleanup=0
        )
        == []
    )


def test_the_hour_that_spring_skips_is_no_part_of_any_stretch() -> None:
    """28 March 2027: from 2.00 the clock says 3.00."""
    assert [quarter.start for quarter in quarters(SPRING)][7:10] == [105, 180, 195]
    assert minutes(free_times(SPRING, *ALL_DAY), [], SPRING) == [(0, 1440)]
    assert minutes(free_times(SPRING, *ALL_DAY), [(60, 105)], SPRING) == [(0, 60), (105, 1440)]


def test_the_hour_that_autumn_repeats_is_free_only_when_both_are() -> None:
    """31 October 2027: what is set up for 3.00 blocks the second half past two, so nothing may run on to 3.00."""
    day = AUTUMN
    three = clock.at(day, 180)
    blocked = (three - timedelta(minutes=30), three + timedelta(hours=1))
    found = [(s.start, s.end) for s in free_times(day, *ALL_DAY).of([blocked], setup=0, cleanup=0)]
    assert found == [(0, 165), (240, 1440)]


def test_a_link_never_asks_for_longer_than_the_house_allows() -> None:
    (stretch,) = free_times(AUTUMN, *ALL_DAY).of([], setup=0, cleanup=0)
    assert stretch.first(timedelta(hours=1)) == 60
    (night,) = free_times(AUTUMN, Interval(120, 600)).of([], setup=0, cleanup=0)
    assert night.first(timedelta(hours=1)) == 165  # 2.00 to 2.45 are 45 minutes, to 3.00 an hour more


@pytest.fixture
def hall(house: Center) -> Room:
    return RoomFactory.create(center=house, name="Hallen", slug="hallen", setup_minutes=20, cleanup_minutes=15)


@pytest.mark.parametrize("start", range(480, 1320, 45))
def test_a_time_is_shown_as_free_exactly_when_it_can_be_booked(
    house: Center, hall: Room, association: Actor, member: User, start: int
) -> None:
    day, end = working_day(), start + 45
    BookingFactory.create(room=hall, actor=association, by=member, day=day, start=600, end=690)
    BookingFactory.create(room=hall, actor=association, by=member, day=day, start=1080, end=1200)
    taken = Booking.objects.values_list("occupancies__blocked", flat=True)
    shown = free_times(day).of([(span.lower, span.upper) for span in taken], setup=20, cleanup=15)
    data = BookingData(slot=Slot(hall, day, start, end), actor=association, title="Øveaften")
    try:
        actions.book(center=house, data=data, by=Access.of(member))
        booked = True
    except (errors.RoomTaken, errors.OutsideOpeningHours):
        booked = False
    assert any(stretch.start <= start and end <= stretch.end for stretch in shown) == booked


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    day=st.sampled_from([date(2027, 5, 4), SPRING, AUTUMN]),
    taken=st.lists(st.tuples(st.integers(0, 95), st.integers(1, 20)), max_size=6),
    setup=st.integers(0, 60),
    cleanup=st.integers(0, 60),
)
def test_every_free_quarter_keeps_clear_of_all_that_is_blocked(
    day: date, taken: list[tuple[int, int]], setup: int, cleanup: int
) -> None:
    marks = [quarter.starts_at for quarter in quarters(day)]
    spans = [
        (marks[min(a, len(marks) - 1)], marks[min(a, len(marks) - 1)] + timedelta(minutes=15 * n)) for a, n in taken
    ]
    room = Room(setup_minutes=setup, cleanup_minutes=cleanup)
    for stretch in free_times(day, *ALL_DAY).of(spans, setup=setup, cleanup=cleanup):
        assert clock.at(day, stretch.start) == stretch.starts_at
        assert clock.at(day, stretch.end) == stretch.ends_at
        start, end = blocked_span(room, stretch.starts_at, stretch.ends_at)
        assert not any(a < end and start < b for a, b in spans)


def test_a_closure_leaves_nothing_free(hall: Room, staff: User) -> None:
    closure = close_room(hall, staff)
    times = free_times(working_day())
    assert times.of([(closure.starts_at, closure.ends_at)], setup=20, cleanup=15) == []


@time_machine.travel("2027-03-27 12:00+01:00", tick=False)
def test_a_night_booking_over_the_spring_change_can_be_booked_as_shown(
    house: Center, hall: Room, association: Actor, member: User
) -> None:
    SpecialDay.objects.create(center=house, date=SPRING, opens=0, closes=1440)
    (stretch,) = free_times(SPRING, *ALL_DAY).of([], setup=20, cleanup=15)
    assert stretch.first(timedelta(hours=2)) == 180  # from midnight to 3.00 are two hours that night
    data = BookingData(slot=Slot(hall, SPRING, 105, 180), actor=association, title="Nattevagt")
    booking = actions.book(center=house, data=data, by=Access.of(member))
    assert booking.ends_at - booking.starts_at == timedelta(minutes=15)
