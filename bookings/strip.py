"""One room's day as a band: closed hours, what holds the room, and the wish framed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from bookings.enums import OPEN_AUDIENCES
from bookings.models import BookingActor, Occupancy
from bookings.rules import Slot
from centers.hours import OpenDay
from medborger.common import clock

if TYPE_CHECKING:
    from actors.standing import Standing

HOUR = 60
# What a class of static/scss/calendar looks like: top and height within the band. Kinds differ by height as well as colour.
BANDS = {"w-closed": [(0, 10)], "w-open": [(0, 10)], "w-mist": [(4, 6)], "w-own": [(0, 10)], "w-bad": [(1, 8)]}


@dataclass(frozen=True)
class Bar:
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
    bars: list[Bar]
    wish: Bar


def strip(wish: Slot, leaf_ids: Collection[int], day: OpenDay, by: Standing) -> Strip:
    """The wished day of the wished room, in one statement."""
    taken = [(minute_span, css) for minute_span, css in _taken(wish.room.center_id, leaf_ids, wish.day, by)]
    edges = [minute for interval in day.intervals for minute in (interval.opens, interval.closes)]
    edges += [minute for (start, end), _css in taken for minute in (start, end)] + [wish.start, wish.end]
    first, last = min(edges) // HOUR, -(-max(edges) // HOUR)
    step = next(hours for hours in (3, 2, 4, 5, 1) if (last - first) % hours == 0)

    def bar(css: str, start: int, end: int, y: int, height: int) -> Bar:
        return Bar(css, start - first * HOUR, end - start, y, height)

    shapes = [(span, "w-closed") for span in _closed(day, first * HOUR, last * HOUR)] + taken
    return Strip(
        width=(last - first) * HOUR,
        ticks=list(range(first, last + 1, step)),
        lines=list(range(step * HOUR, (last - first) * HOUR, step * HOUR)),
        bars=[bar(css, *span, y, height) for span, css in shapes for y, height in BANDS[css]],
        wish=bar("w-bad", wish.start, wish.end, *BANDS["w-bad"][0]),
    )


def _taken(center_id: int, leaf_ids: Collection[int], day: date, by: Standing) -> Iterable[tuple[tuple[int, int], str]]:
    """From and to in minutes of the day, and how it is drawn."""
    own = BookingActor.objects.filter(booking=OuterRef("booking"), actor__in=by.actor_ids)
    span = clock.midnight(day), clock.at(day, clock.MINUTES_A_DAY)
    rows = Occupancy.objects.holding(center_id, leaf_ids, span).annotate(own=Exists(own))
    columns = ("blocked", "is_closure", "booking__audience", "own")
    for blocked, is_closure, audience, is_own in rows.order_by("blocked").values_list(*columns).distinct():
        start = max(0, clock.minute_of_day(blocked.lower, day))
        end = min(clock.MINUTES_A_DAY, clock.minute_of_day(blocked.upper, day))
        if start < end:
            yield (start, end), _kind(is_closure, is_own, audience)


def _kind(is_closure: bool, is_own: bool, audience: str) -> str:
    if is_closure:
        return "w-closed"
    if is_own:
        return "w-own"
    return "w-open" if audience in OPEN_AUDIENCES else "w-mist"


def _closed(day: OpenDay, first: int, last: int) -> Iterable[tuple[int, int]]:
    """The stretches between `first` and `last` in which the house is closed."""
    reached = first
    for interval in day.intervals:
        if interval.opens > reached:
            yield reached, interval.opens
        reached = max(reached, interval.closes)
    if reached < last:
        yield reached, last
