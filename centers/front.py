"""A house's front page: what a resident asks within ten seconds.

The house itself knows its hours and the way in. Who is there and what is on is known by other apps; each registers a provider
for its part, and fills in the shapes below.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from centers.hours import Hours, Interval, hours_text, weekday_name
from medborger.common import phrases
from medborger.common.registry import Registry

Provider = Callable[[Any], Any]
parts: Registry[Provider] = Registry("front")
AHEAD = timedelta(days=28)  # how far ahead the front page tells of days that differ from the usual week


@dataclass(frozen=True)
class Window:
    """A room now. `light` is "lit" (open for others), "busy" or empty (dark)."""

    room: str
    url: str
    light: str
    what: str
    note: str = ""
    icon: str = ""
    until: str = ""


@dataclass(frozen=True)
class ComingEvent:
    """Something that others may come to. `starts` is for machines, `time` for people; `line` says who is behind it and for whom."""

    starts: str
    time: str
    title: str
    url: str
    line: str
    where: str
    is_now: bool


@dataclass(frozen=True)
class ComingDay:
    """A day that has something: its first events, and how many more there are in its calendar at `url`."""

    name: str
    url: str
    events: Sequence[ComingEvent]
    more: int


@dataclass(frozen=True)
class Programme:
    """Part "programme": what is on now, later today, and on the coming days."""

    windows: Sequence[Window]
    going_on: int
    walk_in: int
    today: Sequence[ComingEvent]
    week: Sequence[ComingDay]
    calendar_url: str
    book_url: str


@dataclass(frozen=True)
class Host:
    """Somebody at the desk who chose to be named."""

    first_name: str
    photo_url: str
    hours: str


@dataclass(frozen=True)
class People:
    """Part "people": who is at the desk today, and the actors that show themselves, in the order of the Danish alphabet."""

    hosts: Sequence[Host]
    actors: Sequence[str]


def filled(request: HttpRequest) -> dict[str, Any]:
    """The parts of the front page by name, as the apps fill them."""
    return {str(part): provider(request) for part, provider in parts.items()}


@dataclass(frozen=True)
class HoursRow:
    """A weekday in the table of opening hours."""

    label: str
    hours: str
    staffed: str
    is_today: bool


def hours_table(hours: Hours, today: date) -> list[HoursRow]:
    """The usual week; today as it is today."""
    rows = []
    for weekday, usual in hours.weekly():
        day = today + timedelta(days=weekday - today.weekday())
        is_today = day == today
        intervals = hours.on(today).intervals if is_today else usual
        name = capfirst(weekday_name(day))
        label = _("%(weekday)s, i dag") % {"weekday": name} if is_today else name
        rows.append(HoursRow(label, hours_text(intervals), _staffed_text(intervals), is_today))
    return rows


def unusual_days(hours: Hours, today: date) -> list[tuple[str, str, str]]:
    """The coming days with other hours than their weekday's: day, hours, and why."""
    days = (hours.on(today + timedelta(days=ahead)) for ahead in range(AHEAD.days))
    return [
        (capfirst(phrases.day_words(day.date)), hours_text(day.intervals), day.reason) for day in days if day.reason
    ]


def _staffed_text(intervals: Sequence[Interval]) -> str:
    """When somebody is there; empty when that is all the time."""
    if all(interval.staffed for interval in intervals):
        return ""
    staffed = [interval for interval in intervals if interval.staffed]
    return _("Bemandet %(hours)s") % {"hours": hours_text(staffed)} if staffed else _("Selvbetjening")
