"""Votes on paper and by a show of hands."""

import pytest
import time_machine

from actors.council import errors, verify
from actors.council.actions import ballots, discussion
from actors.council.enums import Capacity, Choice, Method, Part
from actors.council.models import Ballot, Council, Entitlement, Result, Seat, TellerEntry
from actors.enums import Role
from medborger.common import clock
from medborger.common.models import Message
from tests.actors.council.factories import Holder, bench, fill_seats, seat_person
from tests.actors.council.motions import open_ballot
from tests.factories import CenterRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def holders(council: Council) -> list[Holder]:
    return fill_seats(council, 4)


@pytest.fixture
def ballot(council: Council, holders: list[Holder]) -> Ballot:
    return open_ballot(council, holders[0])


def enter(ballot: Ballot, teller: Holder, seat: Seat, choice: Choice = Choice.FOR) -> TellerEntry:
    (entry,) = ballots.enter(
        ballot=ballot, choices={seat.pk: choice}, teller=teller[0], by=bench(teller[1], ballot.council)
    )
    return entry


def countersign(entry: TellerEntry, second: Holder) -> None:
    ballots.countersign(
        ballot=entry.ballot, entries=[entry.pk], second=second[0], by=bench(second[1], entry.ballot.council)
    )


def counting(ballot: Ballot, seat: Seat) -> tuple[str, str] | None:
    event = Entitlement.objects.select_related("counting").get(ballot=ballot, seat=seat).counting
    return (event.choice, event.capacity) if event else None


def test_a_paper_vote_counts_when_a_third_seat_has_countersigned_it(holders: list[Holder], ballot: Ballot) -> None:
    voter, teller, second, _other = holders
    entry = enter(ballot, teller, voter[0])
    assert counting(ballot, voter[0]) is None
    countersign(entry, second)
    assert counting(ballot, voter[0]) == (Choice.FOR, Capacity.PAPER)


def test_the_seat_is_told_at_once_and_can_void_it_until_closing(holders: list[Holder], ballot: Ballot) -> None:
    voter, teller, second, _other = holders
    entry = enter(ballot, teller, voter[0])
    assert Message.objects.filter(dedupe_key=f"teller-entry:{entry.pk}:{voter[1].pk}").count() == 1
    countersign(entry, second)
    ballots.void(entry=entry, by=bench(voter[1], ballot.council))
    assert counting(ballot, voter[0]) is None
    again = enter(ballot, teller, voter[0], Choice.AGAINST)
    with time_machine.travel(ballot.closes_at, tick=False), pytest.raises(errors.BallotClosed):
        ballots.void(entry=again, by=bench(voter[1], ballot.council))


def test_a_teller_takes_back_what_waits_but_not_what_is_confirmed(holders: list[Holder], ballot: Ballot) -> None:
    voter, teller, second, other = holders
    entry = enter(ballot, teller, voter[0])
    with pytest.raises(errors.NotYourSeat):
        ballots.void(entry=entry, by=bench(other[1], ballot.council))
    ballots.void(entry=entry, by=bench(teller[1], ballot.council))
    again = enter(ballot, teller, voter[0], Choice.AGAINST)
    countersign(again, second)
    with pytest.raises(errors.EntryOver):
        ballots.void(entry=again, by=bench(teller[1], ballot.council))
    assert counting(ballot, voter[0]) == (Choice.AGAINST, Capacity.PAPER)


def test_nobody_enters_or_confirms_for_their_own_seat_nor_confirms_what_they_entered(
    holders: list[Holder], ballot: Ballot
) -> None:
    voter, teller, _second, _other = holders
    with pytest.raises(errors.TellerFromAnotherSeat):
        enter(ballot, voter, voter[0])
    entry = enter(ballot, teller, voter[0])
    for wrong in (voter, teller):
        with pytest.raises(errors.TellerFromAnotherSeat):
            countersign(entry, wrong)
    assert counting(ballot, voter[0]) is None


@pytest.mark.parametrize("role", Role)
def test_staff_are_no_tellers_even_with_a_seat(holders: list[Holder], ballot: Ballot, role: Role) -> None:
    voter, teller, second, _other = holders
    CenterRoleFactory.create(user=teller[1], center=ballot.council.center, role=role)
    with pytest.raises(errors.TellerFromAnotherSeat):
        enter(ballot, teller, voter[0])
    entry = enter(ballot, second, voter[0])
    with pytest.raises(errors.TellerFromAnotherSeat):
        countersign(entry, teller)


def test_who_has_voted_needs_no_paper(holders: list[Holder], ballot: Ballot) -> None:
    voter, teller, _second, _other = holders
    ballots.vote(ballot=ballot, seat=voter[0], choice=Choice.BLANK, by=bench(voter[1], ballot.council))
    with pytest.raises(errors.HasVoted):
        enter(ballot, teller, voter[0])


def test_a_vote_is_entered_once(holders: list[Holder], ballot: Ballot) -> None:
    voter, teller, second, _other = holders
    enter(ballot, teller, voter[0])
    with pytest.raises(errors.HasVoted):
        enter(ballot, second, voter[0])


def test_the_representatives_own_vote_beats_what_was_entered(holders: list[Holder], ballot: Ballot) -> None:
    voter, teller, second, _other = holders
    entry = enter(ballot, teller, voter[0])
    ballots.vote(ballot=ballot, seat=voter[0], choice=Choice.AGAINST, by=bench(voter[1], ballot.council))
    with pytest.raises(errors.RepresentativeHasVoted):
        countersign(entry, second)
    assert counting(ballot, voter[0]) == (Choice.AGAINST, Capacity.REPRESENTATIVE)


def test_what_was_entered_does_not_replace_what_the_deputy_has_voted_since(
    holders: list[Holder], ballot: Ballot
) -> None:
    voter, teller, second, _other = holders
    deputy = seat_person(voter[0], part=Part.DEPUTY)
    entry = enter(ballot, teller, voter[0])
    ballots.vote(ballot=ballot, seat=voter[0], choice=Choice.AGAINST, by=bench(deputy, ballot.council))
    with pytest.raises(errors.HasVoted):
        countersign(entry, second)
    assert counting(ballot, voter[0]) == (Choice.AGAINST, Capacity.DEPUTY)


def test_a_show_of_hands_is_entered_whole_and_ended_by_who_opened_it(council: Council, holders: list[Holder]) -> None:
    mover, teller, second, last = holders
    ballot = open_ballot(council, mover, method=Method.HANDS)
    ballots.enter(
        ballot=ballot,
        choices={mover[0].pk: Choice.FOR, last[0].pk: Choice.FOR},
        teller=teller[0],
        by=bench(teller[1], council),
    )
    with pytest.raises(errors.EntriesWait):
        ballots.end_show_of_hands(ballot=ballot, by=bench(mover[1], council))
    entries = TellerEntry.objects.waiting().values_list("pk", flat=True)
    ballots.countersign(ballot=ballot, entries=list(entries), second=second[0], by=bench(second[1], council))
    with pytest.raises(errors.NotYourSeat):
        ballots.end_show_of_hands(ballot=ballot, by=bench(teller[1], council))
    result = ballots.end_show_of_hands(ballot=ballot, by=bench(mover[1], council))
    assert (result.votes_for, result.cast) == (2, 2)
    assert Result.objects.count() == 1


def test_what_waits_to_be_countersigned_falls_when_its_seat_is_recused(council: Council, holders: list[Holder]) -> None:
    ballot = open_ballot(council, holders[0], method=Method.HANDS)
    entry = enter(ballot, holders[2], holders[1][0])
    discussion.recuse(motion=ballot.motion, seat=holders[1][0], by=bench(holders[1][1], council))
    with pytest.raises(errors.EntryOver):
        countersign(entry, holders[3])
    assert ballots.end_show_of_hands(ballot=ballot, by=bench(holders[0][1], council)).cast == 0


def test_a_vote_that_was_cast_with_a_code_for_the_tablet_can_still_be_confirmed_and_checked(
    holders: list[Holder], ballot: Ballot
) -> None:
    """As a home holds it that is older than the end of those codes."""
    voter, teller, second, _other = holders
    entry = TellerEntry.objects.create(
        ballot=ballot,
        seat=voter[0],
        choice=Choice.FOR,
        capacity=Capacity.TABLET,
        teller=teller[0],
        entered_by=teller[1],
        entered_at=clock.now(),
    )
    countersign(entry, second)
    assert counting(ballot, voter[0]) == (Choice.FOR, Capacity.TABLET)
    assert verify.check(ballot).holds
