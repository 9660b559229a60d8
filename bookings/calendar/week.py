"""A week: a row per room, a window per day. Each window is a drawing of the day with the first lines of what is on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from bookings.calendar.columns import RoomColumn
from bookings.calendar.day import closed_hours
from bookings.calendar.markup import MarkupTexts, Position, between
from bookings.calendar.reading import CalendarRow, belongs_to, in_column
from centers.hours import OpenDay, weekday_name
from medborger.common.phrases import clock_text

LINES = 3
Leaves = Mapping[int, Sequence[CalendarRow]]


@dataclass(frozen=True)
class WeekRow:
    """A room's week: its cells, Monday first."""

    column: RoomColumn
    cells: SafeString


@dataclass(frozen=True)
class WeekEntry:
    """A line of the chosen day's list."""

    at: Position
    time: str
    title: str
    url: str
    place: str
    under: str
    notes: Sequence[tuple[str, str]]
    is_open: bool
    own: bool


class WeekBuilder:
    """Draws the windows of a week. Each shows the same hours, a quarter of an hour being one unit wide."""

    def __init__(self, open_days: Sequence[OpenDay], hours: range, words: MarkupTexts, today: date) -> None:
        self._days = open_days
        self._begins = 60 * hours.start
        self._width = 4 * len(hours)
        self._words = words
        self._texts = [f"{weekday_name(day.date)} {formats.date_format(day.date, 'DAY_FORMAT')}" for day in open_days]
        self._opening = [
            '<td class="today" role="cell">' if day.date == today else '<td role="cell">' for day in open_days
        ]
        self._svg = f'<svg viewBox="0 0 {self._width} 10" preserveAspectRatio="none" aria-hidden="true"><use href="#w'
        self._counted = {0: _("ingen bookinger"), 1: _("1 booking")}

    def grounds(self) -> SafeString:
        """Each day's window without bookings, drawn once; the cells refer to it."""
        return mark_safe("".join(f'<g id="w{n}">{self._ground(day)}</g>' for n, day in enumerate(self._days)))  # noqa: S308

    def row(self, column: RoomColumn, days: Mapping[date, Leaves]) -> WeekRow:
        cells = (
            self._cell(column, n, day.date, in_column(column, days.get(day.date, {})))
            for n, day in enumerate(self._days)
        )
        return WeekRow(column, mark_safe("".join(cells)))  # noqa: S308 - every text from people is escaped

    def _ground(self, day: OpenDay) -> str:
        closed = "".join(self._shut(at) for at, _text in closed_hours(day))
        anchors = "".join(f"M{(60 * hour - self._begins) // 15} 0v10" for hour in (12, 18))
        return f'{closed}<path class="w-tick" d="{anchors}"/>'

    def _cell(self, column: RoomColumn, number: int, day: date, taken: Sequence[CalendarRow]) -> str:
        here = [(one, one.on(day), belongs_to(column, one)) for one in taken]
        bars = "".join(self._bar(one, at) if whole else self._shut(at) for one, at, whole in here)
        lines = [(at[0], one) for one, at, whole in here if whole]
        label = (
            f"{column.name} {self._texts[number]}: {self._count(sum(one.booking is not None for _start, one in lines))}"
        )
        return (
            f'{self._opening[number]}<a class="window" href="?dato={day}&amp;lokale={column.slug}" '
            f'aria-label="{escape(label)}">{self._svg}{number}"/>{bars}</svg></a>{self._lines(lines)}</td>'
        )

    def _bar(self, one: CalendarRow, at: Position) -> str:
        """Height and band tell the kinds apart besides colour: open for others fills the window, the actor's own its lower part."""
        if one.booking is None:
            return self._shut(at)
        x = self._x(at)
        if one.own:
            return f'<rect class="w-own" height="10" {x}/><rect class="w-band" y="4" height="2" {x}/>'
        if one.requested:
            return f'<rect class="w-request" height="10" {x}/>'
        if one.is_open:
            return f'<rect class="w-open" height="10" {x}/>'
        return f'<rect class="w-mist" y="4" height="6" {x}/>'

    def _shut(self, at: Position) -> str:
        return f'<rect class="w-closed" height="10" {self._x(at)}/>'

    def _lines(self, lines: Sequence[tuple[int, CalendarRow]]) -> str:
        if not lines:
            return ""
        items = "".join(self._line(start, one) for start, one in lines[:LINES])
        if len(lines) > LINES:
            more = _("+ %(number)s mere") % {"number": len(lines) - LINES}
            items += f'<li class="more">{more}</li>'
        return f'<ul class="mini">{items}</ul>'

    def _line(self, start: int, one: CalendarRow) -> str:
        if one.booking is None:
            return f'<li class="more">{escape(one.title)}</li>'
        title, _under = self._words.names(one)
        own = f' class="own">{self._words.flag}' if one.own else ">"
        return f'<li><span class="t">{clock_text(start)}</span><span{own}{title}</span></li>'

    def _count(self, number: int) -> str:
        return self._counted.get(number) or _("%(number)s bookinger") % {"number": number}

    def _x(self, at: Position) -> str:
        """Where a bar stands and how wide it is, cut off at the window's frame."""
        start, end = (min(max((minute - self._begins) / 15, 0), self._width) for minute in at)
        return f'x="{start:g}" width="{end - start:g}"'


def agenda(
    columns: Sequence[RoomColumn], leaves: Leaves, day: date, words: MarkupTexts, bookings_url: str
) -> list[WeekEntry]:
    """All bookings of a date in time order, each once: the list under the windows where these are too small for words."""
    found: dict[int, WeekEntry] = {}
    for column in columns:
        for one in in_column(column, leaves):
            if one.booking is not None and belongs_to(column, one) and one.booking not in found:
                found[one.booking] = _entry(column, one, one.on(day), words, bookings_url)
    return sorted(found.values(), key=lambda entry: entry.at)


def _entry(column: RoomColumn, one: CalendarRow, at: Position, words: MarkupTexts, bookings_url: str) -> WeekEntry:
    return WeekEntry(
        at=at,
        time=between(*at),
        title=one.title or one.actor or words.busy,
        url=f"{bookings_url}{one.booking}/" if one.may_open else "",
        place=column.name,
        under=words.busy if one.actor and not one.title else one.actor,
        notes=words.notes(one),
        is_open=one.is_open,
        own=one.own,
    )
