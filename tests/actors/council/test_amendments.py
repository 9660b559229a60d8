"""Other wordings of a motion: proposed, taken in, and merged when the council has adopted them."""

from typing import Any
from uuid import uuid4

import pytest
import time_machine

from actors.council import errors
from actors.council.ballots import actions as ballot_actions
from actors.council.discussion import actions
from actors.council.enums import AmendmentState, Choice, Entitled, MotionState, TieRule
from actors.council.models import Amendment, Ballot, Council, Motion, MotionText
from actors.enums import Role
from centers.models import Center
from medborger.common.errors import AlreadyDone
from medborger.common.models import Message
from tests.actors.council.factories import Holder, council_member, fill_seats, make_council
from tests.actors.council.motions import open_amendment, open_motion
from tests.factories import person_with

pytestmark = pytest.mark.django_db

TEXT = "Musikken skal stoppe kl. 22.00. Den sidste slukker lyset og låser døren."
EARLIER = TEXT.replace("22.00", "21.30")
LATER = TEXT.replace("22.00", "23.00")
BOOKED_LAST = TEXT.replace("Den sidste", "Dagens sidste booking")


@pytest.fixture
def holders(council: Council) -> list[Holder]:
    """The first moves the motion."""
    return fill_seats(council, 3)


@pytest.fixture
def motion(council: Council, holders: list[Holder]) -> Motion:
    return open_motion(council, holders[0][0], text=TEXT)


def proposed(motion: Motion, holder: Holder, text: str, short: str = "") -> Amendment:
    seat, user = holder
    newest = motion.texts.latest("number")
    return actions.propose(
        motion=motion, seat=seat, base=newest, text=text, short=short, by=council_member(user, motion.council)
    )


def taken_in(amendment: Amendment, mover: Holder) -> str:
    return actions.take_in(amendment=amendment, by=council_member(mover[1], mover[0].council)).text


def now_says(motion: Motion) -> str:
    return motion.texts.latest("number").text


def state_of(amendment: Amendment) -> str:
    amendment.refresh_from_db()
    return amendment.state


# --- proposing --------------------------------------------------------------------------------------------------------


def test_an_amendment_is_numbered_within_its_motion_and_told_to_the_mover(
    motion: Motion, holders: list[Holder]
) -> None:
    first, second = proposed(motion, holders[1], EARLIER), proposed(motion, holders[2], LATER)
    assert [first.number, second.number] == [1, 2]
    letters = Message.objects.all()
    assert {letter.recipient for letter in letters} == {holders[0][1].email}
    assert letters[0].subject == "Ændringsforslag til: Nye stole"
    assert now_says(motion) == TEXT


@pytest.mark.parametrize("role", [Role.STAFF, Role.BOOKING_ADMIN, Role.COORDINATOR, Role.MANAGER])
def test_staff_propose_no_amendments(motion: Motion, holders: list[Holder], house: Center, role: Role) -> None:
    with pytest.raises(errors.NotAMover):
        proposed(motion, (holders[1][0], person_with(role, house)), EARLIER)


def test_an_amendment_changes_something(motion: Motion, holders: list[Holder]) -> None:
    with pytest.raises(errors.NothingChanged):
        proposed(motion, holders[1], TEXT)
    assert proposed(motion, holders[1], TEXT, short="Ro kl. 22.00").number == 1


def test_what_has_no_words_is_not_amended(council: Council, holders: list[Holder]) -> None:
    with pytest.raises(errors.NothingToAmend):
        proposed(open_motion(council, holders[0][0], text=""), holders[1], "Noget andet.")


@pytest.mark.parametrize(
    ("state", "error"),
    [
        (MotionState.BALLOT, errors.BallotIsOpen),
        (MotionState.ADOPTED, errors.NotOpen),
        (MotionState.WITHDRAWN, errors.NotOpen),
    ],
)
def test_amendments_belong_to_the_discussion(
    motion: Motion, holders: list[Holder], state: MotionState, error: type[Exception]
) -> None:
    amendment = proposed(motion, holders[1], EARLIER)
    ended_at = None if state == MotionState.BALLOT else motion.opened_at
    Motion.objects.filter(pk=motion.pk).update(state=state, ended_at=ended_at)
    with pytest.raises(error):
        proposed(motion, holders[1], LATER)
    with pytest.raises(error):
        taken_in(amendment, holders[0])
    with pytest.raises(error):
        actions.withdraw(amendment=amendment, by=council_member(holders[1][1], motion.council))
    assert state_of(amendment) == AmendmentState.PROPOSED


def test_the_same_form_twice_makes_one_amendment(motion: Motion, holders: list[Holder]) -> None:
    seat, user = holders[1]
    form: dict[str, Any] = {
        "motion": motion,
        "seat": seat,
        "base": motion.texts.get(),
        "text": EARLIER,
        "short": "",
        "token": uuid4(),
    }
    first = actions.propose(**form, by=council_member(user, motion.council))
    with pytest.raises(AlreadyDone) as done:
        actions.propose(**form, by=council_member(user, motion.council))
    assert done.value.outcome == first
    assert motion.amendments.count() == 1


# --- taking in --------------------------------------------------------------------------------------------------------


def test_the_mover_takes_an_amendment_in(motion: Motion, holders: list[Holder]) -> None:
    amendment = proposed(motion, holders[1], EARLIER)
    Message.objects.all().delete()
    assert taken_in(amendment, holders[0]) == EARLIER
    assert state_of(amendment) == AmendmentState.TAKEN_IN
    assert [text.number for text in motion.texts.all()] == [1, 2]
    assert [letter.recipient for letter in Message.objects.all()] == [holders[1][1].email]


def test_amendments_of_different_words_are_merged(motion: Motion, holders: list[Holder]) -> None:
    first, second = proposed(motion, holders[1], EARLIER), proposed(motion, holders[2], BOOKED_LAST)
    taken_in(first, holders[0])
    assert taken_in(second, holders[0]) == EARLIER.replace("Den sidste", "Dagens sidste booking")


def test_of_two_on_the_same_words_only_one_can_be_taken_in(motion: Motion, holders: list[Holder]) -> None:
    first, second = proposed(motion, holders[1], EARLIER), proposed(motion, holders[2], LATER)
    taken_in(first, holders[0])
    with pytest.raises(errors.SameWordsTaken):
        taken_in(second, holders[0])
    assert (now_says(motion), state_of(second)) == (EARLIER, AmendmentState.PROPOSED)


def test_the_line_that_stands_for_the_rule_has_one_wording_too(motion: Motion, holders: list[Holder]) -> None:
    first = proposed(motion, holders[1], EARLIER, short="Ro kl. 21.30")
    second = proposed(motion, holders[2], BOOKED_LAST, short="Ro kl. 22.00, den sidste slukker")
    taken_in(first, holders[0])
    with pytest.raises(errors.SameWordsTaken):
        taken_in(second, holders[0])


def test_only_the_mover_takes_in_and_only_once(motion: Motion, holders: list[Holder]) -> None:
    amendment = proposed(motion, holders[1], EARLIER)
    with pytest.raises(errors.NotAMover):
        taken_in(amendment, holders[1])
    taken_in(amendment, holders[0])
    with pytest.raises(errors.AmendmentDecided):
        taken_in(amendment, holders[0])


def test_its_own_seat_takes_an_amendment_back(motion: Motion, holders: list[Holder]) -> None:
    amendment = proposed(motion, holders[1], EARLIER)
    with pytest.raises(errors.NotAMover):
        actions.withdraw(amendment=amendment, by=council_member(holders[2][1], motion.council))
    actions.withdraw(amendment=amendment, by=council_member(holders[1][1], motion.council))
    assert state_of(amendment) == AmendmentState.WITHDRAWN
    with pytest.raises(errors.AmendmentDecided):
        taken_in(amendment, holders[0])


# --- by ballot --------------------------------------------------------------------------------------------------------


def vote(ballot: Ballot, holder: Holder, choice: Choice) -> None:
    ballot_actions.vote(ballot=ballot, seat=holder[0], choice=choice, by=council_member(holder[1], ballot.council))


def opened(motion: Motion, mover: Holder) -> list[Ballot]:
    return ballot_actions.open_ballots(motion=motion, by=council_member(mover[1], motion.council))


def closed(*open_ballots: Ballot) -> None:
    with time_machine.travel(open_ballots[0].closes_at, tick=False):
        for ballot in open_ballots:
            ballot_actions.close(ballot=ballot)


def test_adopted_amendments_are_merged_when_the_last_ballot_is_closed(motion: Motion, holders: list[Holder]) -> None:
    open_amendment(motion, holders[1][0], EARLIER)
    open_amendment(motion, holders[2][0], BOOKED_LAST)
    first, second = opened(motion, holders[0])
    for ballot in (first, second):
        vote(ballot, holders[0], Choice.FOR)
    closed(first)
    motion.refresh_from_db()
    assert (motion.state, now_says(motion)) == (MotionState.BALLOT, TEXT)
    closed(second)
    motion.refresh_from_db()
    assert motion.state == MotionState.OPEN
    assert now_says(motion) == EARLIER.replace("Den sidste", "Dagens sidste booking")
    (whole,) = opened(motion, holders[0])
    assert whole.on_the_whole
    assert whole.text.text == now_says(motion)


def test_the_one_with_most_votes_comes_first_and_the_other_falls(motion: Motion, holders: list[Holder]) -> None:
    fewer = open_amendment(motion, holders[1][0], EARLIER)
    more = open_amendment(motion, holders[2][0], LATER)
    first, second = opened(motion, holders[0])
    vote(first, holders[0], Choice.FOR)
    vote(second, holders[0], Choice.FOR)
    vote(second, holders[1], Choice.FOR)
    closed(first, second)
    assert [state_of(fewer), state_of(more)] == [AmendmentState.FALLEN, AmendmentState.ADOPTED]
    assert now_says(motion) == LATER


def test_with_as_many_votes_the_lower_number_comes_first(motion: Motion, holders: list[Holder]) -> None:
    low = open_amendment(motion, holders[1][0], EARLIER)
    high = open_amendment(motion, holders[2][0], LATER)
    first, second = opened(motion, holders[0])
    vote(first, holders[0], Choice.FOR)
    vote(second, holders[0], Choice.FOR)
    closed(second, first)
    assert [state_of(low), state_of(high)] == [AmendmentState.ADOPTED, AmendmentState.FALLEN]


def test_a_rejected_amendment_leaves_the_text_as_it_was(motion: Motion, holders: list[Holder]) -> None:
    amendment = open_amendment(motion, holders[1][0], EARLIER)
    (ballot,) = opened(motion, holders[0])
    vote(ballot, holders[0], Choice.AGAINST)
    closed(ballot)
    assert (state_of(amendment), now_says(motion)) == (AmendmentState.REJECTED, TEXT)
    motion.refresh_from_db()
    assert motion.state == MotionState.OPEN


def test_a_tie_that_is_voted_on_again_leaves_the_amendment_undecided(house: Center) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN, tie=TieRule.AGAIN)
    holders = fill_seats(council, 2)
    motion = open_motion(council, holders[0][0], text=TEXT)
    amendment = open_amendment(motion, holders[1][0], EARLIER)
    (ballot,) = opened(motion, holders[0])
    vote(ballot, holders[0], Choice.AGAINST)
    vote(ballot, holders[1], Choice.FOR)
    closed(ballot)
    assert state_of(amendment) == AmendmentState.PROPOSED
    (again,) = opened(motion, holders[0])
    assert again.amendment == amendment
    vote(again, holders[1], Choice.FOR)
    closed(again)
    assert (state_of(amendment), now_says(motion)) == (AmendmentState.ADOPTED, EARLIER)


def test_amendments_that_together_leave_no_words_are_not_both_taken_in(
    council: Council, holders: list[Holder], motion: Motion
) -> None:
    """A rule without words could never come into force, and the ballot on it never close."""
    MotionText.objects.filter(motion=motion).update(text="Stilhed.")
    first, second = open_amendment(motion, holders[1][0], "."), open_amendment(motion, holders[2][0], "Stilhed")
    taken_in(first, holders[0])
    with pytest.raises(errors.SameWordsTaken):
        taken_in(second, holders[0])
    assert now_says(motion) == "."
