"""Secret ballots: one named person casts for each seat, for good, and only the turnout is chained."""

import pytest
import time_machine

from actors.council import errors
from actors.council.ballots import actions
from actors.council.ballots.actions.closing import recuse_in_open_ballots
from actors.council.enums import Choice, Entitled, EventKind, HolderRole, Method, Verdict
from actors.council.models import Ballot, BoxVote, Council, Entitlement, SeatHolder, SecretVote, VoteEvent
from actors.council.motions import actions as motion_actions
from centers.models import Center
from medborger.common.models import Audit, Message
from tests.actors.council.factories import Holder, council_member, fill_seats, make_council, seat_person
from tests.actors.council.motions import open_ballot, open_motion

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house, entitled=Entitled.CHOSEN, secret=True)


@pytest.fixture
def holders(council: Council) -> list[Holder]:
    return fill_seats(council, 6)


@pytest.fixture
def ballot(council: Council, holders: list[Holder]) -> Ballot:
    return open_ballot(council, holders[0])


def cast(ballot: Ballot, holder: Holder, choice: Choice = Choice.FOR) -> str:
    seat, user = holder
    return actions.cast_secret(ballot=ballot, seat=seat, choice=choice, by=council_member(user, ballot.council))


def test_the_chain_holds_the_turnout_and_the_box_holds_neither_seat_nor_time(
    holders: list[Holder], ballot: Ballot
) -> None:
    code = cast(ballot, holders[0], Choice.AGAINST)
    event = VoteEvent.objects.get(ballot=ballot, kind=EventKind.CAST)
    assert (event.seat, event.choice) == (holders[0][0], "")
    assert BoxVote.objects.values().get() == {"code": code, "ballot_id": ballot.pk, "choice": Choice.AGAINST}


def test_neither_choice_nor_code_is_written_elsewhere(holders: list[Holder], ballot: Ballot) -> None:
    code = cast(ballot, holders[0], Choice.AGAINST)
    written = [str(row) for row in Audit.objects.values()] + [str(row) for row in Message.objects.values()]
    assert not [row for row in written if code in row or Choice.AGAINST in row]


def test_a_secret_vote_is_final(holders: list[Holder], ballot: Ballot) -> None:
    cast(ballot, holders[0])
    with pytest.raises(errors.AlreadyCast):
        cast(ballot, holders[0], Choice.AGAINST)
    assert BoxVote.objects.count() == 1


def test_only_the_named_person_casts_and_a_deputy_after_the_handing_over(
    council: Council, holders: list[Holder], ballot: Ballot
) -> None:
    seat, user = holders[0]
    deputy = seat_person(seat, part=HolderRole.DEPUTY)
    with pytest.raises(errors.NotNamed):
        cast(ballot, (seat, deputy))
    to = SeatHolder.objects.get(user=deputy)
    actions.hand_over(ballot=ballot, seat=seat, to=to, by=council_member(user, council))
    with pytest.raises(errors.NotNamed):
        cast(ballot, (seat, user))
    cast(ballot, (seat, deputy))
    assert Entitlement.objects.voted().filter(ballot=ballot, seat=seat).count() == 1


def test_nothing_is_handed_over_after_casting(council: Council, holders: list[Holder], ballot: Ballot) -> None:
    seat, user = holders[0]
    to = SeatHolder.objects.get(user=seat_person(seat, part=HolderRole.DEPUTY))
    cast(ballot, holders[0])
    with pytest.raises(errors.AlreadyCast):
        actions.hand_over(ballot=ballot, seat=seat, to=to, by=council_member(user, council))


def test_when_the_named_person_leaves_the_new_representative_casts(holders: list[Holder], ballot: Ballot) -> None:
    seat, user = holders[0]
    held = SeatHolder.objects.get(user=user)
    held.until = held.since
    held.save()
    successor = seat_person(seat)
    cast(ballot, (seat, successor))
    assert BoxVote.objects.count() == 1


def test_fewer_than_five_seats_cannot_vote_secretly(council: Council) -> None:
    holders = fill_seats(council, 5)
    motion = open_motion(council, holders[0][0])
    motion.recusals.create(seat=holders[1][0], state="in_force", at=motion.created_at)
    with pytest.raises(errors.TooFewForSecrecy):
        actions.open_ballots(motion=motion, by=council_member(holders[0][1], council))
    assert not Ballot.objects.exists()


def test_secret_ballots_take_no_hands(council: Council, holders: list[Holder]) -> None:
    motion = open_motion(council, holders[0][0])
    with pytest.raises(errors.NotByHands):
        actions.open_ballots(motion=motion, method=Method.HANDS, by=council_member(holders[0][1], council))


def test_an_open_vote_does_not_go_into_a_secret_ballot(holders: list[Holder], ballot: Ballot) -> None:
    with pytest.raises(errors.WrongKindOfVote):
        actions.vote(
            ballot=ballot, seat=holders[0][0], choice=Choice.FOR, by=council_member(holders[0][1], ballot.council)
        )


def test_recusal_comes_only_before_casting_and_never_leaves_too_few(holders: list[Holder], ballot: Ballot) -> None:
    cast(ballot, holders[0])
    with pytest.raises(errors.TooLateToRecuse):
        recuse_in_open_ballots(ballot.motion, holders[0][0].pk)
    recuse_in_open_ballots(ballot.motion, holders[1][0].pk)
    with pytest.raises(errors.IsRecused):
        cast(ballot, holders[1])
    with pytest.raises(errors.TooFewForSecrecy):
        recuse_in_open_ballots(ballot.motion, holders[2][0].pk)


def test_closing_writes_the_list_by_code_and_empties_the_box(holders: list[Holder], ballot: Ballot) -> None:
    choices = [Choice.FOR, Choice.FOR, Choice.FOR, Choice.AGAINST, Choice.BLANK]
    codes = {cast(ballot, holder, choice): choice for holder, choice in zip(holders, choices, strict=False)}
    with time_machine.travel(ballot.closes_at, tick=False):
        result = actions.close(ballot=ballot)
    assert result is not None
    assert (result.votes_for, result.against, result.blank, result.verdict) == (3, 1, 1, Verdict.ADOPTED)
    assert not BoxVote.objects.exists()
    assert list(SecretVote.objects.values_list("code", "choice")) == sorted(codes.items())
    kinds = list(VoteEvent.objects.filter(ballot=ballot).values_list("kind", flat=True))
    assert kinds == [EventKind.OPENED, *[EventKind.CAST] * 5, EventKind.LIST, EventKind.CLOSED]


def test_a_withdrawn_motion_empties_the_box_without_counting(holders: list[Holder], ballot: Ballot) -> None:
    cast(ballot, holders[0])
    motion_actions.withdraw(motion=ballot.motion, by=council_member(holders[0][1], ballot.council))
    assert not BoxVote.objects.exists()
    assert not SecretVote.objects.exists()
