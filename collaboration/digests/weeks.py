"""Weeks as the calendar counts them, and when a digest is due: wall time goes in, UTC comes out."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from medborger.common import clock
from medborger.common.clock import NonexistentTime

WEEK = timedelta(days=7)
# One that could not be made within so long after it was due is left out, and said to be.
LATEST = timedelta(days=3)


class Number(NamedTuple):
    """The ISO year and number of a week: 31 December 2026 and 1 January 2027 are both in week 53 of 2026."""

    year: int
    week: int


def number(day: date) -> Number:
    calendar = day.isocalendar()
    return Number(calendar.year, calendar.week)


def monday_of(year: int, week: int) -> date:
    """The Monday of an ISO week. Raises ValueError for one that does not exist: 2025 has no week 53."""
    if not (1 <= year <= 9998 and 1 <= week <= 53):
        raise ValueError(year, week)
    return date.fromisocalendar(year, week, 1)


def due_on(monday: date, weekday: int, minute: int) -> datetime:
    """When the digest of that week is due, in UTC. A time that the spring's change skips is an hour later."""
    day = monday + timedelta(days=weekday)
    try:
        return clock.at(day, minute)
    except NonexistentTime:
        return clock.at(day, minute + 60)


def next_due(weekday: int, minute: int, after: datetime) -> datetime:
    """The first time after that instant at which the clock in Copenhagen shows it."""
    monday = week_of(after)
    due = due_on(monday, weekday, minute)
    return due if due > after else due_on(monday + WEEK, weekday, minute)


def week_of(instant: datetime) -> date:
    """The Monday of the week in which it lies, in Copenhagen."""
    return clock.monday(clock.local(instant).date())


def missed(weekday: int, minute: int, first: datetime, now: datetime) -> Iterator[datetime]:
    """All times from `first` on at which one was due, up to now."""
    due = first
    while due <= now:
        yield due
        due = next_due(weekday, minute, due)
