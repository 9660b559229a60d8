"""What a motion's ballot makes of it."""

from typing import Any

import pytest
import time_machine

from actors.council.ballots import actions
from actors.council.enums import Choice, Entitled, MotionKind, MotionState, Quorum, TieRule
from actors.council.models import Ballot, Council, HouseRuleVersion, Motion, Result, StandingOrders
from actors.council.motions import actions as motion_actions
from actors.council.motions.actions import MotionData
from actors.models import User
from centers.models import Center
from medborger.common import clock
from medborger.common.models import Audit
from tests.actors.council.factories import (
    Holder,
    council_member,
    fill_seats,
    make_council,
    make_rule,
    make_seat,
    seat_person,
)
from tests.actors.council.motions import open_ballot

pytestmark = pytest.mark.django_db


@pytest.fixture
def mover(council: Council) -> Holder:
    seat = make_seat(council)
    return seat, seat_person(seat)


def proposal(**said: Any) -> MotionData:
    return MotionData(
        **{"kind": MotionKind.OTHER, "title": "Nye stole", "text": "Vi køber nye stole til Salen.", **said}
    )


def drafted(mover: Holder, **said: Any) -> Motion:
    seat, user = mover
    return motion_actions.draft(seat=seat, proposal=proposal(**said), by=council_member(user, seat.council))


def put_forward(motion: Motion, user: User) -> Motion:
    return motion_actions.open_for_discussion(
        motion=motion, version=motion.version, by=council_member(user, motion.council)
    )


def what_is_missing(motion: Motion) -> list[str | None]:
    return [lacking.field for lacking in motion_actions.missing(motion)]


def decided(ballot: Ballot, *votes: tuple[Holder, Choice]) -> Result:
    for (seat, user), choice in votes:
        actions.vote(ballot=ballot, seat=seat, choice=choice, by=council_member(user, ballot.council))
    with time_machine.travel(ballot.closes_at, tick=False):
        result = actions.close(ballot=ballot)
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("choice", "state"), [(Choice.FOR, MotionState.ADOPTED), (Choice.AGAINST, MotionState.REJECTED)]
)
def test_the_verdict_is_the_motions_state(mover: Holder, council: Council, choice: Choice, state: MotionState) -> None:
    ballot = open_ballot(council, mover)
    result = decided(ballot, (mover, choice))
    ballot.motion.refresh_from_db()
    assert (ballot.motion.state, ballot.motion.ended_at) == (state, result.counted_at)
    assert Audit.objects.filter(verb="motion.decided", subject_id=ballot.motion_id).count() == 1


def test_without_a_quorum_the_motion_is_not_decided(house: Center) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN, quorum=Quorum.NUMBER, quorum_number=2)
    mover, _other = fill_seats(council, 2)
    ballot = open_ballot(council, mover)
    decided(ballot, (mover, Choice.FOR))
    ballot.motion.refresh_from_db()
    assert ballot.motion.state == MotionState.NOT_QUORATE


def test_a_tie_that_is_voted_on_again_opens_the_motion_again(house: Center) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN, tie=TieRule.AGAIN)
    mover, other = fill_seats(council, 2)
    ballot = open_ballot(council, mover)
    decided(ballot, (mover, Choice.FOR), (other, Choice.AGAINST))
    ballot.motion.refresh_from_db()
    assert (ballot.motion.state, ballot.motion.ended_at) == (MotionState.OPEN, None)


def test_an_adopted_motion_on_a_rule_puts_it_in_force(mover: Holder, council: Council, house: Center) -> None:
    version = make_rule(house)
    motion = put_forward(
        drafted(mover, kind=MotionKind.CHANGE_RULE, rule=version.rule, text="Ro fra kl. 21.", meaning="Tidligere ro."),
        mover[1],
    )
    (ballot,) = actions.open_ballots(motion=motion, by=council_member(mover[1], council))
    decided(ballot, (mover, Choice.FOR))
    newest = HouseRuleVersion.objects.on(clock.local(ballot.closes_at).date(), house.pk).get(rule=version.rule)
    assert (newest.text, newest.motion, newest.number) == ("Ro fra kl. 21.", motion, 2)


def test_adopted_standing_orders_are_in_force(mover: Holder, council: Council) -> None:
    settings = StandingOrders.objects.in_force(council.pk).settings()
    said = {"kind": MotionKind.STANDING_ORDERS, "text": "", "orders": {**settings, "notice_days": 21}}
    motion = put_forward(drafted(mover, **said), mover[1])
    (ballot,) = actions.open_ballots(motion=motion, by=council_member(mover[1], council))
    decided(ballot, (mover, Choice.FOR))
    newest = StandingOrders.objects.in_force(council.pk)
    assert (newest.notice_days, newest.motion) == (21, motion)
