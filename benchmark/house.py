"""The house that is measured: who may act in it, and where there is room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import uuid4

from actors.enums import Role
from actors.models import Membership, User
from benchmark.client import Client
from bookings.models import Booking, Occupancy
from centers.hours import Hours
from centers.models import Center, Room
from medborger.common import clock
from medborger.demo.big import CLOSES, OPENS

BUSY = 14  # days from today on which the busy weeks are looked at
EMPTY, LAST = 400, 700  # days from today between which nothing is booked yet


@dataclass(frozen=True)
class Place:
    """A room and a time on a date, in minutes since midnight."""

    room: str
    day: date
    start: int
    end: int

    def fields(self) -> list[tuple[str, str]]:
        return [
            ("room", self.room),
            ("date", self.day.isoformat()),
            ("start", words(self.start)),
            ("end", words(self.end)),
        ]

    def query(self) -> str:
        return f"lokale={self.room}&dato={self.day}&fra={words(self.start)}&til={words(self.end)}"


def words(minutes: int) -> str:
    return f"{minutes // 60}.{minutes % 60:02d}"


@dataclass
class House:
    """`open_days` are those on which the house is open as usual, from BUSY on: holidays are closed in a measured house too."""

    center: Center
    port: int
    open_days: list[date] = field(init=False)

    def __post_init__(self) -> None:
        days = [clock.today() + timedelta(days=ahead) for ahead in range(BUSY, LAST)]
        hours = Hours(self.center, days[0], days[-1])
        self.open_days = [day for day in days if hours.on(day).covers(OPENS, CLOSES)]

    @classmethod
    def first(cls, port: int) -> House:
        return cls(Center.objects.get(slug="hus-1"), port)

    @property
    def path(self) -> str:
        return f"/{self.center.slug}"

    def members(self, number: int, *, skip: int = 0) -> list[Client]:
        """That many people, each with an association of their own."""
        users = User.objects.filter(memberships__actor__affiliations__center=self.center).order_by("pk")
        return [Client(self.port, user) for user in users[skip : skip + number]]

    def staff(self) -> Client:
        return Client(self.port, User.objects.get(center_roles__center=self.center, center_roles__role=Role.STAFF))

    def actor_of(self, client: Client) -> str:
        return str(Membership.objects.values_list("actor_id", flat=True).get(user=client.user))

    def form(self, client: Client, place: Place) -> list[tuple[str, str]]:
        """What the booking form posts."""
        said = [("title", "Måling"), ("actor", self.actor_of(client)), ("persons", "12"), ("audience", "closed")]
        return [*place.fields(), *said, ("token", str(uuid4()))]

    def free_places(self) -> Iterator[Place]:
        """Half an hour here and there between the bookings of the coming weeks."""
        rooms = list(Room.objects.filter(center=self.center, part_of=None, parts=None))
        for day in self.open_days:
            span = (clock.midnight(day), clock.midnight(day + timedelta(days=1)))
            taken: dict[int, list[tuple[int, int]]] = {}
            for row in Occupancy.objects.in_house(self.center.pk, span):
                ends = (clock.minute_of_day(row.blocked.lower, day), clock.minute_of_day(row.blocked.upper, day))
                taken.setdefault(row.room_id, []).append(ends)
            for room in rooms:
                reached = OPENS
                for start, end in [*sorted(taken.get(room.pk, [])), (CLOSES, CLOSES)]:
                    if start - reached >= 30 + room.cleanup_minutes:
                        yield Place(room.slug, day, reached, reached + 30)
                        break
                    reached = max(reached, end)

    def taken_places(self) -> Iterator[Place]:
        """Where somebody else is already, in the busy weeks."""
        after = clock.midnight(clock.today() + timedelta(days=BUSY))
        bookings = Booking.objects.filter(center=self.center, room__part_of=None, starts_at__gte=after)
        for booking in bookings.select_related("room").order_by("starts_at", "pk")[:500]:
            day = clock.local(booking.starts_at).date()
            if day not in self.open_days:
                continue
            start, end = clock.minute_of_day(booking.starts_at, day), clock.minute_of_day(booking.ends_at, day)
            yield Place(booking.room.slug, day, start, end)

    def empty_place(self, room: str, number: int) -> Place:
        """A place in a time where nothing is booked; another number is another day."""
        empty = [day for day in self.open_days if day > clock.today() + timedelta(days=EMPTY)]
        return Place(room, empty[number], 18 * 60, 20 * 60)
