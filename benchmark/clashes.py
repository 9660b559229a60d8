"""The nightly search for events that meet: 10,000 of them in one month, all in one house, and spread over a hundred."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import connection, transaction

from actors.enums import ActorKind
from actors.models import Actor, TargetGroup, Theme
from benchmark import site
from benchmark.report import Line
from bookings.enums import Audience, BookingState
from bookings.models import Booking, BookingActor
from bookings.querysets import BookingQuerySet
from centers.enums import CenterType, RoomKind
from centers.models import Center, Room
from collaboration.clashes import clash_records, nightly_search
from collaboration.clashes.models import Clash
from collaboration.models import Neighbour
from medborger.common import clock
from medborger.common.names import sort_key
from medborger.embedded.console import say

EVENTS, DAYS, ACTORS = 10_000, 30, 600
GOAL = 200  # milliseconds of database time
TIMES = 7
# When events begin, in hours, and how many quarters they last: mornings, afternoons, and most in the evening.
BEGIN = (9, 10, 10, 13, 14, 15, 15, 16, 17, 17, 18, 18, 19, 19, 19)
QUARTERS = (4, 6, 6, 8, 8, 8, 10, 12)


def measure(where: site.Site) -> list[dict[str, Any]]:
    """The goals' lines, as plain data."""
    lines = [line for houses in (1, 100) for line in _measure(where, houses)]
    for line in lines:
        say(f"    {line.what}: {line.measured}{'' if line.met else ' – MISSED'}")
    return [asdict(line) for line in lines]


def _measure(where: site.Site, houses: int) -> Iterator[Line]:
    what = f"search for clashes, 10.000 events in {'one house' if houses == 1 else f'{houses} houses'}"
    events = write_events(houses)
    where.settle()
    found = nightly_search.new_pairs()
    yield _line(f"{what}, {len(found)} new")
    with transaction.atomic():
        clash_records.enter(found, by=None)
    where.settle()
    yield _line(f"{what}, all known")
    Clash.objects.all().delete()
    events.delete()


def _line(what: str) -> Line:
    spent = statistics.median(_milliseconds() for _ in range(TIMES))
    return Line(what, f"{spent:.0f} ms", f"under {GOAL} ms", spent < GOAL)


def _milliseconds() -> float:
    """What planning and running the statement takes the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {nightly_search.NEW_PAIRS}",
            nightly_search.parameters(clock.now()),
        )
        (plan,) = cursor.fetchone()[0]
    return float(plan["Planning Time"]) + float(plan["Execution Time"])


def write_events(houses: int) -> BookingQuerySet:
    """Events of the next thirty days, each with one or two themes and target groups. No rooms are held for them: nobody asks."""
    lot, first = Random(houses), clock.today() + timedelta(days=1)
    centers = Center.objects.bulk_create(
        Center(slug=f"moede-{houses}-{n}", name=f"Møde {n}", primary_type=CenterType.ASSOCIATION) for n in range(houses)
    )
    Neighbour.objects.bulk_create(
        Neighbour(center=one, neighbour=other, since=first)
        for one, other in zip(centers[::2], centers[1::2], strict=False)
    )
    rooms = Room.objects.bulk_create(
        Room(center=center, slug="sal", name="Salen", kind=RoomKind.HALL, capacity=50) for center in centers
    )
    names = [f"Forening {n}" for n in range(ACTORS)]
    actors = Actor.objects.bulk_create(
        Actor(name=name, sort_key=sort_key(name), kind=ActorKind.ASSOCIATION) for name in names
    )
    events = Booking.objects.bulk_create(
        (_event(rooms[n % houses], first + timedelta(days=lot.randrange(DAYS)), lot) for n in range(EVENTS)),
        batch_size=1000,
    )
    # Each house has actors of its own.
    BookingActor.objects.bulk_create(
        (
            BookingActor(booking=e, actor=actors[(n % houses + houses * lot.randrange(ACTORS)) % ACTORS])
            for n, e in enumerate(events)
        ),
        batch_size=1000,
    )
    themes, groups = list(Theme.objects.all()), list(TargetGroup.objects.all())
    has_theme, is_for = Booking.themes.through, Booking.target_groups.through
    has_theme._default_manager.bulk_create(
        (has_theme(booking=e, theme=theme) for e in events for theme in lot.sample(themes, lot.choice((1, 1, 2)))),
        batch_size=1000,
    )
    is_for._default_manager.bulk_create(
        (is_for(booking=e, targetgroup=group) for e in events for group in lot.sample(groups, lot.choice((1, 2)))),
        batch_size=1000,
    )
    return Booking.objects.filter(center__in=centers)


def _event(room: Room, day: date, lot: Random) -> Booking:
    starts_at = clock.at(day, lot.choice(BEGIN) * 60 + lot.choice((0, 0, 30)))
    return Booking(
        center_id=room.center_id,
        room=room,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=15 * lot.choice(QUARTERS)),
        title="Fællesspisning",
        audience=lot.choice((Audience.EVERYONE, Audience.RESIDENTS)),
        state=BookingState.CONFIRMED,
        created_at=clock.now(),
    )
