"""Houses with a week's life in them, written in bulk: people, associations, events, collaborations, and readers whose digest is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from actors.enums import ActorKind, ActorRole, Role
from actors.models import Actor, Affiliation, CenterRole, Membership, TargetGroup, Theme, User
from bookings.enums import Audience, BookingRole
from bookings.models import Booking, BookingActor
from centers.enums import CenterType, RoomKind
from centers.models import Center, Room
from collaboration.digests.models import Subscription
from collaboration.enums import CollaborationKind, CollaborationState
from collaboration.forum.models import Forum
from collaboration.models import Collaboration, CollaborationActor, FormSince
from medborger.common import clock

ACTORS, EVENTS, COLLABORATIONS, PROPOSED = 24, 30, 12, 4
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class House:
    center: Center
    actors: list[Actor]
    coordinators: list[User]
    members: list[User]

    @property
    def readers(self) -> list[User]:
        return [*self.coordinators, *self.members]


def build(number: int, readers: int, *, name: str, domain: str = "huset.example") -> list[House]:
    """So many houses with so many readers each, two of them coordinators; every fourth reads English."""
    now = clock.now()
    centers = Center.objects.bulk_create(
        Center(name=f"{name} {n}", slug=f"{name.lower()}-{n}", primary_type=CenterType.ASSOCIATION, town="Aarhus")
        for n in range(number)
    )
    words = _words()
    houses = [_people(center, readers, f"{center.slug}.{domain}", now) for center in centers]
    for house in houses:
        _life(house, words, now)
    return houses


def _words() -> tuple[list[Theme], list[TargetGroup]]:
    words = [{"slug": f"ord-{n}", "name": f"Ord {n}", "name_en": f"Word {n}"} for n in range(5)]
    Theme.objects.bulk_create((Theme(**word) for word in words), ignore_conflicts=True)
    TargetGroup.objects.bulk_create((TargetGroup(**word) for word in words), ignore_conflicts=True)
    return list(Theme.objects.all()[:5]), list(TargetGroup.objects.all()[:5])


def _people(center: Center, readers: int, domain: str, now: datetime) -> House:
    today = clock.today()
    actors = [Actor(name=f"Forening {n} i {center.name}", kind=ActorKind.ASSOCIATION) for n in range(ACTORS)]
    for n, actor in enumerate(actors):
        actor.sort_key = f"forening {n:02d}"
    Actor.objects.bulk_create(actors)
    Affiliation.objects.bulk_create(Affiliation(actor=actor, center=center, since=today - WEEK) for actor in actors)
    users = User.objects.bulk_create(
        User(
            name=f"Læser {n}",
            email=f"laeser{n}@{domain}",
            language="en" if n % 4 == 3 else "da",
            joined_at=now,
            seen_on=today,
            password="!",
        )
        for n in range(readers)
    )
    coordinators, members = users[:2], users[2:]
    CenterRole.objects.bulk_create(
        CenterRole(user=user, center=center, role=Role.COORDINATOR, since=today - WEEK) for user in coordinators
    )
    Membership.objects.bulk_create(
        Membership(user=user, actor=actors[n % ACTORS], role=ActorRole.CONTACT, since=today - WEEK)
        for n, user in enumerate(members)
    )
    return House(center, actors, coordinators, members)


@transaction.atomic
def _life(house: House, words: tuple[Sequence[Theme], Sequence[TargetGroup]], now: datetime) -> None:
    themes, groups = words
    Actor.themes.through.objects.bulk_create(
        Actor.themes.through(actor_id=actor.pk, theme_id=themes[n % 5].pk) for n, actor in enumerate(house.actors)
    )
    Actor.target_groups.through.objects.bulk_create(
        Actor.target_groups.through(actor_id=actor.pk, targetgroup_id=groups[n % 5].pk)
        for n, actor in enumerate(house.actors)
    )
    _events(house, now)
    _collaborations(house, now)
    Forum.objects.create(
        center=house.center, counts_from=clock.today() - 20 * WEEK, founded_on=clock.today() - 20 * WEEK
    )


def _events(house: House, now: datetime) -> None:
    room = Room.objects.create(center=house.center, slug="salen", name="Salen", kind=RoomKind.HALL, capacity=80)
    bookings = Booking.objects.bulk_create(
        Booking(
            center=house.center,
            room=room,
            starts_at=now + timedelta(hours=5 * n + 1),
            ends_at=now + timedelta(hours=5 * n + 3),
            title=f"Fællesspisning og sang {n}",
            audience=Audience.EVERYONE,
            created_at=now - WEEK,
        )
        for n in range(EVENTS)
    )
    BookingActor.objects.bulk_create(
        BookingActor(booking=booking, actor=house.actors[n % ACTORS], part=BookingRole.HOLDER)
        for n, booking in enumerate(bookings)
    )


def _collaborations(house: House, now: datetime) -> None:
    forms = list(CollaborationKind)
    made = Collaboration.objects.bulk_create(
        Collaboration(
            center=house.center,
            title=f"Fælles fest nummer {n} i gården",
            since=clock.today() - timedelta(days=n),
            state=CollaborationState.PROPOSED if n < PROPOSED else CollaborationState.GOING,
            form=forms[n % 5],
            entry_key=sha256(f"{house.center.pk} {n}".encode()).hexdigest(),
            created_at=now - timedelta(days=n % 6),
            confirmed_at=None if n < PROPOSED else now - timedelta(days=n % 6),
        )
        for n in range(COLLABORATIONS)
    )
    CollaborationActor.objects.bulk_create(
        CollaborationActor(collaboration=row, actor=house.actors[(n + side) % ACTORS])
        for n, row in enumerate(made)
        for side in (0, 1)
    )
    FormSince.objects.bulk_create(FormSince(collaboration=row, form=row.form, since=row.since) for row in made)


def make_due(houses: Sequence[House]) -> None:
    """Every reader and every house's own copy is due a minute ago."""
    now = clock.now()
    Subscription.objects.bulk_create(_due(houses, now), batch_size=2_000)


def _due(houses: Sequence[House], now: datetime) -> Iterator[Subscription]:
    due = {"next_at": now - timedelta(minutes=1), "covered_until": now - WEEK}
    for house in houses:
        yield Subscription(center=house.center, **due)
        for user in house.readers:
            yield Subscription(center=house.center, user=user, by_choice=user in house.members, **due)
