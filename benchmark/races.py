"""Sixteen people want the same room at the same moment, round after round, through the real form."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from benchmark.client import Answer, Client, Fields, hidden_fields
from benchmark.house import House, Place
from benchmark.site import Site
from bookings.models import Booking, Occupancy
from centers.models import Room
from medborger.common import clock

CLIENTS = 16
ALTERNATIVE = b'name="instead"'

Shot = tuple[Client, str, Fields]


@dataclass
class Race:
    """What came of the rounds. A round is right when the rows that hold the place are exactly those of its winners."""

    name: str
    rounds: int = 0
    right: int = 0
    winners: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    without_alternatives: int = 0

    @property
    def errors(self) -> int:
        """Answers that were neither a success nor a reasoned refusal."""
        return sum(number for status, number in self.statuses.items() if status not in (302, 409))

    @property
    def is_won(self) -> bool:
        return self.right == self.rounds and not self.errors and not self.without_alternatives

    def as_dict(self) -> dict[str, Any]:
        return {**vars(self), "errors": self.errors, "is_won": self.is_won}


@dataclass
class Races:
    site: Site
    rounds: int

    def __post_init__(self) -> None:
        self.house = House.first(self.site.port)
        self.clients = self.house.members(CLIENTS)
        self.book = f"{self.house.path}/book/"

    def all(self) -> list[Race]:
        return [
            self._same_place(),
            self._divided_hall(),
            self._moves_against_bookings(),
            self._closure_against_bookings(),
        ]

    def _same_place(self) -> Race:
        race = Race("same room, same time")
        for number in range(self.rounds):
            place = self.house.empty_place("lokale-7", number)
            self._round(race, [self._booking(client, place) for client in self.clients], place, holders=1)
        return race

    def _divided_hall(self) -> Race:
        """Eight want the whole hall, four each half: either one has it whole, or each half has its one."""
        race = Race("whole hall against its halves")
        rooms = ["lokale-1"] * 8 + ["lokale-2"] * 4 + ["lokale-3"] * 4
        for number in range(self.rounds):
            shots = [
                self._booking(client, self.house.empty_place(room, number))
                for client, room in zip(self.clients, rooms, strict=True)
            ]
            self._round(race, shots, self.house.empty_place("lokale-1", number), holders=2)
        return race

    def _moves_against_bookings(self) -> Race:
        race = Race("moves against bookings")
        movers, bookers = self.clients[:8], self.clients[8:]
        moved = [self._parked(client, place) for place, client in enumerate(movers)]
        for number in range(self.rounds):
            place = self.house.empty_place("lokale-8", number)
            shots = [self._move(client, pk, place) for client, pk in zip(movers, moved, strict=True)]
            self._round(race, shots + [self._booking(client, place) for client in bookers], place, holders=1)
        return race

    def _closure_against_bookings(self) -> Race:
        race = Race("a closure against bookings")
        staff = self.house.staff()
        for number in range(self.rounds):
            place = self.house.empty_place("lokale-9", number)
            shots = [self._booking(client, place) for client in self.clients[1:]] + [self._closure(staff, place)]
            self._round(race, shots, place, holders=1, always_alternatives=False)
        return race

    def _round(
        self, race: Race, shots: Sequence[Shot], place: Place, *, holders: int, always_alternatives: bool = True
    ) -> None:
        """One round: all at once. `holders` rows must hold the place afterwards."""
        self.site.forget_limits()
        answers = at_once([partial(client.post, path, fields) for client, path, fields in shots])
        won = sum(answer.status == 302 for answer in answers)
        rows = self._rows(place)
        causes = {(row.booking_id, row.closure_id) for row in rows}
        race.rounds += 1
        race.right += len(rows) == holders and len(causes) == won
        race.winners[f"{won}"] += 1
        race.statuses.update(answer.status for answer in answers)
        if always_alternatives:
            race.without_alternatives += sum(
                answer.status == 409 and ALTERNATIVE not in answer.body for answer in answers
            )

    def _rows(self, place: Place) -> list[Occupancy]:
        room = Room.objects.get(center=self.house.center, slug=place.room)
        leaves = Room.objects.filter(center=self.house.center).leaves_of(room)
        span = (clock.at(place.day, place.start), clock.at(place.day, place.end))
        return list(Occupancy.objects.filter(room__in=leaves, during__overlap=span))

    def _booking(self, client: Client, place: Place) -> Shot:
        """The form as the server filled it in, with what a person adds."""
        page = client.get(f"{self.book}?{place.query()}")
        hidden = [(name, value) for name, value in hidden_fields(page.body) if name == "token"]
        written = [pair for pair in self.house.form(client, place) if pair[0] != "token"]
        return client, self.book, [*written, *hidden]

    def _parked(self, client: Client, place: int) -> int:
        """A booking of the client's own, elsewhere, to be moved."""
        self.site.forget_limits()
        parking = self.house.empty_place(f"lokale-{10 + place}", 200)
        answer = client.post(*self._booking(client, parking)[1:])
        return int(answer.headers["Location"].rstrip("/").rpartition("/")[2])

    def _move(self, client: Client, pk: int, place: Place) -> Shot:
        version = Booking.objects.values_list("version", flat=True).get(pk=pk)
        return client, f"{self.house.path}/bookinger/{pk}/flyt/", [*place.fields(), ("version", str(version))]

    def _closure(self, staff: Client, place: Place) -> Shot:
        path = f"{self.house.path}/lukninger/"
        token = [(name, value) for name, value in hidden_fields(staff.get(path).body) if name == "token"]
        day, times = place.day.isoformat(), dict(place.fields())
        fields = [
            ("rooms", place.room),
            ("from_date", day),
            ("from_time", times["start"]),
            ("to_date", day),
            ("to_time", times["end"]),
        ]
        return staff, path, [*fields, ("reason", "Måling"), ("on_clash", "ask"), *token]


def at_once(acts: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Each act on a thread of its own, released together; one that breaks counts as an error of the site's."""
    barrier = threading.Barrier(len(acts))
    answers = [Answer(500, {}, b"", 0, 0)] * len(acts)

    def run(place: int, act: Callable[[], Answer]) -> None:
        barrier.wait()
        answers[place] = act()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
