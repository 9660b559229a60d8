"""When a house is open: weekly hours, special days and holidays. All minutes are local ones since midnight."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays
from django.db import connection
from django.utils.translation import get_language, gettext as _

from centers.enums import Weekday
from centers.models import Center
from medborger.common import clock
from medborger.common.phrases import clock_text

# Days that the `holidays` package counts as optional: a house chooses which of them it keeps (store bededag is gone since 2024).
OPTIONAL_HOLIDAYS = ("Arbejdernes kampdag", "Grundlovsdag", "Juleaftensdag", "Nytårsaften")


@dataclass(frozen=True, order=True)
class Interval:
    """Open from and to, in minutes since local midnight."""

    opens: int
    closes: int
    staffed: bool = True


@dataclass(frozen=True)
class OpenDay:
    """A date's opening hours; empty `intervals` is a closed day, and `reason` says why it differs from the week's usual."""

    date: date
    intervals: tuple[Interval, ...]
    reason: str = ""

    def covers(self, start: int, end: int) -> bool:
        """Whether the house is open all the way from `start` to `end`; hours that meet (staffed, then self-service) count as one."""
        reached = start
        for interval in self.intervals:
            if interval.opens <= reached < interval.closes:
                reached = interval.closes
        return reached >= end

    def at(self, minute: int) -> Interval | None:
        """The interval that holds this minute of the day."""
        return next((i for i in self.intervals if i.opens <= minute < i.closes), None)


# Written out, for the header of every page asks it: put together by the ORM it took 1.5 ms of CPU.
HOURS = """
    SELECT center_id, weekday, NULL::date AS day, opens, closes, staffed, '' AS why FROM centers_openinghours
    WHERE center_id = ANY(%(centers)s)
    UNION ALL
    SELECT center_id, NULL, date, opens, closes, staffed, reason FROM centers_specialday
    WHERE center_id = ANY(%(centers)s) AND date BETWEEN %(first)s AND %(last)s
    ORDER BY opens
"""
_Row = tuple[int, int | None, date | None, int | None, int | None, bool, str]


class Hours:
    """A house's hours over a span of dates, read in one statement."""

    def __init__(self, center: Center, first: date, last: date, rows: Iterable[_Row] | None = None) -> None:
        self.center = center
        self._weekly: dict[int | None, list[Interval]] = defaultdict(list)
        self._special: dict[date, OpenDay] = {}
        for _center, weekday, day, opens, closes, staffed, why in (
            _rows([center], first, last) if rows is None else rows
        ):
            hours = () if opens is None or closes is None else (Interval(opens, closes, staffed),)
            if day is None:
                self._weekly[weekday].extend(hours)
            else:
                self._special[day] = OpenDay(day, hours, why or holiday_name(day, center.optional_holidays))

    @classmethod
    def reaching(cls, center: Center, first: date | None = None, last: date | None = None) -> "Hours":
        """The hours from `first` to `last`, and always of the week ahead: the header says when the house opens next."""
        today = clock.today()
        week_ahead = today + timedelta(days=7)
        return cls(center, min(first or today, today), max(last or week_ahead, week_ahead))

    def on(self, day: date) -> OpenDay:
        if special := self._special.get(day):
            return special
        if name := holiday_name(day, self.center.optional_holidays):
            return OpenDay(day, (), name)
        return OpenDay(day, tuple(self._weekly[day.weekday()]))

    def weekly(self) -> list[tuple[int, tuple[Interval, ...]]]:
        """The usual week, Monday (0) to Sunday (6)."""
        return [(weekday, tuple(self._weekly[weekday])) for weekday in range(7)]


def week_ahead_of(centers: Sequence[Center]) -> dict[int, Hours]:
    """The hours of many houses over the coming week, by house, in one statement."""
    today = clock.today()
    last = today + timedelta(days=7)
    rows: dict[int, list[_Row]] = {center.pk: [] for center in centers}
    for row in _rows(centers, today, last):
        rows[row[0]].append(row)
    return {center.pk: Hours(center, today, last, rows[center.pk]) for center in centers}


def _rows(centers: Iterable[Center], first: date, last: date) -> Iterable[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(HOURS, {"centers": [center.pk for center in centers], "first": first, "last": last})
        rows: list[_Row] = cursor.fetchall()
        return rows


def hours_on(center: Center, day: date) -> OpenDay:
    return Hours(center, day, day).on(day)


def holiday_name(day: date, optional: Iterable[str]) -> str:
    """What the reader calls the public holiday, or an optional one that the house keeps; empty on other days."""
    public, extra = _holidays(day.year, "da")
    if day not in public and extra.get(day) not in set(optional):
        return ""
    if get_language() == "en":
        public, extra = _holidays(day.year, "en_US")
    return public.get(day) or extra[day]


@lru_cache(maxsize=16)
def _holidays(year: int, language: str) -> tuple[dict[date, str], dict[date, str]]:
    public = dict(holidays.country_holidays("DK", years=year, language=language, categories=("public",)))
    optional = dict(holidays.country_holidays("DK", years=year, language=language, categories=("optional",)))
    return public, optional


@dataclass(frozen=True)
class OpenNow:
    """Whether the house is open, as a sentence for its header: "Åbent nu, til kl. 22.00"."""

    is_open: bool
    staffed: bool
    text: str


def open_now(hours: Hours, day: date, minute: int) -> OpenNow:
    """What the house says of itself at this minute of the local day. `hours` must reach seven days on."""
    today = hours.on(day)
    if interval := today.at(minute):
        closes = interval.closes
        for later in today.intervals:
            if later.opens == closes:
                closes = later.closes
        return OpenNow(True, interval.staffed, _("Åbent nu, til kl. %(time)s") % {"time": clock_text(closes)})
    later_today = [i.opens for i in today.intervals if i.opens > minute]
    if later_today:
        return OpenNow(False, False, _("Åbner i dag kl. %(time)s") % {"time": clock_text(min(later_today))})
    for ahead in range(1, 8):
        coming = hours.on(day + timedelta(days=ahead))
        if coming.intervals:
            time = clock_text(coming.intervals[0].opens)
            if ahead == 1:
                return OpenNow(False, False, _("Lukket. Åbner i morgen kl. %(time)s") % {"time": time})
            return OpenNow(
                False,
                False,
                _("Lukket. Åbner %(weekday)s kl. %(time)s") % {"weekday": weekday_name(coming.date), "time": time},
            )
    return OpenNow(False, False, _("Lukket"))


def hours_text(intervals: Sequence[Interval]) -> str:
    """8.00–12.00 og 13.00–22.00; hours that meet are one."""
    joined: list[tuple[int, int]] = []
    for interval in intervals:
        if joined and joined[-1][1] == interval.opens:
            joined[-1] = (joined[-1][0], interval.closes)
        else:
            joined.append((interval.opens, interval.closes))
    spans = (f"{clock_text(opens)}–{clock_text(closes)}" for opens, closes in joined)
    return _(" og ").join(spans) or _("Lukket")


def weekday_name(day: date) -> str:
    """The weekday in running text: mandag, tirsdag …"""
    return Weekday(day.weekday()).in_words
