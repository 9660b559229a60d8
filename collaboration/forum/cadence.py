"""How often a forum has agreed to meet, as data. Pure: "første torsdag hver måned kl. 9.00" (S1943-60: a formal cadence).

Dates are local; a public holiday moves nothing: the page says that it is one, and the people decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from dateutil import rrule
from django.utils.translation import gettext as _

from centers.enums import Weekday
from collaboration.forum.enums import Nth, Rhythm
from medborger.common.phrases import clock_text

# The days between two meetings in the longest cadence, and some: the next one is never further off.
FURTHEST = timedelta(days=400)
DAYS = {Rhythm.WEEKS: 7, Rhythm.MONTHS: 30}


@dataclass(frozen=True)
class Cadence:
    """Every `every` weeks on the weekday, or every `every` months on the nth of it. It is counted from `counts_from`: no meeting is due
    before that day. `start` is in minutes since midnight, local time."""

    rhythm: Rhythm
    every: int
    weekday: Weekday
    nth: Nth | None
    counts_from: date
    start: int

    @property
    def days(self) -> int:
        """About how many days lie between two meetings."""
        return DAYS[self.rhythm] * self.every


def due_dates(cadence: Cadence, first: date, last: date) -> Iterator[date]:
    """The days on which a meeting is due, from `first` to `last`, both included."""
    days = (found.date() for found in _rule(cadence, interval=cadence.every, dtstart=_anchor(cadence), until=last))
    return (day for day in days if day >= first)


def next_due(cadence: Cadence, day: date) -> date:
    """The first day from `day` on, itself included, on which a meeting is due."""
    return next(due_dates(cadence, day, max(day, cadence.counts_from) + FURTHEST))


def _anchor(cadence: Cadence) -> date:
    """The first day of the cadence: the intervals are counted from it, whatever day was named."""
    return next(iter(_rule(cadence, dtstart=cadence.counts_from, count=1))).date()


def _rule(cadence: Cadence, **limits: Any) -> rrule.rrule:
    unit: Literal[1, 2] = rrule.WEEKLY if cadence.rhythm == Rhythm.WEEKS else rrule.MONTHLY
    return rrule.rrule(unit, byweekday=rrule.weekday(cadence.weekday, cadence.nth), **limits)


def words(cadence: Cadence) -> str:
    """første torsdag hver måned kl. 9.00; hver anden torsdag kl. 9.00"""
    return _("%(days)s kl. %(time)s") % {"days": days(cadence), "time": clock_text(cadence.start)}


def days(cadence: Cadence) -> str:
    """første torsdag hver måned; torsdag hver 6. uge"""
    said = {"weekday": cadence.weekday.in_words, "number": cadence.every}
    if cadence.rhythm == Rhythm.WEEKS:
        return _weeks(cadence.every) % said
    nth = cadence.nth.label if cadence.nth else ""
    return _("%(nth)s %(weekday)s %(months)s") % {**said, "nth": nth, "months": _months(cadence.every) % said}


def _weeks(every: int) -> str:
    if every == 1:
        return _("hver %(weekday)s")
    if every == 2:
        return _("hver anden %(weekday)s")
    return _("%(weekday)s hver %(number)s. uge")


def _months(every: int) -> str:
    if every == 1:
        return _("hver måned")
    if every == 2:
        return _("hver anden måned")
    if every == 3:
        return _("hver tredje måned")
    return _("hver %(number)s. måned")
