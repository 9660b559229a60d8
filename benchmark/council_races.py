"""Many want the same of the council at the same moment, round after round; and a secret ballot under attack."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from django.db import connection

from actors.access import Access
from actors.council.ballots import actions as ballot_actions, verify
from actors.council.enums import Capacity, Choice, EventKind
from actors.council.models import Ballot, BoxVote, Council, Entitlement, Result, Seat, VoteEvent
from actors.council.seats import actions
from actors.enums import Role
from actors.models import Actor, CenterRole, User
from benchmark.client import Answer, Client
from benchmark.council_house import Assembly, write_people, write_users
from benchmark.races import Race, at_once
from benchmark.report import Line
from benchmark.site import Site
from medborger.common import clock
from medborger.common.errors import DomainError
from medborger.common.messaging import outbox
from tests.actors.council.test_secrecy import ALIKE, MORE_THAN_CHANCE, SEATS, best_attack, written_together

CLIENTS = 32
A_MOMENT = 1 / 60  # minutes that a ballot is open which is raced to its closing
COMING, GOING = 3, 3  # seats given and ended while a ballot opens
CODE = re.compile(rb"\b[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}\b")
CHOICES = tuple(Choice.values)


class CouncilRaces:
    def __init__(self, site: Site, rounds: int) -> None:
        self.site, self.rounds = site, rounds
        self.small = Assembly.build("lille-raad", CLIENTS, site.port)
        deputies = self.small.deputies(CLIENTS // 2, of=0)
        sessions = [self.small.client(0) for _ in range(CLIENTS // 2)]
        self.on_one_seat = sessions + [Client(site.port, deputy) for deputy in deputies]
        self.of_each_seat = [self.small.client(number) for number in range(CLIENTS)]

    def all(self) -> list[Race]:
        return [self._one_seat(), self._closing(), self._opening()]

    def _one_seat(self) -> Race:
        """Sixteen sessions of the representative and sixteen deputies. A deputy who comes later than the representative is
        refused; whatever was accepted is in the chain, and what counts is the representative's last."""
        race = Race(f"{CLIENTS} clients voting for one seat")
        seat = self.small.holders[0][0]
        for number in range(self.rounds):
            ballot = self.small.ballot()
            votes = [
                partial(self._vote, client, ballot, seat, CHOICES[(number + n) % len(CHOICES)])
                for n, client in enumerate(self.on_one_seat)
            ]
            won = self._count(race, self._at_once(votes))
            events = list(VoteEvent.objects.filter(ballot=ballot, kind=EventKind.VOTE).order_by("number"))
            counting = Entitlement.objects.filter(ballot=ballot).voted().values_list("counting", flat=True)
            last = [event for event in events if event.capacity == Capacity.REPRESENTATIVE][-1:]
            kept = len(events) == won >= CLIENTS // 2
            race.right += kept and [event.pk for event in last] == list(counting) and verify.check(ballot).holds
        return race

    def _closing(self) -> Race:
        """A vote of every seat around the instant of closing, while somebody else closes."""
        race = Race(f"{CLIENTS} votes racing the closing")
        for number in range(self.rounds):
            ballot = self.small.ballot(minutes=A_MOMENT)
            votes = [
                partial(self._vote, client, ballot, seat, CHOICES[n % len(CHOICES)])
                for n, (client, (seat, _user)) in enumerate(zip(self.of_each_seat, self.small.holders, strict=True))
            ]
            closer = threading.Thread(target=self._close, args=(ballot,))
            closer.start()
            wait_for(ballot, ahead=timedelta(milliseconds=40 * (number % 10)))
            answers = self._at_once(votes)
            closer.join()
            won = self._count(race, answers)
            result = Result.objects.get(ballot=ballot)
            ballot.refresh_from_db()
            race.right += result.cast == won and verify.check(ballot).holds
        return race

    def _close(self, ballot: Ballot) -> None:
        wait_for(ballot)
        close(ballot)
        connection.close()

    def _opening(self) -> Race:
        """The ballot opens while seats come and go: entitled are those that were seats in its instant, to the microsecond."""
        race = Race("opening while seats come and go")
        house = Assembly.build("skiftende-raad", 10, self.site.port)
        write_people(house.center, 2 * COMING, first=house.center.affiliations.count() + 1)
        (manager,) = write_users(["leder@skiftende-raad.example"])
        CenterRole.objects.create(user=manager, center=house.center, role=Role.MANAGER, since=clock.today())
        opener = house.client(0)
        for _ in range(self.rounds):
            motion = house.motion()
            path = f"/{house.center.slug}/husraad/forslag/{motion.number}/afstemning/"
            seats = Seat.objects.in_force().filter(council=house.council)
            leaving = seats.exclude(pk=house.holders[0][0].pk).order_by("?")[:GOING]
            unseated = Actor.objects.in_house(house.center.pk).exclude(pk__in=seats.values("actor")).order_by("?")
            acts: list[Callable[[], Answer]] = [
                *(partial(self._give, house.council, actor, manager) for actor in unseated[:COMING]),
                *(partial(self._end, seat, manager) for seat in leaving),
                partial(opener.post, path, [("method", "online")]),
            ]
            self._count(race, self._at_once(acts))
            ballot = Ballot.objects.get(motion=motion)
            race.right += _is_of_the_moment(ballot)
            with clock.as_if(ballot.closes_at), outbox.unsent():
                close(ballot)
        return race

    def _give(self, council: Council, actor: Actor, manager: User) -> Answer:
        return self._act(lambda: actions.give_seat(council=council, actor=actor, by=Access.of(manager)))

    def _end(self, seat: Seat, manager: User) -> Answer:
        return self._act(lambda: actions.end_seat(seat=seat, by=Access.of(manager)))

    def _act(self, act: Callable[[], object]) -> Answer:
        """In this process, on a connection that is given back. 409 when a rule says no: seats stay once the ballot is open."""
        try:
            act()
        except DomainError as error:
            return Answer(error.status, {}, b"", 0, 0)
        finally:
            connection.close()
        return Answer(302, {}, b"", 0, 0)

    def _vote(self, client: Client, ballot: Ballot, seat: Seat, choice: str) -> Answer:
        return client.post(self.small.path(ballot, "stem/"), [("seat", str(seat.pk)), ("choice", choice)])

    def _at_once(self, acts: Sequence[Callable[[], Answer]]) -> list[Answer]:
        self.site.forget_limits()
        return at_once(acts)

    def _count(self, race: Race, answers: list[Answer]) -> int:
        """How many were accepted."""
        race.rounds += 1
        race.statuses.update(answer.status for answer in answers)
        won = sum(answer.status == 302 for answer in answers)
        race.winners[f"{won}"] += 1
        return won


def _is_of_the_moment(ballot: Ballot) -> bool:
    """Whether rows and chain hold exactly the seats that there were when the ballot opened."""
    entitled = set(Entitlement.objects.filter(ballot=ballot).values_list("seat", flat=True))
    opened = VoteEvent.objects.get(ballot=ballot, number=1)
    chained = {pk for pk, _name, _recused in opened.says["seats"]}
    there = {
        seat.pk
        for seat in Seat.objects.filter(council=ballot.council_id)
        if seat.since <= ballot.opened_at and (seat.until is None or seat.until > ballot.opened_at)
    }
    return entitled == chained == there and verify.check(ballot).holds


def wait_for(ballot: Ballot, *, ahead: timedelta = timedelta()) -> None:
    """Until it is over by the clock, or so much before that."""
    time.sleep(max(0, (ballot.closes_at - ahead - clock.now()).total_seconds()))


def close(ballot: Ballot) -> Result:
    """What the job does. A ballot whose instant has come closes at once."""
    while (result := ballot_actions.close(ballot=ballot)) is None:
        wait_for(ballot)
    return result


def secrecy(port: int) -> list[Line]:
    """Sixty votes through the browser's own form, then the attack that knows every order in the database.

    In a database that holds no other ballot: the attack reads whole tables.
    """
    house = Assembly.build("hemmeligt-raad", SEATS, port, secret=True)
    ballot = house.ballot(minutes=1 / 4)
    truth = {seat.pk: _cast(house, ballot, number) for number, (seat, _user) in enumerate(house.holders)}
    while_open = _attack("while it is open", truth, "council_boxvote", together=1)
    wait_for(ballot)
    close(ballot)
    afterwards = _attack("after closing", truth, "council_secretvote", together=0)
    turnout = VoteEvent.objects.filter(ballot=ballot, kind=EventKind.CAST).order_by("number")
    for seat_id in turnout.values_list("seat_id", flat=True):
        BoxVote.objects.create(ballot=ballot, code=truth[seat_id or 0], choice=Choice.FOR)
    found, _likeness = best_attack(truth, "council_boxvote")
    BoxVote.objects.all().delete()
    control = Line("the attack on a box filled in order: votes found", f"{found} of {SEATS}", "all", found == SEATS)
    return [*while_open, *afterwards, control]


def _attack(when: str, truth: dict[int, str], table: str, *, together: int) -> list[Line]:
    """`together`: how many may stand beside their turnout: in an open box the last one, who wrote all of it."""
    right, likeness = best_attack(truth, table)
    beside = written_together(truth, table)
    return [
        Line(
            f"secret votes, {when}: found by the best order, likeness",
            f"{right} of {SEATS}, {likeness:.2f}",
            f"chance: under {MORE_THAN_CHANCE}, {ALIKE}",
            right < MORE_THAN_CHANCE and likeness < ALIKE,
        ),
        Line(
            f"secret votes, {when}: written together with their turnout",
            str(beside),
            f"at most {together}",
            beside <= together,
        ),
    ]


def _cast(house: Assembly, ballot: Ballot, number: int) -> str:
    """Vote secretly, and take the code from the answer: nothing else ever holds it."""
    seat = house.holders[number][0]
    fields = [("seat", str(seat.pk)), ("choice", CHOICES[number * 7 % len(CHOICES)])]
    answer = house.client(number).post(house.path(ballot, "stem/"), fields)
    codes: set[bytes] = set(CODE.findall(answer.body))
    if answer.status != 201 or len(codes) != 1:
        raise SystemExit(f"a secret vote: {answer.status}, {len(codes)} codes")
    return codes.pop().decode()
