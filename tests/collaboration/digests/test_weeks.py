"""When a digest is due, over the nights on which the clock is changed, and how weeks are numbered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from collaboration.digests import weeks

SUNDAY, MONDAY = 6, 0


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "due"),
    [
        ("2027-03-22 06:00", "2027-03-29 05:00"),  # summer time begins on 28 March
        ("2027-03-29 05:00", "2027-04-05 05:00"),
        ("2026-10-19 05:00", "2026-10-26 06:00"),  # and ended on 25 October
        ("2026-11-23 05:59", "2026-11-23 06:00"),
        ("2026-11-23 06:00", "2026-11-30 06:00"),
    ],
)
def test_seven_on_monday_is_seven_on_the_clock_all_year(after: str, due: str) -> None:
    assert weeks.next_due(MONDAY, 7 * 60, at(after)) == at(due)


def test_a_time_that_the_clock_skips_is_an_hour_later_that_week_alone() -> None:
    """Half past two on 28 March 2027 is not on any clock in Copenhagen."""
    dues = list(weeks.missed(SUNDAY, 150, at("2027-03-21 01:30"), at("2027-04-05 00:00")))
    assert dues == [at("2027-03-21 01:30"), at("2027-03-28 01:30"), at("2027-04-04 00:30")]


def test_a_time_that_comes_twice_is_due_once() -> None:
    """Half past two on 25 October 2026 comes twice; the first counts."""
    dues = list(weeks.missed(SUNDAY, 150, at("2026-10-18 00:30"), at("2026-11-02 00:00")))
    assert dues == [at("2026-10-18 00:30"), at("2026-10-25 00:30"), at("2026-11-01 01:30")]


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2026, 12, 31), (2026, 53)),
        (date(2027, 1, 1), (2026, 53)),
        (date(2027, 1, 4), (2027, 1)),
        (date(2024, 12, 30), (2025, 1)),
    ],
)
def test_a_week_belongs_to_the_year_that_has_its_thursday(day: date, number: tuple[int, int]) -> None:
    assert weeks.number(day) == number
    assert weeks.monday_of(*number) == day - timedelta(days=day.weekday())


@pytest.mark.parametrize(
    ("year", "week"), [(2025, 53), (2026, 0), (2026, 54), (0, 1), (9999, 1), (10**30, 1), (2026, 10**30)]
)
def test_a_week_that_does_not_exist_is_none(year: int, week: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        weeks.monday_of(year, week)


def test_late_on_sunday_in_copenhagen_is_still_the_week_before() -> None:
    assert weeks.week_of(at("2026-11-22 22:59")) == date(2026, 11, 16)
    assert weeks.week_of(at("2026-11-22 23:00")) == date(2026, 11, 23)
