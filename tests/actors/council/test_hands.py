"""Votes by a show of hands: entered by the chair, confirmed by another seat."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, transaction

from actors.council import errors
from actors.council.ballots import actions, verify
from actors.council.ballots.actions.hands import fingerprint
from actors.council.discussion import actions as discussion_actions
from actors.council.enums import Capacity, Choice, Entitled, EventKind, HolderRole, Method
from actors.council.models import Ballot, Council, Entitlement, HandVote, Result, Seat, VoteEvent
from actors.enums import Role
from actors.meetings.enums import MeetingState
from medborger.common import clock
from medborger.common.errors import Stale
from medborger.common.models import Message
from tests.actors.council.factories import Holder, council_member, fill_seats, make_council, seat_person
from tests.actors.council.motions import hold_meeting, open_hands, open_motion
from tests.factories import CenterRoleFactory
from tests.races import at_once

ON_THE_DATABASE = pytest.mark.django_db


@pytest.fixture
def holders(council: Council) -> list[Holder]:
    """Four seats; the first leads."""
    return fill_seats(council, 4)


@pytest.fixture
def ballot(council: Council, holders: list[Holder]) -> Ballot:
    return open_hands(council, holders[0])


def seen(ballot: Ballot) -> str:
    return fingerprint(HandVote.objects.not_voided().filter(ballot=ballot))


def enter(ballot: Ballot, leader: Holder, choices: dict[Seat, Choice]) -> None:
    by_seat = {seat.pk: choice for seat, choice in choices.items()}
    actions.enter(ballot=ballot, choices=by_seat, seen=seen(ballot), by=council_member(leader[1], ballot.council))


def confirm(ballot: Ballot, second: Holder) -> list[HandVote]:
    return actions.confirm(ballot=ballot, seen=seen(ballot), by=council_member(second[1], ballot.council))


def counting(ballot: Ballot, seat: Seat) -> tuple[str, str] | None:
    event = Entitlement.objects.select_related("counting").get(ballot=ballot, seat=seat).counting
    return (event.choice, event.capacity) if event else None


def all_for(holders: list[Holder]) -> dict[Seat, Choice]:
    return {seat: Choice.FOR for seat, _user in holders}


# --- opening ----------------------------------------------------------------------------------------------------------


def opens(council: Council, mover: Holder) -> bool:
    motion, by = open_motion(council, mover[0]), council_member(mover[1], council)
    try:
        actions.open_ballots(motion=motion, method=Method.HANDS, by=by)
    except errors.NoMeetingNow:
        return False
    return True


@ON_THE_DATABASE
@pytest.mark.parametrize(
    ("starts", "ends", "held"),
    [
        (timedelta(minutes=20), timedelta(hours=2), False),
        (timedelta(minutes=10), timedelta(hours=2), True),
        (timedelta(hours=-4), timedelta(hours=-2), True),
        (timedelta(hours=-6), timedelta(hours=-4), False),
    ],
)
def test_it_is_opened_while_the_council_holds_a_meeting(
    council: Council, holders: list[Holder], starts: timedelta, ends: timedelta, held: bool
) -> None:
    meeting = hold_meeting(council)
    meeting.starts_at, meeting.ends_at = clock.now() + starts, clock.now() + ends
    meeting.save()
    assert opens(council, holders[0]) == held


@ON_THE_DATABASE
def test_a_meeting_that_is_not_the_councils_or_does_not_stand_is_not_enough(
    council: Council, holders: list[Holder]
) -> None:
    meeting = hold_meeting(council)
    meeting.circle = "forum"
    meeting.save()
    assert not opens(council, holders[0])
    meeting.circle, meeting.state = "council", MeetingState.CANCELLED
    meeting.save()
    assert not opens(council, holders[0])


# --- entering and confirming ------------------------------------------------------------------------------------------


@ON_THE_DATABASE
def test_the_list_counts_when_another_seat_has_confirmed_it(holders: list[Holder], ballot: Ballot) -> None:
    leader, second, voter, absent = holders
    enter(ballot, leader, {leader[0]: Choice.FOR, voter[0]: Choice.AGAINST, second[0]: Choice.BLANK})
    assert counting(ballot, voter[0]) is None
    confirm(ballot, second)
    assert counting(ballot, leader[0]) == (Choice.FOR, Capacity.HANDS)
    assert counting(ballot, voter[0]) == (Choice.AGAINST, Capacity.HANDS)
    assert counting(ballot, second[0]) == (Choice.BLANK, Capacity.HANDS)
    assert counting(ballot, absent[0]) is None
    assert verify.check(ballot).holds


@ON_THE_DATABASE
def test_the_chair_of_the_opening_leads_whoever_opened_it(council: Council, holders: list[Holder]) -> None:
    mover, chair, other = holders[:3]
    Seat.objects.filter(pk=chair[0].pk).update(is_chair=True)
    ballot = open_hands(council, mover)
    Seat.objects.filter(pk=chair[0].pk).update(is_chair=False)
    for nobody in (mover, other):
        with pytest.raises(errors.HandsByTwoSeats):
            enter(ballot, nobody, all_for(holders))
    enter(ballot, chair, all_for(holders))
    with pytest.raises(errors.HandsByTwoSeats):
        confirm(ballot, chair)
    confirm(ballot, mover)
    with pytest.raises(errors.NotYourSeat):
        actions.end_show_of_hands(ballot=ballot, by=council_member(mover[1], council))
    assert actions.end_show_of_hands(ballot=ballot, by=council_member(chair[1], council)).votes_for == 4


@ON_THE_DATABASE
def test_who_entered_the_list_does_not_confirm_it_for_another_seat(holders: list[Holder], ballot: Ballot) -> None:
    leader, second = holders[:2]
    deputy = seat_person(leader[0], part=HolderRole.DEPUTY)
    enter(ballot, (leader[0], deputy), all_for(holders))
    leader[0].holders.filter(user=deputy).update(until=clock.now())
    member_of_second = seat_person(second[0], deputy, part=HolderRole.DEPUTY)
    deputy.memberships.update(actor=second[0].actor)
    assert council_member(deputy, ballot.council).holds_a_seat
    with pytest.raises(errors.HandsByTwoSeats):
        confirm(ballot, (second[0], member_of_second))


@ON_THE_DATABASE
@pytest.mark.parametrize("role", Role)
def test_staff_neither_enter_nor_confirm_even_with_a_seat(holders: list[Holder], ballot: Ballot, role: Role) -> None:
    leader, second = holders[:2]
    center = ballot.council.center
    enter(ballot, leader, all_for(holders))
    for person in (leader[1], second[1]):
        CenterRoleFactory.create(user=person, center=center, role=role)
    with pytest.raises(errors.HandsByTwoSeats):
        enter(ballot, leader, {})
    with pytest.raises(errors.HandsByTwoSeats):
        confirm(ballot, second)
    assert counting(ballot, second[0]) is None


@ON_THE_DATABASE
def test_until_it_is_confirmed_the_list_is_replaced_whole(holders: list[Holder], ballot: Ballot) -> None:
    leader, second, voter, other = holders
    enter(ballot, leader, {voter[0]: Choice.FOR, other[0]: Choice.FOR})
    enter(ballot, leader, {voter[0]: Choice.AGAINST})
    confirm(ballot, second)
    assert counting(ballot, voter[0]) == (Choice.AGAINST, Capacity.HANDS)
    assert counting(ballot, other[0]) is None
    with pytest.raises(Stale):
        enter(ballot, leader, {voter[0]: Choice.FOR})
    enter(ballot, leader, {other[0]: Choice.FOR})
    confirm(ballot, second)
    assert counting(ballot, other[0]) == (Choice.FOR, Capacity.HANDS)


@ON_THE_DATABASE
def test_nobody_confirms_or_replaces_a_list_they_have_not_seen(holders: list[Holder], ballot: Ballot) -> None:
    leader, second, voter, _other = holders
    empty = seen(ballot)
    enter(ballot, leader, {voter[0]: Choice.FOR})
    shown = seen(ballot)
    enter(ballot, leader, {voter[0]: Choice.AGAINST})
    with pytest.raises(Stale):
        actions.confirm(ballot=ballot, seen=shown, by=council_member(second[1], ballot.council))
    confirm(ballot, second)
    with pytest.raises(Stale):
        confirm(ballot, second)
    with pytest.raises(Stale):
        actions.enter(ballot=ballot, choices={}, seen=empty, by=council_member(leader[1], ballot.council))


@ON_THE_DATABASE
def test_neither_a_seat_of_another_council_nor_one_that_is_recused_is_entered(
    council: Council, holders: list[Holder], ballot: Ballot
) -> None:
    (stranger,) = fill_seats(make_council(entitled=Entitled.CHOSEN), 1)
    discussion_actions.recuse(motion=ballot.motion, seat=holders[1][0], by=council_member(holders[1][1], council))
    for seat in (stranger[0], holders[1][0]):
        with pytest.raises(Stale):
            enter(ballot, holders[0], {seat: Choice.FOR})


@ON_THE_DATABASE
def test_what_waits_falls_when_its_seat_is_recused(council: Council, holders: list[Holder], ballot: Ballot) -> None:
    leader, second, voter, other = holders
    enter(ballot, leader, all_for([leader, second, voter, other]))
    discussion_actions.recuse(motion=ballot.motion, seat=voter[0], by=council_member(voter[1], council))
    confirm(ballot, second)
    assert actions.end_show_of_hands(ballot=ballot, by=council_member(leader[1], council)).cast == 3


@ON_THE_DATABASE
def test_the_leader_ends_it_when_nothing_waits(council: Council, holders: list[Holder], ballot: Ballot) -> None:
    leader, second, voter, _absent = holders
    enter(ballot, leader, {leader[0]: Choice.FOR, voter[0]: Choice.FOR})
    with pytest.raises(errors.NotConfirmed):
        actions.end_show_of_hands(ballot=ballot, by=council_member(leader[1], council))
    confirm(ballot, second)
    with pytest.raises(errors.NotYourSeat):
        actions.end_show_of_hands(ballot=ballot, by=council_member(second[1], council))
    result = actions.end_show_of_hands(ballot=ballot, by=council_member(leader[1], council))
    assert (result.votes_for, result.cast) == (2, 2)
    assert Result.objects.count() == 1
    with pytest.raises(errors.BallotClosed):
        enter(ballot, leader, {})


@ON_THE_DATABASE
def test_a_seat_is_told_and_voids_what_is_wrong_until_closing(holders: list[Holder], ballot: Ballot) -> None:
    leader, second, voter, _other = holders
    void = partial(actions.void, ballot=ballot, seat_id=voter[0].pk, by=council_member(voter[1], ballot.council))
    enter(ballot, leader, {voter[0]: Choice.FOR})
    with pytest.raises(Stale):
        void()
    assert not Message.objects.filter(dedupe_key__startswith="hand-vote").exists()
    (vote,) = confirm(ballot, second)
    assert Message.objects.filter(dedupe_key=f"hand-vote:{vote.pk}:{voter[1].pk}").count() == 1
    with pytest.raises(errors.NotYourSeat):
        actions.void(ballot=ballot, seat_id=voter[0].pk, by=council_member(leader[1], ballot.council))
    void()
    assert counting(ballot, voter[0]) is None
    assert Message.objects.filter(dedupe_key=f"hand-vote-voided:{vote.pk}:{leader[1].pk}").count() == 1
    enter(ballot, leader, {voter[0]: Choice.AGAINST})
    confirm(ballot, second)
    assert counting(ballot, voter[0]) == (Choice.AGAINST, Capacity.HANDS)
    with time_machine.travel(ballot.closes_at, tick=False), pytest.raises(errors.BallotClosed):
        void()


@ON_THE_DATABASE
def test_an_online_ballot_takes_no_hands(council: Council, holders: list[Holder]) -> None:
    motion = open_motion(council, holders[0][0])
    (online,) = actions.open_ballots(motion=motion, by=council_member(holders[0][1], council))
    with pytest.raises(errors.WrongKindOfVote):
        enter(online, holders[0], {})
    with pytest.raises(errors.WrongKindOfVote):
        confirm(online, holders[1])


# --- the database -----------------------------------------------------------------------------------------------------


@ON_THE_DATABASE
def test_a_seats_hand_stands_once_and_is_confirmed_by_another_seat(holders: list[Holder], ballot: Ballot) -> None:
    leader, voter = holders[0][0], holders[2][0]
    enter(ballot, holders[0], {voter: Choice.FOR})
    event = VoteEvent.objects.get(ballot=ballot, kind=EventKind.OPENED)
    own = {"ballot": ballot, "choice": Choice.FOR, "entering_seat": leader, "entered_at": clock.now()}
    with pytest.raises(IntegrityError, match="hand_vote_once"), transaction.atomic():
        HandVote.objects.create(seat=voter, **own)
    with pytest.raises(IntegrityError, match="hand_vote_by_two_seats"), transaction.atomic():
        HandVote.objects.create(seat=leader, confirming_seat=leader, event=event, **own)
    with pytest.raises(IntegrityError, match="hand_vote_counts_when_confirmed"), transaction.atomic():
        HandVote.objects.create(seat=leader, event=event, **own)


# --- races ------------------------------------------------------------------------------------------------------------


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.xdist_group("race")
def test_what_is_confirmed_is_what_was_seen_however_the_list_changes_meanwhile() -> None:
    council = make_council(entitled=Entitled.CHOSEN)
    leader, second, third, voter = fill_seats(council, 4)
    for _round in range(5):
        ballot = open_hands(council, leader)
        enter(ballot, leader, {voter[0]: Choice.FOR})
        shown = seen(ballot)
        change = partial(
            actions.enter,
            ballot=ballot,
            choices={voter[0].pk: Choice.AGAINST},
            seen=shown,
            by=council_member(leader[1], council),
        )
        acts: list[Callable[[], object]] = [
            partial(actions.confirm, ballot=ballot, seen=shown, by=council_member(user, council))
            for _seat, user in (second, third)
        ]
        changed, *confirmed = at_once(change, *acts)
        done = [answer for answer in confirmed if isinstance(answer, list)]
        if isinstance(changed, Stale):
            assert (len(done), counting(ballot, voter[0])) == (1, (Choice.FOR, Capacity.HANDS))
        else:
            assert (done, counting(ballot, voter[0])) == ([], None)
        assert verify.check(ballot).findings == []
