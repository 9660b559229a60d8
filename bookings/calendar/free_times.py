"""Free times of a room, by the rules of `hold()`, so that no time shown as free is refused.

Everything is counted on the quarters that a clock in Copenhagen really shows on the date, each with its instant. So the two nights
when the clock is changed need no rule of their own: the skipped hour has no quarters, and the hour that comes twice is one long one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from bookings.availability import overlaps
from bookings.querysets import Span
from centers.hours import OpenDay
from medborger.common import clock

SHORTEST = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time of the date: minutes on the wall clock, and the instants they stand for."""

    start: int
    end: int
    starts_at: datetime
    ends_at: datetime

    def first(self, length: timedelta) -> int:
        """The minute up to which its beginning can be booked, if no booking may be longer than `length`."""
        if self.ends_at - self.starts_at <= length:
            return self.end
        day = clock.local(self.starts_at).date()
        return max(q.end for q in quarters(day) if q.start >= self.start and q.ends_at - self.starts_at <= length)


@lru_cache(maxsize=32)
def quarters(day: date) -> tuple[Stretch, ...]:
    """The quarters of an hour of the date, in order."""
    marks = []
    for minute in range(0, clock.MINUTES_A_DAY + 1, 15):
        try:
            marks.append((minute, clock.at(day, minute)))
        except clock.NonexistentTime:
            continue
    return tuple(Stretch(a, b, at, until) for (a, at), (b, until) in pairwise(marks))


class FreeTimes:
    """What can be booked on a date: within the opening hours, from `earliest` on, and not after the date `latest`."""

    def __init__(self, open_day: OpenDay, *, earliest: datetime, latest: date) -> None:
        self._quarters = [
            quarter
            for quarter in (quarters(open_day.date) if open_day.date <= latest else ())
            if quarter.starts_at >= earliest and open_day.covers(quarter.start, quarter.end)
        ]

    def of(self, taken: Iterable[Span], *, setup: int, cleanup: int) -> list[Stretch]:
        """The free times of a room, each at least half an hour long.

        `taken` is what is blocked in the room's leaves, set-up and clean-up counted; `setup` and `cleanup` are the minutes that a new
        booking of this room brings along itself.
        """
        before, after = timedelta(minutes=cleanup), timedelta(minutes=setup)
        shut = [(start - before, end + after) for start, end in taken]
        found: list[Stretch] = []
        for quarter in self._quarters:
            if overlaps((quarter.starts_at, quarter.ends_at), shut):
                continue
            if found and found[-1].end == quarter.start:
                quarter = Stretch(found[-1].start, quarter.end, found.pop().starts_at, quarter.ends_at)
            found.append(quarter)
        return [stretch for stretch in found if stretch.ends_at - stretch.starts_at >= SHORTEST]
