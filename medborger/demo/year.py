"""A living year in a demo house: which activity is in which room when, and what became of it.

A pure function of the house's plan, its opening hours, the seed and the date. What stands first in the programme takes its
room first; what would meet it, a closure or a closed hour is left out; and where nothing is on while the house is open,
something small is put in, so that a visitor always finds light in a window.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from centers.hours import OpenDay
from medborger.common import clock
from medborger.common.clock import monday
from medborger.demo.plan import Activity, HousePlan, Repeat, RoomPlan

BACK = timedelta(days=365)
AHEAD = timedelta(days=92)
SHORTEST_BETWEEN = 60  # minutes
LONGEST_BETWEEN = 180
STEP = 15
GATHERED_AT = timedelta(hours=5)  # past midnight, as the beat does it

Use = tuple[int, int]


@dataclass(frozen=True)
class Slot:
    """An activity on a date, in minutes since local midnight. `key` names it in every draw of lots."""

    date: date
    start: int
    end: int
    activity: Activity
    key: str
    cancelled: bool = False


def chance(*key: object) -> float:
    """A number in [0, 1) that depends on the key alone: the same on every machine, and untouched by what else is drawn."""
    digest = hashlib.blake2b("|".join(map(str, key)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def last_gathering(now: datetime) -> date:
    """The latest first of a month on which the house has proposed collaborations before `now`, an instant."""
    return (clock.local(now) - GATHERED_AT).date().replace(day=1)


@dataclass
class Year:
    """The calendar of one house. `closed` says which rooms a closure in force holds on a date."""

    plan: HousePlan
    opening: Callable[[date], OpenDay]
    closed: Callable[[date], frozenset[str]]
    seed: str
    today: date

    def slots(self) -> Iterator[Slot]:
        """Every slot from a year back to three months ahead, cancelled ones among them, in order of dates."""
        day = monday(self.today - BACK)
        while day <= self.today + AHEAD:
            yield from self._day(day)
            day += timedelta(days=1)

    def _day(self, day: date) -> Iterator[Slot]:
        opening = self.opening(day)
        uses = Uses(self.plan, self.closed(day))
        running: list[Use] = []
        for repeat in self.plan.programme:
            slot = self._slot(day, repeat.start, repeat.end, repeat.activity)
            if not falls_on(repeat, day) or not opening.covers(slot.start, slot.end) or not uses.take(slot):
                continue
            if self._is_cancelled(slot):
                uses.give_back(slot)
                yield replace(slot, cancelled=True)
            elif not self._rests(slot):
                running.append((slot.start, slot.end))
                yield slot
            else:
                uses.give_back(slot)
        yield from self._between(day, opening, uses, running)

    def _slot(self, day: date, start: int, end: int, activity: Activity) -> Slot:
        return Slot(day, start, end, activity, f"{self.plan.slug}|{day}|{start}|{activity.room}")

    def _is_cancelled(self, slot: Slot) -> bool:
        """A few are cancelled; none of today's, whose light a visitor should find."""
        return slot.date != self.today and chance(self.seed, "cancelled", slot.key) < 0.03

    def _rests(self, slot: Slot) -> bool:
        """In July half of the house is on holiday."""
        return slot.date.month == 7 and chance(self.seed, "july", slot.activity.title) < 0.5

    def _between(self, day: date, opening: OpenDay, uses: Uses, running: list[Use]) -> Iterator[Slot]:
        """Fill the hours in which the house is open and nothing is on."""
        for begins, ends in gaps(opening, running):
            start = begins
            while start < ends:
                slot = self._filler(day, opening, uses, start, ends)
                if slot is None:
                    start += STEP
                    continue
                yield slot
                start = slot.end

    def _filler(self, day: date, opening: OpenDay, uses: Uses, start: int, ends: int) -> Slot | None:
        """The first activity in the day's order that has room: as long as the gap, within bounds, or longer to be worth it."""
        lasts = min(max(ends - start, SHORTEST_BETWEEN), LONGEST_BETWEEN)
        order = sorted(self.plan.between, key=lambda activity: chance(self.seed, "between", day, start, activity.title))
        for begins in (start, start - SHORTEST_BETWEEN + STEP):
            for activity in order:
                slot = self._slot(day, begins, begins + lasts, activity)
                if opening.covers(slot.start, slot.end) and uses.take(slot):
                    return slot
        return None


class Uses:
    """What holds each leaf room on one date, with set-up and clean-up."""

    def __init__(self, plan: HousePlan, closed: frozenset[str]) -> None:
        self._plan = plan
        self._closed = closed
        self._rooms: dict[str, RoomPlan] = {room.slug: room for room in plan.rooms}
        self._taken: dict[str, list[Use]] = defaultdict(list)

    def take(self, slot: Slot) -> bool:
        """Take every leaf of the slot's room, if all are free."""
        leaves, (start, end) = self._plan.leaves[slot.activity.room], self._blocked(slot)
        taken = (use for leaf in leaves for use in self._taken[leaf])
        if not self._closed.isdisjoint(leaves) or any(begins < end and ends > start for begins, ends in taken):
            return False
        for leaf in leaves:
            self._taken[leaf].append((start, end))
        return True

    def give_back(self, slot: Slot) -> None:
        for leaf in self._plan.leaves[slot.activity.room]:
            self._taken[leaf].remove(self._blocked(slot))

    def _blocked(self, slot: Slot) -> Use:
        room = self._rooms[slot.activity.room]
        return slot.start - room.setup, slot.end + room.cleanup


def gaps(opening: OpenDay, running: list[Use]) -> Iterator[Use]:
    """The stretches of a day in which the house is open and nothing runs."""
    for interval in opening.intervals:
        reached = interval.opens
        for start, end in sorted(running):
            if start > reached and reached < interval.closes:
                yield reached, min(start, interval.closes)
            reached = max(reached, end)
        if reached < interval.closes:
            yield reached, interval.closes


def falls_on(repeat: Repeat, day: date) -> bool:
    """Whether the repeat is on that day, school holidays counted."""
    if day.weekday() != repeat.weekday or (repeat.activity.term_only and is_school_holiday(day)):
        return False
    if repeat.week.isdigit():
        return (day.day - 1) // 7 + 1 == int(repeat.week)
    even = day.isocalendar().week % 2 == 0
    return not repeat.week or even == (repeat.week == "lige")


def is_school_holiday(day: date) -> bool:
    """Roughly, as most municipalities have it: winter (week 7), summer, autumn (week 42) and Christmas."""
    date_of_year = (day.month, day.day)
    summer, christmas = (6, 27) <= date_of_year <= (8, 10), date_of_year >= (12, 21) or date_of_year <= (1, 3)
    return summer or christmas or day.isocalendar().week in (7, 42)
