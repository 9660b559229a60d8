"""One room's day as a strip: closed hours, bookings, and the asked time framed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bookings.calendar.day import closed_hours
from bookings.calendar.reading import CalendarRow, span_of, taken
from bookings.rules import Slot
from bookings.visibility import Viewer
from centers.hours import OpenDay
from medborger.common import clock

HOUR = 60
# What a class of static/scss/calendar looks like: top and height within the band. Kinds differ by height as well as colour.
BANDS = {"w-closed": [(0, 10)], "w-open": [(0, 10)], "w-mist": [(4, 6)], "w-own": [(0, 10)], "w-bad": [(1, 8)]}


@dataclass(frozen=True)
class StripBar:
    """A rectangle of the band, in minutes from its left edge."""

    css: str
    x: int
    width: int
    y: int
    height: int


@dataclass(frozen=True)
class Strip:
    """The band: its width in minutes, the hours written under it, and its rectangles."""

    width: int
    ticks: list[int]
    lines: list[int]
    bars: list[StripBar]
    wish: StripBar


def strip(wish: Slot, leaf_ids: Collection[int], day: OpenDay, viewer: Viewer) -> Strip:
    """The wished day of the wished room."""
    everything = taken(wish.room.center_id, leaf_ids, span_of([wish.day]), viewer)
    here = sorted({(_minutes(one, wish.day), _kind(one)) for one in everything if one.leaf in leaf_ids})
    edges = [minute for interval in day.intervals for minute in (interval.opens, interval.closes)]
    edges += [minute for span, _css in here for minute in span] + [wish.start, wish.end]
    first, last = min(edges) // HOUR, -(-max(edges) // HOUR)
    step = next(hours for hours in (3, 2, 4, 5, 1) if (last - first) % hours == 0)

    def bar(css: str, start: int, end: int, y: int, height: int) -> StripBar:
        start, end = max(start, first * HOUR), min(end, last * HOUR)
        return StripBar(css, start - first * HOUR, end - start, y, height)

    shapes = [(span, "w-closed") for span, _why in closed_hours(day)] + here
    return Strip(
        width=(last - first) * HOUR,
        ticks=list(range(first, last + 1, step)),
        lines=list(range(step * HOUR, (last - first) * HOUR, step * HOUR)),
        bars=[one for span, css in shapes for place in BANDS[css] if (one := bar(css, *span, *place)).width > 0],
        wish=bar("w-bad", wish.start, wish.end, *BANDS["w-bad"][0]),
    )


def _minutes(one: CalendarRow, day: date) -> tuple[int, int]:
    """From when to when of the day it keeps others out."""
    start, end = (clock.minute_of_day(instant, day) for instant in one.blocked)
    return max(0, start), min(clock.MINUTES_A_DAY, end)


def _kind(one: CalendarRow) -> str:
    if one.booking is None:
        return "w-closed"
    if one.own:
        return "w-own"
    return "w-open" if one.is_open else "w-mist"
