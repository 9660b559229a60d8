"""A demo house as its file in `houses/` describes it. Pure data: nothing here touches the database.

The files are TOML; what comes in rows is written as a table, one row a line, columns apart by `|`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bookings.enums import Audience

FOLDER = Path(__file__).parent
WEEKDAYS = ("man", "tir", "ons", "tor", "fre", "lør", "søn")
AUDIENCES = {"alle": Audience.EVERYONE, "beboere": Audience.RESIDENTS, "luk": Audience.CLOSED}
ALWAYS = (-10_000, 10_000)  # days from today
LATELY = (1, 0)  # an empty period that stands for one of its own, see `Activity`

Row = list[str]


@dataclass(frozen=True)
class RoomPlan:
    slug: str
    name: str
    kind: str
    capacity: int
    floor_area: int
    setup: int
    cleanup: int
    marks: frozenset[str]
    facilities: list[str]
    part_of: str


@dataclass(frozen=True)
class ActorPlan:
    name: str
    kind: str
    tie: str
    marks: frozenset[str]
    themes: list[str]
    groups: list[str]


@dataclass(frozen=True)
class Activity:
    """Something that is done in a room: the actor, an optional partner, and for whom.

    `partner_since`: the partner came along so many days from today, or LATELY; empty: it was there all along.
    """

    room: str
    title: str
    actor: str
    partner: str
    together: tuple[int, int]
    audience: Audience
    drop_in: bool
    term_only: bool
    themes: list[str]
    groups: list[str]
    persons: int


@dataclass(frozen=True)
class Repeat:
    """When an activity is on: a weekday, every week (`week` None), in even or odd ISO weeks, or the nth of the month."""

    weekday: int
    start: int
    end: int
    activity: Activity
    week: str = ""


@dataclass(frozen=True)
class ClosurePlan:
    """`begins` is in days from today."""

    begins: int
    days: int
    rooms: list[str]
    state: str
    reason: str


@dataclass(frozen=True)
class HousePlan:
    slug: str
    center: Mapping[str, Any]
    people: Mapping[str, Mapping[str, str]]
    tables: Mapping[str, str]

    @classmethod
    def read(cls, slug: str) -> HousePlan:
        data = tomllib.loads((FOLDER / "houses" / f"{slug}.toml").read_text(encoding="utf-8"))
        return cls(slug, data["center"], data["people"], data["tables"])

    def rows(self, table: str) -> Iterator[Row]:
        return rows(self.tables[table])

    @cached_property
    def rooms(self) -> list[RoomPlan]:
        return [_room(row) for row in self.rows("rooms")]

    @cached_property
    def leaves(self) -> dict[str, list[str]]:
        """The rooms that a booking of each room holds: its parts, or itself."""
        return {
            room.slug: [part.slug for part in self.rooms if part.part_of == room.slug] or [room.slug]
            for room in self.rooms
        }

    @cached_property
    def actors(self) -> list[ActorPlan]:
        return [
            ActorPlan(name, kind, tie, frozenset(marks.split()), themes.split(), groups.split())
            for name, kind, tie, marks, themes, groups in self.rows("actors")
        ]

    @cached_property
    def programme(self) -> list[Repeat]:
        """The repeats, in the order in which they take a room."""
        return [repeat for row in self.rows("programme") for repeat in _repeats(row)]

    @cached_property
    def between(self) -> list[Activity]:
        """What the house is used for when nothing else is on."""
        return [_activity(row) for row in self.rows("between")]

    @cached_property
    def closures(self) -> list[ClosurePlan]:
        return [
            ClosurePlan(int(begins), int(days), rooms.split(), state, reason)
            for begins, days, rooms, state, reason in self.rows("closures")
        ]


def words() -> dict[str, list[Row]]:
    """The reference data that all houses share: slug, Danish, English."""
    data = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))
    return {name: list(rows(text)) for name, text in data.items()}


def rows(text: str) -> Iterator[Row]:
    for line in text.splitlines():
        if line.strip():
            yield [cell.strip() for cell in line.split("|")]


def weekdays(text: str) -> list[int]:
    """`man-tor` or `tir fre` as numbers, Monday 0."""
    first, dash, last = text.partition("-")
    if dash:
        return list(range(WEEKDAYS.index(first), WEEKDAYS.index(last) + 1))
    return [WEEKDAYS.index(day) for day in text.split()]


def minutes(text: str) -> tuple[int, int]:
    """`9.00-10.30` in minutes since midnight."""
    start, end = (int(hour) * 60 + int(minute) for hour, minute in (clock.split(".") for clock in text.split("-")))
    return start, end


def _room(row: Row) -> RoomPlan:
    slug, name, kind, seats, area, around, marks, facilities, part_of = row
    setup, cleanup = map(int, around.split())
    return RoomPlan(
        slug=slug,
        name=name,
        kind=kind,
        capacity=int(seats),
        floor_area=int(area),
        setup=setup,
        cleanup=cleanup,
        marks=frozenset(marks.split()),
        facilities=facilities.split(),
        part_of=part_of,
    )


def _repeats(row: Row) -> Iterator[Repeat]:
    """One row's repeats: `man tor` two weekly ones, `lige-man` every other week, `2.lør` once a month."""
    days, hours, *activity = row
    week = ""
    if days.startswith(("lige-", "ulige-")):
        week, _, days = days.partition("-")
    elif days[0].isdigit():
        week, _, days = days.partition(".")
    for weekday in weekdays(days):
        yield Repeat(weekday, *minutes(hours), _activity(activity), week)


def _activity(row: Row) -> Activity:
    room, title, parties, audience, themes, groups, persons = row
    actor, _, partners = parties.partition(" + ")
    partner, _, period = partners.partition(" siden ")
    who, *marks = audience.split()
    return Activity(
        room=room,
        title=title,
        actor=actor,
        partner=partner,
        together=_together(period),
        audience=AUDIENCES[who],
        drop_in="kom" in marks,
        term_only="skole" in marks,
        themes=themes.split(),
        groups=groups.split(),
        persons=int(persons),
    )


def _together(period: str) -> tuple[int, int]:
    """`-103 til -70`, `-103`, `nyt`, or nothing, in days from today."""
    if period == "nyt":
        return LATELY
    since, _, until = period.partition(" til ")
    return int(since or ALWAYS[0]), int(until or ALWAYS[1])
