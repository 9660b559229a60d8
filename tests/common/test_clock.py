"""Local times and the two nights on which Copenhagen's clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from medborger.common import clock

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


@pytest.mark.parametrize(
    ("day", "wall", "utc"),
    [
        (date(2026, 11, 24), time(18, 0), datetime(2026, 11, 24, 17, 0, tzinfo=UTC)),
        (date(2026, 7, 1), time(18, 0), datetime(2026, 7, 1, 16, 0, tzinfo=UTC)),
        (SPRING, time(1, 45), datetime(2027, 3, 28, 0, 45, tzinfo=UTC)),
        (SPRING, time(3, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (AUTUMN, time(2, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # twice that night: the first
        (AUTUMN, time(3, 0), datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_local_time_is_one_instant(day: date, wall: time, utc: datetime) -> None:
    assert clock.at(day, wall) == utc
    assert clock.at(day, wall.hour * 60 + wall.minute) == utc


@pytest.mark.parametrize("minutes", [120, 135, 179])
def test_the_hour_that_the_spring_skips_is_refused(minutes: int) -> None:
    with pytest.raises(clock.NonexistentTime):
        clock.at(SPRING, minutes)


def test_24_00_is_the_next_midnight() -> None:
    assert clock.at(date(2026, 12, 31), clock.MINUTES_A_DAY) == clock.midnight(date(2027, 1, 1))


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2027, 4, 1), 24)])
def test_lengths_are_elapsed_time(day: date, hours: int) -> None:
    assert clock.at(day, clock.MINUTES_A_DAY) - clock.midnight(day) == timedelta(hours=hours)


def test_the_minute_of_the_day_is_the_wall_clock_also_after_the_change() -> None:
    assert clock.minute_of_day(clock.at(SPRING, 18 * 60), SPRING) == 18 * 60
    assert clock.minute_of_day(clock.at(AUTUMN, 18 * 60), AUTUMN) == 18 * 60
    assert clock.minute_of_day(clock.at(AUTUMN, clock.MINUTES_A_DAY), AUTUMN) == clock.MINUTES_A_DAY


def test_a_week_begins_on_its_monday() -> None:
    assert clock.monday(date(2027, 1, 1)) == date(2026, 12, 28)
    assert date(2027, 1, 1).isocalendar().week == 53


def test_the_clock_stands_at_an_instant_within_and_goes_on_afterwards() -> None:
    new_year, midsummer = clock.at(date(2024, 1, 1), 9 * 60), clock.at(date(2024, 6, 21), 21 * 60)
    with clock.as_if(new_year):
        with clock.as_if(midsummer):
            assert clock.today() == date(2024, 6, 21)
        assert [clock.now(), clock.now()] == [new_year, new_year]
    assert abs(datetime.now(UTC) - clock.now()) < timedelta(seconds=10)
