"""What is measured of the pages and acts of one house."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter

from django.db import connection

from benchmark.client import Answer, Client
from benchmark.house import House, Place
from benchmark.meter import Cost, Meter
from benchmark.site import Site
from bookings.enums import BookingState
from bookings.models import Booking
from centers.models import Center
from medborger.common import clock

BATCH = 50  # one minute's allowance of posts and searches is 60
TITLE = "Måling"
CLIENTS = 8


@dataclass
class Throughput:
    """Bookings made a second, the 95th percentile of waiting in milliseconds, and how many answers had which status."""

    rate: float
    p95: float
    statuses: dict[int, int]


class Pages:
    """One house through the eyes of a member of one of its associations."""

    def __init__(self, site: Site, meter: Meter, times: int) -> None:
        self.site, self.meter, self.times = site, meter, times
        self.house = House.first(site.port)
        self.visitor = Client(site.port)
        self.member, *self.others = self.house.members(CLIENTS + 1)
        self.free: Iterator[Place] = self.house.free_places()

    def all(self) -> Iterator[Cost]:
        yield self._get("bare page (/healthz)", self.member, "/healthz")
        yield self._bare_insert()
        week = f"{self.house.path}/kalender/?visning=uge&dato={clock.today()}"
        yield self._get("week page, fresh", self.member, week)
        yield self._unchanged("week page, unchanged (304)", week)
        yield self._get("day page, fresh", self.member, week.replace("uge", "dag"))
        yield self._poll("nothing changed (poll)")
        yield self._get("booking form", self.member, f"{self.house.path}/book/?{next(self.free).query()}")
        yield self._book("booking")
        yield self._taken("taken, with alternatives")
        yield self._move("move")
        yield self._find_free("find a free room")
        yield self._get("front page, visitor", self.visitor, f"{self.house.path}/")
        if Center.objects.count() > 1:  # one house alone is its own front page
            yield self._get("all houses, visitor", self.visitor, "/")

    def _measure(self, name: str, act: Iterator[Answer], expect: int) -> Cost:
        """At most a minute's allowance at a time."""
        self.site.forget_limits()
        return self.meter.measure(name, lambda _n: next(act), min(self.times, BATCH), expect=expect)

    def _get(self, name: str, client: Client, path: str) -> Cost:
        self.site.forget_limits()
        return self.meter.measure(name, lambda _n: client.get(path), self.times, expect=200)

    def _unchanged(self, name: str, path: str) -> Cost:
        """The page's name changes with the minute: whoever comes in a new one gets it whole, and asks again."""
        etag = ""

        def ask(_number: int) -> Answer:
            nonlocal etag
            answer = self.member.get(path, **{"If-None-Match": etag})
            if answer.status == 200:
                etag = answer.headers["ETag"]
                answer = self.member.get(path, **{"If-None-Match": etag})
            return answer

        return self.meter.measure(name, ask, self.times, expect=304)

    def _poll(self, name: str) -> Cost:
        from bookings.calendar import calendar_version

        path = f"{self.house.path}/kalender/aendringer/?siden={calendar_version.current(self.house.center.pk)}"
        return self.meter.measure(name, lambda _n: self.member.get(path), self.times, expect=204)

    def _book(self, name: str) -> Cost:
        posts = [self.house.form(self.member, next(self.free)) for _ in range(BATCH + 5)]
        return self._measure(name, (self.member.post(f"{self.house.path}/book/", fields) for fields in posts), 302)

    def _taken(self, name: str) -> Cost:
        posts = [
            self.house.form(self.member, place)
            for place, _ in zip(self.house.taken_places(), range(BATCH + 5), strict=False)
        ]
        return self._measure(name, (self.member.post(f"{self.house.path}/book/", fields) for fields in posts), 409)

    def _move(self, name: str) -> Cost:
        """Every booking that was just made, to another free place."""
        made = Booking.objects.filter(center=self.house.center, title=TITLE, booked_by=self.member.user).order_by("pk")
        moves = [
            (f"{self.house.path}/bookinger/{pk}/flyt/", [*next(self.free).fields(), ("version", str(version))])
            for pk, version in made.values_list("pk", "version")
        ]
        return self._measure(name, (self.member.post(path, fields) for path, fields in moves), 302)

    def _find_free(self, name: str) -> Cost:
        paths = (
            f"{self.house.path}/ledige/?dato={place.day}&fra={hour}.00&til={hour + 1}.00&pladser=20"
            for place, hour in self._hours()
        )
        return self._measure(name, (self.member.get(path) for path in paths), 200)

    def _hours(self) -> Iterator[tuple[Place, int]]:
        return zip(self.house.taken_places(), cycle(range(9, 20)), strict=False)

    def _bare_insert(self) -> Cost:
        """One row, one commit to disk, nothing around it."""
        example = Booking.objects.filter(center=self.house.center).latest("pk")
        sql = """
            INSERT INTO bookings_booking (center_id, room_id, starts_at, ends_at, created_at, state, title, audience, drop_in, by_house,
                                          outside_hours, hours_reason, version)
            VALUES (%s, %s, %s, %s, %s, %s, 'Bar', 'closed', false, false, false, '', 1)
        """
        times = (example.starts_at, example.ends_at, example.created_at)
        values = (example.center_id, example.room_id, *times, BookingState.CANCELLED)

        def insert(_number: int) -> Answer:
            started = perf_counter()
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
            return Answer(200, {}, b"", 0, perf_counter() - started)

        with self.meter.cpu() as spent:
            seconds = sorted(insert(number).seconds * 1000 for number in range(200))
            _app, database = spent()
        return Cost("bare SQL insert", 200, seconds[100], seconds[190], 0, database / 200 * 1000, 1)

    def throughput(self, bookings: int) -> Throughput:
        """Eight people book at once, each one booking after the other."""
        self.site.forget_limits()
        posts = [
            [self.house.form(client, next(self.free)) for _ in range(bookings // CLIENTS)] for client in self.others
        ]
        answers: list[Answer] = []

        def book_all(client: Client, forms: list[list[tuple[str, str]]]) -> None:
            answers.extend(client.post(f"{self.house.path}/book/", fields) for fields in forms)

        threads = [threading.Thread(target=book_all, args=pair) for pair in zip(self.others, posts, strict=True)]
        started = perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = perf_counter() - started
        statuses = Counter(answer.status for answer in answers)
        waits = sorted(answer.seconds * 1000 for answer in answers)
        return Throughput(statuses[302] / seconds, waits[int(len(waits) * 0.95) - 1], dict(statuses))
