"""A big installation, to measure on: bookings by the million in the same tables, under the same constraints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction

from actors.enums import ActorKind, ActorRole, Role, Tie
from actors.models import Actor, Affiliation, CenterRole, Membership, User
from bookings.enums import Audience, BookingRole, BookingState
from bookings.models import Booking, BookingActor, Occupancy
from centers.enums import CenterType, RoomKind
from centers.models import Center, OpeningHours, Room
from medborger.common import clock
from medborger.common.names import sort_key
from medborger.demo import logins
from medborger.demo.build import Refused, Say, lift_limits, mark, refuse_foreign
from medborger.demo.bulk import Tick, copy, reserve_ids
from medborger.demo.house_people import SALT
from medborger.demo.houses import Words

OPENS, CLOSES = 7 * 60, 23 * 60
WEEKS_BACK, WEEKS = 52, 104
THIS_WEEK = 300  # bookings of the first house in the current week: the page that is measured
ACTORS = 60  # in each house
QUARTER = 15  # minutes
SHORTEST, LONGEST = 3, 12  # quarters
CLEANUP = 15  # minutes, in every third room
MOST_A_DAY = 16  # bookings of one room
AUDIENCES = tuple(Audience)
TITLES = (
    "Folkedans",
    "Lektiecafé",
    "Bestyrelsesmøde",
    "Yoga",
    "Fællesspisning",
    "Snak dansk",
    "Korprøve",
    "Zumba",
    "Klubaften",
    "IT-hjælp",
)


class TooMany(Refused):
    """So many bookings do not fit in so many rooms."""


@dataclass(frozen=True)
class Size:
    houses: int
    rooms: int  # of each house; the first can be divided, and its two halves are counted
    bookings: int


@dataclass(frozen=True)
class House:
    center: Center
    rooms: list[Room]  # those that can be held: the divided hall's halves, not the hall
    actors: list[Actor]
    users: list[User]  # each actor's contact


class Row(NamedTuple):
    """A booking to come, its times in UTC as PostgreSQL reads them."""

    id: int
    center: int
    room: int
    starts: str
    ends: str
    blocked_to: str
    title: str
    audience: str
    persons: int
    actor: int
    user: int


@transaction.atomic
def build(size: Size, *, say: Say, progress: Callable[[int], Tick]) -> None:
    """`progress` makes the bar, given the number of rows. Raises Refused."""
    refuse_foreign()
    today = clock.today()
    _check(size)
    lift_limits()
    Words.write()
    houses = [_write_house(number, size.rooms, today) for number in range(1, size.houses + 1)]
    say(f"  {size.houses} houses with {size.rooms} rooms and {ACTORS} actors each")
    rows = list(_rows(houses, size, today))
    say(f"  {len(rows)} bookings")
    _copy(rows, progress(3 * len(rows)), today)
    mark(clock.now())


def _check(size: Size) -> None:
    if min(size.houses, size.bookings) < 1 or size.rooms < 4:
        raise TooMany("At least one house with four rooms, and one booking.")
    most = size.houses * (size.rooms - 1) * 7 * (WEEKS - 1) * MOST_A_DAY
    if size.bookings > most:
        raise TooMany(
            f"{size.houses} houses with {size.rooms} rooms hold at most {most} bookings in two years: give more houses."
        )


def _write_house(number: int, rooms: int, today: date) -> House:
    center = Center.objects.create(
        slug=f"hus-{number}",
        name=f"Hus {number}",
        primary_type=CenterType.ASSOCIATION,
        town="Prøveby",
        furthest_ahead=24,
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(center=center, weekday=day, opens=OPENS, closes=CLOSES) for day in range(7)
    )
    hall = Room.objects.create(center=center, slug="lokale-1", name="Lokale 1", kind=RoomKind.HALL, capacity=100)
    leaves = Room.objects.bulk_create(
        Room(
            center=center,
            slug=f"lokale-{position}",
            name=f"Lokale {position}",
            kind=RoomKind.HALL if position < 4 else RoomKind.MEETING,
            capacity=50,
            part_of=hall if position < 4 else None,
            cleanup_minutes=CLEANUP if position % 3 == 0 else 0,
            position=position,
        )
        for position in range(2, rooms + 1)
    )
    actors, users = _write_people(center, number, today)
    return House(center, leaves, actors, users)


def _write_people(center: Center, number: int, today: date) -> tuple[list[Actor], list[User]]:
    names = [f"Forening {number}-{n}" for n in range(1, ACTORS + 1)]
    actors = Actor.objects.bulk_create(
        Actor(name=name, sort_key=sort_key(name), kind=ActorKind.ASSOCIATION) for name in names
    )
    Affiliation.objects.bulk_create(
        Affiliation(actor=actor, center=center, tie=Tie.FIXED, since=today - timedelta(days=800)) for actor in actors
    )
    password, joined_at = make_password(logins.PASSWORD, SALT), clock.midnight(today)
    addresses = [f"forening-{n}@{center.slug}.example" for n in range(1, ACTORS + 1)] + [
        logins.address("medarbejder", center.slug)
    ]
    *users, staff = User.objects.bulk_create(
        User(email=email, name="Person Prøve", password=password, joined_at=joined_at) for email in addresses
    )
    Membership.objects.bulk_create(
        Membership(user=user, actor=actor, role=ActorRole.CONTACT, since=today)
        for user, actor in zip(users, actors, strict=True)
    )
    CenterRole.objects.create(user=staff, center=center, role=Role.STAFF, since=today)
    return actors, users


def _rows(houses: Sequence[House], size: Size, today: date) -> Iterator[Row]:
    """The bookings, house by house and room by room: indexes fill fastest in their own order."""
    ids = reserve_ids(Booking, size.bookings)
    first = clock.monday(today) - timedelta(weeks=WEEKS_BACK)
    days = [_quarters(first + timedelta(days=n)) for n in range(WEEKS * 7)]
    for number, house in enumerate(houses):
        share = size.bookings // size.houses + (number < size.bookings % size.houses)
        counts = _counts(share, len(house.rooms), this_week=THIS_WEEK if number == 0 else None)
        for place, room in enumerate(house.rooms):
            for day, quarters in enumerate(days):
                yield from _day(house, room, quarters, counts(place, day), ids)


def _counts(share: int, rooms: int, *, this_week: int | None) -> Callable[[int, int], int]:
    """How many bookings room number `place` has on day number `day`: spread evenly, the current week by its own number."""
    cells_a_week = rooms * 7
    this_week = min(share, this_week) if this_week is not None else share // WEEKS
    others = share - this_week

    def count(place: int, day: int) -> int:
        week, weekday = divmod(day, 7)
        cell = weekday * rooms + place
        if week == WEEKS_BACK:
            return _spread(this_week, cells_a_week, cell)
        week -= week > WEEKS_BACK
        return _spread(others, cells_a_week * (WEEKS - 1), week * cells_a_week + cell)

    return count


def _spread(total: int, cells: int, cell: int) -> int:
    """The cell's part when `total` is spread over `cells` as evenly as whole numbers allow."""
    return total * (cell + 1) // cells - total * cell // cells


def _quarters(day: date) -> list[str]:
    """The instants of the day's opening hours, a quarter apart, as PostgreSQL reads them."""
    morning = clock.at(day, OPENS)
    return [(morning + timedelta(minutes=minutes)).isoformat() for minutes in range(0, CLOSES - OPENS + 1, QUARTER)]


def _day(house: House, room: Room, quarters: Sequence[str], number: int, ids: Iterator[int]) -> Iterator[Row]:
    """The day is cut in equal windows; each booking takes the first part of one."""
    if not number:
        return
    window = (len(quarters) - 1) // number
    cleanup = room.cleanup_minutes // QUARTER
    for starts in range(0, number * window, window):
        booking_id = next(ids)
        lot = booking_id * 2654435761 % 2**32  # a cheap shuffle: the same every time, and without pattern to the eye
        ends = starts + min(window - cleanup, SHORTEST + lot % 10, LONGEST)
        yield Row(
            booking_id,
            house.center.pk,
            room.pk,
            quarters[starts],
            quarters[ends],
            quarters[ends + cleanup],
            TITLES[lot % len(TITLES)],
            AUDIENCES[lot % len(AUDIENCES)],
            5 + lot % 40,
            house.actors[lot % ACTORS].pk,
            house.users[lot % ACTORS].pk,
        )


def _copy(rows: Sequence[Row], tick: Tick, today: date) -> None:
    copy(
        Booking,
        ("id", "center_id", "room_id", "starts_at", "ends_at", "title", "audience", "persons", "booked_by_id"),
        (
            f"{r.id}\t{r.center}\t{r.room}\t{r.starts}\t{r.ends}\t{r.title}\t{r.audience}\t{r.persons}\t{r.user}"
            for r in rows
        ),
        tick=tick,
        state=BookingState.CONFIRMED,
        created_at=datetime.combine(today - timedelta(days=400), datetime.min.time(), tzinfo=UTC),
    )
    copy(
        BookingActor,
        ("booking_id", "actor_id"),
        (f"{r.id}\t{r.actor}" for r in rows),
        tick=tick,
        part=BookingRole.HOLDER,
    )
    copy(
        Occupancy,
        ("center_id", "room_id", "booking_id", "during", "blocked"),
        (f"{r.center}\t{r.room}\t{r.id}\t[{r.starts},{r.ends})\t[{r.starts},{r.blocked_to})" for r in rows),
        tick=tick,
    )
