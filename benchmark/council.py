"""What is measured of the council: 500 seats, their votes, pages and checks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from actors.council.ballots import verify
from actors.council.ballots.chain import receipt_code
from actors.council.models import Ballot, BoxVote, Motion
from benchmark import council_load, council_races, site
from benchmark.client import Answer, Client
from benchmark.council_house import Assembly, long_text
from benchmark.meter import Cost, Meter
from benchmark.report import Line
from medborger.common.models import Message, MessageState
from medborger.common.text_diff import cached_differences, differences
from medborger.embedded.console import say

SEATS, SECRET_VOTES = 500, 20
A_MINUTE = 1.0  # minutes that the ballot is open in which everybody votes


def measure(where: site.Site, meter: Meter, *, quick: bool) -> dict[str, Any]:
    """Costs, goals and remarks, as plain data. The database must hold no ballot yet: the attack on secrecy reads whole tables."""
    lines = council_races.secrecy(where.port)
    races = council_races.CouncilRaces(where, rounds=5 if quick else 50).all()
    lines += [_race(race.name, race.right, race.rounds, race.errors) for race in races]
    house = Assembly.build("raadet", SEATS, where.port)
    where.settle()
    where.forget_limits()
    lines += council_load.forty_log_in(house)
    costs = [cost.as_dict() for cost in Costs(where, house, meter, times=20 if quick else 100).all()]
    costs.append(_secret_vote(where, meter).as_dict())
    Message.objects.update(state=MessageState.SENT)  # of all rounds before: the worker is to send these votes' receipts
    worker = where.start("council-worker", site.WORKER)
    ballot = house.ballot(minutes=A_MINUTE)
    votes, note = council_load.everybody_votes(house, ballot, meter, worker)
    worker.stop()
    lines += [*votes, *_closed(house, ballot, meter), *_differences()]
    costs += [cost.as_dict() for cost in _results(where, house, ballot, meter, times=20 if quick else 100)]
    for line in lines:
        say(f"    {line.what}: {line.measured}{'' if line.met else ' – MISSED'}")
    return {"costs": costs, "lines": [asdict(line) for line in lines], "notes": [note]}


def _race(name: str, right: int, rounds: int, errors: int) -> Line:
    return Line(name, f"{right} of {rounds} rounds right, {errors} errors", "all, none", right == rounds and not errors)


class Costs:
    """A vote, and the pages while a ballot is open."""

    def __init__(self, where: site.Site, house: Assembly, meter: Meter, times: int) -> None:
        self.where, self.house, self.meter, self.times = where, house, meter, times
        self.reader = house.client(SEATS - 1)

    def all(self) -> Iterator[Cost]:
        ballot = self.house.ballot()
        yield self._vote(ballot)
        yield self._page("council, 500 seats", f"/{self.house.center.slug}/husraad/")
        yield self._page("motion under vote, 500 seats", motion_path(self.house, ballot.motion))
        yield self._page("ballot under vote, 500 seats", self.house.path(ballot))
        changed = self.house.motion(long_text(changed=True), rule=self.house.rule(long_text()))
        yield self._once("motion of 100 KB, first reader", motion_path(self.house, changed))
        yield self._page("motion of 100 KB", motion_path(self.house, changed))

    def _vote(self, ballot: Ballot) -> Cost:
        clients = [self.house.client(number) for number in range(self.times + 5)]
        path = self.house.path(ballot, "stem/")

        def vote(number: int) -> Answer:
            seat = self.house.holders[number][0]
            return clients[number].post(path, [("seat", str(seat.pk)), ("choice", "for"), ("reason", "")])

        return self.meter.measure("vote", vote, self.times, expect=302)

    def _page(self, name: str, path: str) -> Cost:
        return _page(self.where, self.meter, self.reader, name, path, self.times)

    def _once(self, name: str, path: str) -> Cost:
        self.reader.get("/healthz")
        return self.meter.measure(name, lambda _n: self.reader.get(path), 1, expect=200, warm_up=0)


def _secret_vote(where: site.Site, meter: Meter) -> Cost:
    """In a box that most of the seats have filled: each vote writes it anew."""
    house = Assembly.build("store-hemmelige-raad", SEATS, where.port, secret=True)
    ballot = house.ballot()
    BoxVote.objects.bulk_create(
        BoxVote(ballot=ballot, code=receipt_code(), choice="for") for _ in range(SEATS - 2 * SECRET_VOTES)
    )
    clients = [house.client(number) for number in range(2 * SECRET_VOTES)]

    def vote(number: int) -> Answer:
        fields = [("seat", str(house.holders[number][0].pk)), ("choice", "against")]
        return clients[number].post(house.path(ballot, "stem/"), fields)

    return meter.measure(f"secret vote among {SEATS} seats", vote, SECRET_VOTES, expect=201)


def _results(where: site.Site, house: Assembly, ballot: Ballot, meter: Meter, times: int) -> Iterator[Cost]:
    reader = house.client(SEATS - 1)
    yield _page(where, meter, reader, "motion, decided by 500 seats", motion_path(house, ballot.motion), times)
    yield _page(where, meter, reader, "result, 500 seats", house.path(ballot), times)
    yield _page(where, meter, reader, "certificate, 500 seats", house.path(ballot, "attest/"), times)


def _page(where: site.Site, meter: Meter, reader: Client, name: str, path: str, times: int) -> Cost:
    where.forget_limits()
    return meter.measure(name, lambda _n: reader.get(path), times, expect=200)


def _closed(house: Assembly, ballot: Ballot, meter: Meter) -> Iterator[Line]:
    """The closing and the check of a ballot of 500 seats, each in this process as the job and the command do it."""
    council_races.wait_for(ballot)
    closing = _cpu(meter, lambda: council_races.close(ballot))
    yield Line("closing 500 seats: CPU", f"{closing:.0f} ms", "2000 ms", closing <= 2000)
    reports: list[verify.Report] = []
    checking = _cpu(meter, lambda: reports.append(verify.check(ballot)))
    holds = reports[0].holds and len(reports[0].events) >= SEATS
    yield Line("council_verify, 500 votes: CPU", f"{checking:.0f} ms", "500 ms, all holds", holds and checking <= 500)


def _cpu(meter: Meter, act: Callable[[], object]) -> float:
    """CPU milliseconds of this process and the database's sessions."""
    with meter.cpu() as spent:
        before = time.process_time()
        act()
        own = time.process_time() - before
        _app, database = spent()
    return (own + database) * 1000


def _differences() -> Iterator[Line]:
    old, new = long_text(), long_text(changed=True)
    for name, compare, goal in (("not cached", differences, 1000), ("cached", cached_differences, 100)):
        cached_differences(old, new)
        before = time.process_time()
        found = compare(old, new)
        spent = (time.process_time() - before) * 1000
        joined = "".join(piece.text for piece in found if piece.kind != "removed")
        yield Line(
            f"difference of 100 KB texts, {name}: CPU", f"{spent:.0f} ms", f"{goal} ms", joined == new and spent <= goal
        )


def motion_path(house: Assembly, motion: Motion) -> str:
    return f"/{house.center.slug}/husraad/forslag/{motion.number}/"
