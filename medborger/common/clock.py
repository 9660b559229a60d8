"""The one clock. Times are UTC in the database and Europe/Copenhagen for people.

Nothing else asks for the time: neither `datetime.now`, `timezone.now` nor SQL's `now()` (which is the transaction's start).
"""

import time as _time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from medborger.common.errors import DomainError

ZONE = ZoneInfo("Europe/Copenhagen")
QUARTER = timedelta(minutes=15)
MINUTES_A_DAY = 24 * 60


class NonexistentTime(DomainError):
    """The local time is skipped by the change to summer time."""

    message = _("Det klokkeslæt findes ikke den dag: urene stilles en time frem.")


_stands_at: ContextVar[datetime | None] = ContextVar("stands_at", default=None)


@cache
def _offset() -> timedelta:
    """How far the tests' clock stands from the machine's."""
    if not settings.CLOCK:
        return timedelta()
    moved: timedelta = settings.CLOCK - datetime.now(UTC)
    return moved


def now() -> datetime:
    """This instant, in UTC."""
    return _stands_at.get() or datetime.now(UTC) + _offset()


@contextmanager
def as_if(instant: datetime) -> Iterator[None]:
    """Let the clock stand at `instant`: so the demo makes its past by the very actions that people use. Nothing else may."""
    before = _stands_at.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _stands_at.reset(before)


def local(instant: datetime) -> datetime:
    """The instant on a clock in Copenhagen."""
    return instant.astimezone(ZONE)


def today() -> date:
    """The date in Copenhagen."""
    return local(now()).date()


def at(day: date, clock_time: time | int) -> datetime:
    """The instant of a local time, in UTC. `clock_time` is a time or minutes since midnight; 1440 is 24.00.

    A time that the autumn's change makes twice is the first of the two.
    Raises NonexistentTime for one that the spring's change skips.
    """
    if isinstance(clock_time, time):
        clock_time = clock_time.hour * 60 + clock_time.minute
    days, minutes = divmod(clock_time, MINUTES_A_DAY)
    wall = datetime.combine(day + timedelta(days=days), time(minutes // 60, minutes % 60), tzinfo=ZONE)
    instant = wall.astimezone(UTC)
    if instant.astimezone(ZONE).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise NonexistentTime
    return instant


def midnight(day: date) -> datetime:
    """The instant at which the local day begins, in UTC."""
    return at(day, 0)


def minute_of_day(instant: datetime, day: date) -> int:
    """Minutes on the wall clock since `day` began; 1440 or more on a later day, below 0 on an earlier one."""
    wall = local(instant)
    return (wall.date() - day).days * MINUTES_A_DAY + wall.hour * 60 + wall.minute


def monday(day: date) -> date:
    """The Monday of the day's ISO week."""
    return day - timedelta(days=day.weekday())


def monotonic() -> float:
    """Seconds on a clock that never steps back, for measuring how long something took."""
    return _time.monotonic()
