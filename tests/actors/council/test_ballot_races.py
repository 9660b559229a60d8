"""Races with real connections: one counting vote per seat, nothing lost at the closing, entitlement of one moment."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from actors.council.ballots import actions, verify
from actors.council.enums import Choice, Entitled, EventKind
from actors.council.models import Ballot, Council, Entitlement, Result, Seat, VoteEvent
from actors.models import User
from medborger.common import clock
from tests.actors.council.factories import council_member, fill_seats, make_council, make_seat
from tests.actors.council.motions import open_ballot, open_motion
from tests.races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("race")]
CLIENTS = 8
ROUNDS = 5


def council_of(number: int, **orders: Any) -> tuple[Council, list[tuple[Seat, User]]]:
    council = make_council(entitled=Entitled.CHOSEN, **orders)
    return council, fill_seats(council, number)


def vote(ballot: Ballot, seat: Seat, user: User, choice: Choice) -> VoteEvent:
    return actions.vote(ballot=ballot, seat=seat, choice=choice, by=council_member(user, ballot.council))


def test_one_seats_clients_vote_at_once_and_one_vote_counts() -> None:
    council, holders = council_of(1)
    (seat, user) = holders[0]
    for _round in range(ROUNDS):
        ballot = open_ballot(council, holders[0])
        choices = [list(Choice)[n % 3] for n in range(CLIENTS)]
        answers = at_once(*[partial(vote, ballot, seat, user, choice) for choice in choices])
        assert all(isinstance(answer, VoteEvent) for answer in answers)
        assert VoteEvent.objects.filter(ballot=ballot, kind=EventKind.VOTE).count() == CLIENTS
        last = VoteEvent.objects.filter(ballot=ballot).latest("number")
        assert Entitlement.objects.get(ballot=ballot).counting == last
        assert verify.check(ballot).findings == []


def test_votes_that_race_the_closing_are_refused_or_counted() -> None:
    council, holders = council_of(CLIENTS)
    for _round in range(ROUNDS):
        ballot = open_ballot(council, holders[0])
        Ballot.objects.filter(pk=ballot.pk).update(closes_at=clock.now() + timedelta(milliseconds=60))
        ballot.refresh_from_db()

        def close_until_done(ballot: Ballot = ballot) -> Result:
            while (result := actions.close(ballot=ballot)) is None:
                pass
            return result

        acts: list[Callable[[], object]] = [partial(vote, ballot, *holder, Choice.FOR) for holder in holders]
        answers = at_once(close_until_done, *acts)
        result = Result.objects.get(ballot=ballot)
        counted = sum(isinstance(answer, VoteEvent) for answer in answers)
        assert result.votes_for == result.cast == counted
        assert verify.check(ballot).findings == ["Tidspunktet, hvor afstemningen lukker, er ændret."]


def test_a_secret_vote_is_cast_once_however_often_it_is_sent_at_once() -> None:
    council, holders = council_of(5, secret=True)
    ballot = open_ballot(council, holders[0])
    seat, user = holders[0]
    cast = partial(actions.cast_secret, ballot=ballot, seat=seat, choice=Choice.FOR, by=council_member(user, council))
    answers = at_once(*[cast] * CLIENTS)
    assert sum(isinstance(answer, str) for answer in answers) == 1
    assert ballot.box.count() == 1


def test_closing_at_once_counts_once() -> None:
    council, holders = council_of(2)
    ballot = open_ballot(council, holders[0])
    Ballot.objects.filter(pk=ballot.pk).update(closes_at=ballot.opened_at + timedelta(microseconds=1))
    answers = at_once(*[partial(actions.close, ballot=ballot)] * CLIENTS)
    assert len({answer.pk for answer in answers if isinstance(answer, Result)}) == 1
    assert VoteEvent.objects.filter(ballot=ballot, kind=EventKind.CLOSED).count() == 1


def test_entitlement_is_that_of_the_moment_of_opening() -> None:
    council, holders = council_of(4)

    def come_and_go(n: int) -> Seat:
        seat = make_seat(council)
        if n % 2:
            Seat.objects.filter(pk=seat.pk).update(until=clock.now())
        return seat

    for _round in range(ROUNDS):
        motion = open_motion(council, holders[0][0])
        opening = partial(actions.open_ballots, motion=motion, by=council_member(holders[0][1], council))
        at_once(opening, *[partial(come_and_go, n) for n in range(CLIENTS)])
        ballot = Ballot.objects.get(motion=motion)
        entitled = set(Entitlement.objects.filter(ballot=ballot).values_list("seat", flat=True))
        opened = VoteEvent.objects.get(ballot=ballot, number=1)
        assert entitled == {pk for pk, _name, _recused in opened.says["seats"]}
        assert {seat.pk for seat, _user in holders} <= entitled
        assert verify.check(ballot).findings == []
