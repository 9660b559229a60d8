"""Ballots that were held and counted, for whoever checks or attacks them."""

from typing import Any

import pytest
import time_machine

from actors.council.ballots import actions
from actors.council.enums import Choice, Entitled
from actors.council.models import Ballot, Council, Seat
from actors.models import User
from centers.models import Center
from tests.actors.council.factories import council_member, fill_seats, make_council
from tests.actors.council.motions import open_ballot


def council_of(number: int, house: Center, **orders: Any) -> tuple[Council, list[tuple[Seat, User]]]:
    council = make_council(house, entitled=Entitled.CHOSEN, **orders)
    return council, fill_seats(council, number)


def close(ballot: Ballot) -> Ballot:
    with time_machine.travel(ballot.closes_at, tick=False):
        actions.close(ballot=ballot)
    ballot.refresh_from_db()
    return ballot


@pytest.fixture
def council(house: Center) -> Council:
    """The house's, with seats by hand; simple majority, no quorum, no notice."""
    return make_council(house, entitled=Entitled.CHOSEN)


@pytest.fixture
def ballot(house: Center) -> Ballot:
    """Open votes, counted: rejected by two against one."""
    council, holders = council_of(4, house, proxies=1)
    opened = open_ballot(council, holders[0])
    (first, one), (second, two), (third, three) = holders[:3]
    actions.vote(ballot=opened, seat=first, choice=Choice.FOR, by=council_member(one, council))
    actions.vote(ballot=opened, seat=second, choice=Choice.AGAINST, reason="For dyrt", by=council_member(two, council))
    actions.vote(ballot=opened, seat=first, choice=Choice.AGAINST, by=council_member(one, council))
    actions.give_proxy(ballot=opened, giver=third, holder=second, by=council_member(three, council))
    actions.vote(ballot=opened, seat=third, choice=Choice.FOR, by=council_member(two, council))
    return close(opened)


@pytest.fixture
def open_box(other_house: Center) -> Ballot:
    """Five of six seats of another house's council have voted secretly, and the ballot is open."""
    council, holders = council_of(6, other_house, secret=True)
    opened = open_ballot(council, holders[0])
    choices = [Choice.FOR, Choice.FOR, Choice.FOR, Choice.AGAINST, Choice.BLANK]
    for (seat, user), choice in zip(holders, choices, strict=False):
        actions.cast_secret(ballot=opened, seat=seat, choice=choice, by=council_member(user, council))
    return opened


@pytest.fixture
def secret(open_box: Ballot) -> Ballot:
    return close(open_box)
