"""What is said about a motion, and who takes no part in it."""

from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from actors.council import errors
from actors.council.ballots import actions
from actors.council.discussion import actions as discussion_actions
from actors.council.enums import Choice, Entitled, HolderRole, MotionState, RecusalState
from actors.council.models import Ballot, Comment, Council, Entitlement, Motion, Recusal, Seat
from actors.models import User
from centers.models import Center
from medborger.common import clock
from medborger.common.errors import AlreadyDone
from medborger.common.models import Message
from tests.actors.council.factories import Holder, council_member, fill_seats, make_council, make_seat, seat_person
from tests.actors.council.motions import open_ballot, open_motion
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def holders(council: Council) -> list[Holder]:
    """The first moves the motion."""
    return fill_seats(council, 3)


@pytest.fixture
def motion(council: Council, holders: list[Holder]) -> Motion:
    return open_motion(council, holders[0][0])


def said(motion: Motion, holder: Holder, text: str = "Godt forslag.") -> Comment:
    seat, user = holder
    return discussion_actions.comment(motion=motion, seat=seat, text=text, by=council_member(user, motion.council))


def state(motion: Motion, state: MotionState) -> Motion:
    ended_at = None if state == MotionState.BALLOT else motion.opened_at
    Motion.objects.filter(pk=motion.pk).update(state=state, ended_at=ended_at)
    return motion


# --- comments ---------------------------------------------------------------------------------------------------------


def test_any_of_an_actors_people_may_speak_for_it(motion: Motion, holders: list[Holder]) -> None:
    seat, _user = holders[1]
    member = UserFactory.create(member_of=seat.actor)
    comment = said(motion, (seat, member))
    assert (comment.seat, comment.author, comment.by_staff) == (seat, member, False)


def test_staff_speak_as_staff_and_for_no_seat(motion: Motion, holders: list[Holder], staff: User) -> None:
    by = council_member(staff, motion.council)
    assert discussion_actions.comment(motion=motion, seat=None, text="Salen er optaget.", by=by).by_staff
    with pytest.raises(errors.NotYourSeat):
        discussion_actions.comment(motion=motion, seat=holders[1][0], text="Vi er enige.", by=by)


def test_who_is_not_staff_speaks_for_a_seat_of_their_own(motion: Motion, holders: list[Holder], outsider: User) -> None:
    with pytest.raises(errors.NotYourSeat):
        said(motion, (holders[2][0], holders[1][1]))
    with pytest.raises(errors.NotYourSeat):
        discussion_actions.comment(
            motion=motion, seat=None, text="Hej.", by=council_member(holders[1][1], motion.council)
        )
    with pytest.raises(errors.NotYourSeat):
        said(motion, (holders[1][0], outsider))
    assert not Comment.objects.exists()


def test_it_is_talked_over_until_it_is_decided(motion: Motion, holders: list[Holder]) -> None:
    first = said(state(motion, MotionState.BALLOT), holders[1])
    state(motion, MotionState.ADOPTED)
    with pytest.raises(errors.NotOpen):
        said(motion, holders[1])
    with pytest.raises(errors.NotOpen):
        discussion_actions.edit_comment(
            comment=first, text="Alligevel ikke.", by=council_member(holders[1][1], motion.council)
        )


def test_the_same_form_twice_makes_one_comment(motion: Motion, holders: list[Holder]) -> None:
    seat, user = holders[1]
    form: dict[str, Any] = {
        "motion": motion,
        "seat": seat,
        "text": "Godt.",
        "token": uuid4(),
        "by": council_member(user, motion.council),
    }
    first = discussion_actions.comment(**form)
    with pytest.raises(AlreadyDone) as done:
        discussion_actions.comment(**form)
    assert done.value.outcome == first
    assert Comment.objects.count() == 1


def test_what_a_comment_said_before_is_kept(motion: Motion, holders: list[Holder]) -> None:
    comment = said(motion, holders[1], "Nej.")
    by = council_member(holders[1][1], motion.council)
    for text in ("Måske.", "Ja."):
        comment = discussion_actions.edit_comment(comment=comment, text=text, by=by)
    assert comment.text == "Ja."
    assert [edit.text for edit in comment.edits.all()] == ["Nej.", "Måske."]
    with pytest.raises(errors.NothingChanged):
        discussion_actions.edit_comment(comment=comment, text="Ja.", by=by)


def test_only_the_author_edits_and_only_while_they_speak_for_the_seat(motion: Motion, holders: list[Holder]) -> None:
    seat, user = holders[1]
    comment = said(motion, holders[1])
    deputy = seat_person(seat, part=HolderRole.DEPUTY)
    with pytest.raises(errors.NotYourComment):
        discussion_actions.edit_comment(comment=comment, text="Nej.", by=council_member(deputy, motion.council))
    user.memberships.update(until=clock.today())
    with pytest.raises(errors.NotYourComment):
        discussion_actions.edit_comment(comment=comment, text="Nej.", by=council_member(user, motion.council))


# --- recusal ----------------------------------------------------------------------------------------------------------


def recused(motion: Motion, holder: Holder) -> Recusal:
    seat, user = holder
    return discussion_actions.recuse(
        motion=motion, seat=seat, reason="Vi får pengene.", by=council_member(user, motion.council)
    )


def test_a_seat_recuses_itself_once(motion: Motion, holders: list[Holder]) -> None:
    assert recused(motion, holders[1]).state == RecusalState.IN_FORCE
    with pytest.raises(errors.RecusedAlready):
        recused(motion, holders[1])


def test_who_holds_the_seat_recuses_it(motion: Motion, holders: list[Holder]) -> None:
    seat, _user = holders[1]
    member = UserFactory.create(member_of=seat.actor)
    for person in (member, holders[2][1]):
        with pytest.raises(errors.NotYourSeat):
            recused(motion, (seat, person))


def test_recusal_voids_the_open_vote(council: Council, holders: list[Holder]) -> None:
    ballot = open_ballot(council, holders[0])
    seat, user = holders[1]
    actions.vote(ballot=ballot, seat=seat, choice=Choice.FOR, by=council_member(user, council))
    recused(ballot.motion, holders[1])
    entitlement = Entitlement.objects.get(ballot=ballot, seat=seat)
    assert (entitlement.recused, entitlement.counting) == (True, None)


def test_after_a_secret_vote_it_is_too_late(house: Center) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN, secret=True)
    holders = fill_seats(council, 6)
    ballot = open_ballot(council, holders[0])
    actions.cast_secret(ballot=ballot, seat=holders[1][0], choice=Choice.FOR, by=council_member(holders[1][1], council))
    with pytest.raises(errors.TooLateToRecuse):
        recused(ballot.motion, holders[1])
    assert recused(ballot.motion, holders[2]).state == RecusalState.IN_FORCE


def test_nothing_is_recused_from_what_is_decided(motion: Motion, holders: list[Holder]) -> None:
    with pytest.raises(errors.NotOpen):
        recused(state(motion, MotionState.REJECTED), holders[1])


def decided(motion: Motion, seat: Seat, chair: Holder) -> Recusal:
    by = council_member(chair[1], motion.council)
    return discussion_actions.recuse(motion=motion, seat=seat, reason="De får pengene.", by=by)


@pytest.fixture
def chair(holders: list[Holder]) -> Holder:
    Seat.objects.filter(pk=holders[2][0].pk).update(is_chair=True)
    return holders[2]


def test_the_chair_enters_that_a_meeting_recused_another_and_its_people_are_told(
    motion: Motion, holders: list[Holder], chair: Holder
) -> None:
    seat, user = holders[1]
    recusal = decided(motion, seat, chair)
    assert (recusal.proposed_by, recusal.state) == (chair[0], RecusalState.IN_FORCE)
    letter = Message.objects.get()
    assert (letter.recipient, "De får pengene." in letter.text) == (user.email, True)
    (ballot,) = actions.open_ballots(motion=motion, by=council_member(holders[0][1], motion.council))
    with pytest.raises(errors.IsRecused):
        actions.vote(ballot=ballot, seat=seat, choice=Choice.FOR, by=council_member(user, motion.council))


def test_what_the_chairs_word_on_another_is_refused_for(
    motion: Motion, holders: list[Holder], chair: Holder, council: Council
) -> None:
    mover, other, _third = holders
    ended = make_seat(council, until=clock.now())
    elsewhere = make_seat(make_council())
    for seat in (ended, elsewhere):
        with pytest.raises(errors.SeatOver):
            decided(motion, seat, chair)
    decided(motion, other[0], chair)
    with pytest.raises(errors.RecusedAlready):
        decided(motion, other[0], chair)
    with pytest.raises(errors.BallotIsOpen):
        decided(state(motion, MotionState.BALLOT), mover[0], chair)
    assert Recusal.objects.count() == 1


def test_a_ballot_on_a_recusal_is_history(council: Council, holders: list[Holder], motion: Motion) -> None:
    """What was proposed when there were such ballots is rejected by the migration, and none of them is open."""
    ballot = open_ballot(council, holders[0])
    old = Recusal.objects.create(
        motion=motion, seat=holders[1][0], proposed_by=holders[2][0], state="proposed", at=clock.now()
    )
    with pytest.raises(IntegrityError, match="ballot_on_recusal_is_closed"), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(recusal=old)
    migration = import_module("actors.council.migrations.0006_end_proposals_of_recusal")
    with connection.cursor() as cursor:
        cursor.execute(migration.END)
    old.refresh_from_db()
    assert old.state == RecusalState.REJECTED
    recused(motion, holders[1])
