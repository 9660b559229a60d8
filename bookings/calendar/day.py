"""A day: the rooms side by side, each a list in time order of what is booked, free, being prepared or closed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from actors.council.rules.rulebook import RuleLine
from bookings.calendar.columns import RoomColumn
from bookings.calendar.free_times import FreeTimes, Stretch
from bookings.calendar.markup import Painter, Position
from bookings.calendar.reading import CalendarRow, belongs_to, in_column
from centers.hours import Hours, OpenDay
from medborger.common.clock import MINUTES_A_DAY, minute_of_day
from medborger.common.phrases import clock_text

QUARTERS = MINUTES_A_DAY // 15
ASKED_FOR = timedelta(hours=1)  # what the link of a free stretch asks for; the form and the script offer the rest


@dataclass(frozen=True)
class Lane:
    """One room's day."""

    column: RoomColumn
    items: SafeString
    rules: Sequence[RuleLine]


class Surface:
    """A lane's quarters of an hour. What is painted later covers what was painted before, so no two things ever overlap."""

    def __init__(self) -> None:
        self._draw: list[Callable[[Position], str]] = []
        self._cells: list[int | None] = [None] * QUARTERS

    def paint(self, draw: Callable[[Position], str], *times: Position) -> None:
        """`draw` gets each time that is left of `times` when all is painted; times that meet are one."""
        self._draw.append(draw)
        for start, end in times:
            first, last = max(start // 15, 0), min(-(-end // 15), QUARTERS)
            if first < last:
                self._cells[first:last] = [len(self._draw) - 1] * (last - first)

    def items(self, hours: range) -> Iterator[str]:
        """The list items from the first hour shown to the last."""
        quarter = 4 * hours.start
        for thing, cells in groupby(self._cells[quarter : 4 * hours.stop]):
            begun, quarter = quarter, quarter + len(list(cells))
            if thing is not None:
                yield self._draw[thing]((15 * begun, 15 * quarter))


@dataclass(frozen=True)
class DayBuilder:
    """Puts the lanes of a date together, from what is taken in each leaf."""

    open_day: OpenDay
    taken: Mapping[int, Sequence[CalendarRow]]
    painter: Painter
    free: FreeTimes
    longest: timedelta
    now: datetime
    rules: Sequence[RuleLine]

    @property
    def date(self) -> date:
        return self.open_day.date

    def lane(self, column: RoomColumn, hours: range) -> Lane:
        surface, here = Surface(), in_column(column, self.taken)
        for at, text in closed_hours(self.open_day):
            surface.paint(partial(self.painter.closed, text=text), at)
        partly = (self._blocked(one) for one in here if one.booking and not belongs_to(column, one))
        surface.paint(partial(self.painter.closed, text=_("En del er optaget"), timed=True), *partly)
        for one in here:
            if one.booking is None:
                surface.paint(partial(self.painter.closed, text=one.title, locked=True), one.on(self.date))
        for one in here:
            if one.booking is not None and belongs_to(column, one):
                self._paint_booking(surface, one)
        if column.bookable:
            self._paint_free(surface, column, here)
        items = mark_safe("\n".join(surface.items(hours)))  # noqa: S308 - markup.py escapes every text from people
        return Lane(column, items, [rule for rule in self.rules if rule.rooms and rule.is_about(column.pk)])

    def _blocked(self, one: CalendarRow) -> Position:
        return minute_of_day(one.blocked[0], self.date), minute_of_day(one.blocked[1], self.date)

    def _paint_booking(self, surface: Surface, one: CalendarRow) -> None:
        (blocked_from, blocked_to), (start, end) = self._blocked(one), one.on(self.date)
        before, after = (blocked_from, start), (end, blocked_to)
        surface.paint(lambda _left: self.painter.set_up(before), before)
        surface.paint(lambda _left: self.painter.clean_up(after), after)
        going_on = one.starts_at <= self.now < one.ends_at
        surface.paint(lambda _left: self.painter.block(one, (start, end), now=going_on), (start, end))

    def _paint_free(self, surface: Surface, column: RoomColumn, here: Iterable[CalendarRow]) -> None:
        shut = (one.blocked for one in here)
        for stretch in self.free.of(shut, setup=column.setup, cleanup=column.cleanup):
            surface.paint(partial(self._slot, column.slug, stretch), (stretch.start, stretch.end))

    def _slot(self, room: str, stretch: Stretch, _left: Position) -> str:
        return self.painter.slot(stretch, room, stretch.first(min(ASKED_FOR, self.longest)))


def closed_hours(open_day: OpenDay) -> Iterator[tuple[Position, str]]:
    """The times of a date at which the house is closed, each with the word for it."""
    if not open_day.intervals:
        yield (
            (0, MINUTES_A_DAY),
            _("Lukket: %(reason)s") % {"reason": open_day.reason} if open_day.reason else _("Lukket"),
        )
        return
    reached = 0
    for interval in open_day.intervals:
        if interval.opens > reached:
            yield (reached, interval.opens), _("Huset åbner %(time)s") % {"time": clock_text(interval.opens)}
        reached = max(reached, interval.closes)
    if reached < MINUTES_A_DAY:
        yield (reached, MINUTES_A_DAY), _("Huset lukker %(time)s") % {"time": clock_text(reached)}


def hours_shown(open_days: Iterable[OpenDay], spans: Iterable[Position], usual: Hours) -> range:
    """The full hours that a grid must show: all opening hours and, outside them, whatever takes place; an hour before the first."""
    days = list(open_days)
    intervals = [interval for day in days for interval in day.intervals]
    if not intervals:
        intervals = [interval for _weekday, usual_day in usual.weekly() for interval in usual_day]
    bounds = [(max(interval.opens - 60, 0), interval.closes) for interval in intervals] or [(8 * 60, 16 * 60)]
    bounds += [(max(start, 0), min(end, MINUTES_A_DAY)) for start, end in spans]
    return range(min(start for start, _end in bounds) // 60, -(-max(end for _start, end in bounds) // 60))
