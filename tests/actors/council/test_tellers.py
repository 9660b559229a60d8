"""Votes on paper, by a show of hands, and on the tablet with a one-time code."""

from datetime import timedelta

import pytest
import time_machine

from actors.council import errors
from actors.council.actions import ballots, discussion
from actors.council.actions.ballots import tablet
from actors.council.enums import Capacity, Choice, Method, Part
from actors.council.models import Ballot, Council, Entitlement, Result, Seat, TabletCode, TellerEntry
from actors.enums import Role
from centers.models import Center
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


# --- the tablet -------------------------------------------------------------------------------------------------------


def issue(ballot: Ballot, issuer: Holder, seat: Seat) -> str:
    return ballots.issue_code(ballot=ballot, seat=seat, issuer=issuer[0], by=bench(issuer[1], ballot.council))


def test_a_code_votes_once_for_its_seat(holders: list[Holder], ballot: Ballot) -> None:
    voter, issuer, second, _other = holders
    code, center = issue(ballot, issuer, voter[0]), ballot.council.center
    entry = ballots.vote_with_code(code=f"{code[:4]} {code[4:]}", center=center, choice=Choice.AGAINST)
    assert counting(ballot, voter[0]) is None
    with pytest.raises(errors.CodeUnknown):
        ballots.vote_with_code(code=code, center=center, choice=Choice.FOR)
    with pytest.raises(errors.TellerFromAnotherSeat):
        countersign(entry, issuer)
    countersign(entry, second)
    assert counting(ballot, voter[0]) == (Choice.AGAINST, Capacity.TABLET)


def test_a_code_from_before_does_not_replace_what_the_seat_has_voted_since(
    holders: list[Holder], ballot: Ballot
) -> None:
    voter, issuer, _third, _other = holders
    deputy = seat_person(voter[0], part=Part.DEPUTY)
    first, second = (
        tablet.issue_code(ballot=ballot, seat=voter[0], issuer=issuer[0], by=bench(issuer[1], ballot.council))
        for _code in range(2)
    )
    ballots.vote_with_code(code=first, center=ballot.council.center, choice=Choice.FOR)
    with pytest.raises(errors.HasVoted):
        ballots.vote_with_code(code=second, center=ballot.council.center, choice=Choice.AGAINST)
    ballots.vote(ballot=ballot, seat=voter[0], choice=Choice.BLANK, by=bench(deputy, ballot.council))
    with pytest.raises(errors.HasVoted):
        ballots.vote_with_code(code=second, center=ballot.council.center, choice=Choice.AGAINST)
    assert counting(ballot, voter[0]) == (Choice.BLANK, Capacity.DEPUTY)


def test_a_code_is_good_for_fifteen_minutes_in_its_own_house(
    holders: list[Holder], ballot: Ballot, other_house: Center
) -> None:
    voter, issuer, _second, _other = holders
    code, center = issue(ballot, issuer, voter[0]), ballot.council.center
    with pytest.raises(errors.CodeUnknown):
        tablet.code_for(code=code, center=other_house)
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False), pytest.raises(errors.CodeUnknown):
        ballots.vote_with_code(code=code, center=center, choice=Choice.FOR)
    assert counting(ballot, voter[0]) is None


def test_the_code_is_stored_hashed_and_its_seat_is_told_without_it(holders: list[Holder], ballot: Ballot) -> None:
    voter, issuer, _second, _other = holders
    code = issue(ballot, issuer, voter[0])
    stored = TabletCode.objects.get()
    letter = Message.objects.get(dedupe_key=f"tablet-code:{stored.pk}:{voter[1].pk}")
    assert code not in f"{stored.code_hash} {letter.subject} {letter.text} {letter.link}"


def test_nobody_issues_a_code_to_their_own_seat(holders: list[Holder], ballot: Ballot) -> None:
    with pytest.raises(errors.TellerFromAnotherSeat):
        issue(ballot, holders[0], holders[0][0])


def test_what_waits_to_be_countersigned_falls_when_its_seat_is_recused(council: Council, holders: list[Holder]) -> None:
    ballot = open_ballot(council, holders[0], method=Method.HANDS)
    entry = enter(ballot, holders[2], holders[1][0])
    discussion.recuse(motion=ballot.motion, seat=holders[1][0], by=bench(holders[1][1], council))
    with pytest.raises(errors.EntryOver):
        countersign(entry, holders[3])
    assert ballots.end_show_of_hands(ballot=ballot, by=bench(holders[0][1], council)).cast == 0


def test_the_seat_voids_a_vote_that_somebody_else_cast_with_its_code(holders: list[Holder], ballot: Ballot) -> None:
    voter, issuer, second, _other = holders
    code = issue(ballot, issuer, voter[0])
    entry = ballots.vote_with_code(code=code, center=ballot.council.center, choice=Choice.FOR)
    countersign(entry, second)
    ballots.void(entry=entry, by=bench(voter[1], ballot.council))
    assert counting(ballot, voter[0]) is None
