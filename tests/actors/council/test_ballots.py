"""Opening a ballot, voting openly, proxies, recusal, closing."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from actors.council import errors
from actors.council.ballots import actions as ballot_actions
from actors.council.ballots.actions.closing import recuse_in_open_ballots
from actors.council.discussion import actions
from actors.council.enums import (
    Capacity,
    Choice,
    Entitled,
    EventKind,
    HolderRole,
    Method,
    MotionState,
    Quorum,
    TieRule,
    Verdict,
)
from actors.council.models import Ballot, Council, Entitlement, Result, Seat, SeatHolder, VoteEvent
from actors.council.motions import actions as motion_actions
from actors.enums import Role
from centers.models import Center
from medborger.common import clock
from medborger.common.models import Audit, Message
from tests.actors.council.factories import Holder, council_member, fill_seats, make_council, make_seat, seat_person
from tests.actors.council.motions import open_amendment, open_ballot, open_hands, open_motion
from tests.factories import UserFactory, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def holders(council: Council) -> list[Holder]:
    return fill_seats(council, 4)


@pytest.fixture
def ballot(council: Council, holders: list[Holder]) -> Ballot:
    return open_ballot(council, holders[0])


def cast(ballot: Ballot, holder: Holder, choice: Choice, **more: str) -> VoteEvent:
    seat, user = holder
    return ballot_actions.vote(ballot=ballot, seat=seat, choice=choice, by=council_member(user, ballot.council), **more)


def counting(ballot: Ballot, seat: Seat) -> tuple[str, str] | None:
    event = Entitlement.objects.select_related("counting").get(ballot=ballot, seat=seat).counting
    return (event.choice, event.capacity) if event else None


def over(ballot: Ballot) -> Result:
    with time_machine.travel(ballot.closes_at, tick=False):
        result = ballot_actions.close(ballot=ballot)
    assert result is not None
    return result


# --- opening ----------------------------------------------------------------------------------------------------------


@pytest.mark.moment(datetime(2026, 11, 22, 12, tzinfo=UTC))
def test_a_ballot_closes_at_eight_in_the_evening_so_many_days_on(council: Council, holders: list[Holder]) -> None:
    ballot = open_ballot(council, holders[0])
    assert ballot.closes_at == datetime(2026, 11, 29, 19, tzinfo=UTC)
    assert ballot.motion.state == MotionState.BALLOT


def test_a_ballot_at_the_meeting_is_open_for_ten_minutes(council: Council, holders: list[Holder]) -> None:
    ballot = open_ballot(council, holders[0], method=Method.MEETING)
    assert timedelta(minutes=9) < ballot.closes_at - ballot.opened_at <= timedelta(minutes=10)


@pytest.mark.parametrize("minutes", [0, 9, 241])
def test_a_ballot_at_the_meeting_is_neither_a_moment_nor_a_night(
    council: Council, holders: list[Holder], minutes: int
) -> None:
    with pytest.raises(errors.MinutesOutOfReach):
        open_ballot(council, holders[0], method=Method.MEETING, minutes=minutes)


def test_opening_freezes_who_is_entitled(council: Council, holders: list[Holder], ballot: Ballot) -> None:
    late = make_seat(council)
    Seat.objects.filter(pk=holders[3][0].pk).update(until=clock.now())
    entitled = set(Entitlement.objects.filter(ballot=ballot).values_list("seat", flat=True))
    assert entitled == {seat.pk for seat, _user in holders}
    with pytest.raises(errors.NotEntitled):
        cast(ballot, (late, seat_person(late)), Choice.FOR)


def test_a_ballot_waits_for_the_notice(house: Center) -> None:
    council = make_council(house, notice_days=7, entitled=Entitled.CHOSEN)
    ((seat, user),) = fill_seats(council, 1)
    motion = open_motion(council, seat, days_ago=6)
    with pytest.raises(errors.NoticeRuns) as refused:
        ballot_actions.open_ballots(motion=motion, by=council_member(user, council))
    assert motion.opened_at is not None
    assert refused.value.until == motion.opened_at + timedelta(days=7)
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_staff_open_no_ballot_and_cast_no_vote(council: Council, holders: list[Holder], role: Role) -> None:
    staff = person_with(role, council.center)
    motion = open_motion(council, holders[0][0])
    with pytest.raises(errors.NotYourSeat):
        ballot_actions.open_ballots(motion=motion, by=council_member(staff, council))
    (ballot,) = ballot_actions.open_ballots(motion=motion, by=council_member(holders[0][1], council))
    with pytest.raises(errors.NotYourSeat):
        cast(ballot, (holders[0][0], staff), Choice.FOR)


def test_only_the_mover_or_the_chair_opens(council: Council, holders: list[Holder]) -> None:
    motion = open_motion(council, holders[0][0])
    with pytest.raises(errors.NotYourSeat):
        ballot_actions.open_ballots(motion=motion, by=council_member(holders[1][1], council))
    Seat.objects.filter(pk=holders[1][0].pk).update(is_chair=True)
    (ballot,) = ballot_actions.open_ballots(motion=motion, by=council_member(holders[1][1], council))
    assert ballot.opened_by == holders[1][0]


def test_a_motion_is_put_to_the_vote_once(council: Council, holders: list[Holder], ballot: Ballot) -> None:
    with pytest.raises(errors.BallotIsOpen):
        ballot_actions.open_ballots(motion=ballot.motion, by=council_member(holders[0][1], council))


@pytest.mark.parametrize("state", [MotionState.DRAFT, MotionState.WITHDRAWN, MotionState.REJECTED])
def test_what_is_not_open_for_discussion_is_not_voted_on(
    council: Council, holders: list[Holder], state: MotionState
) -> None:
    opened_at = None if state == MotionState.DRAFT else clock.now()
    ended_at = None if state == MotionState.DRAFT else clock.now()
    motion = open_motion(council, holders[0][0], state=state, opened_at=opened_at, ended_at=ended_at)
    with pytest.raises(errors.NotOpen):
        ballot_actions.open_ballots(motion=motion, by=council_member(holders[0][1], council))


def test_amendments_are_voted_on_first_all_at_once(council: Council, holders: list[Holder]) -> None:
    motion = open_motion(council, holders[0][0])
    amendments = [open_amendment(motion, holders[n][0], f"Vi køber {n} stole.") for n in (1, 2)]
    opened = ballot_actions.open_ballots(motion=motion, by=council_member(holders[0][1], council))
    assert [ballot.amendment for ballot in opened] == amendments
    assert not any(ballot.on_the_whole for ballot in opened)


def test_all_seats_are_told_and_get_the_code_of_who_is_entitled(holders: list[Holder], ballot: Ballot) -> None:
    letters = Message.objects.filter(dedupe_key__startswith=f"ballot-opened:{ballot.pk}:")
    assert {letter.user_id for letter in letters} == {user.pk for _seat, user in holders}
    assert all(ballot.entitlement_hash[:4] in letter.text for letter in letters)


def test_words_that_were_taken_in_lie_open_as_long_as_the_motion(house: Center) -> None:
    council = make_council(house, notice_days=7, entitled=Entitled.CHOSEN)
    ((seat, user),) = fill_seats(council, 1)
    motion = open_motion(council, seat)
    actions.take_in(amendment=open_amendment(motion, seat, "Vi sælger alle stole."), by=council_member(user, council))
    with pytest.raises(errors.NoticeRuns):
        ballot_actions.open_ballots(motion=motion, by=council_member(user, council))


def test_by_hands_nobody_votes_on_the_phone(council: Council, holders: list[Holder]) -> None:
    ballot = open_hands(council, holders[0])
    with pytest.raises(errors.WrongKindOfVote):
        cast(ballot, holders[0], Choice.FOR)


# --- voting -----------------------------------------------------------------------------------------------------------


def test_a_seat_changes_its_mind_until_closing(holders: list[Holder], ballot: Ballot) -> None:
    cast(ballot, holders[0], Choice.FOR)
    cast(ballot, holders[0], Choice.AGAINST, reason="Vi blev klogere.")
    assert counting(ballot, holders[0][0]) == (Choice.AGAINST, Capacity.REPRESENTATIVE)
    assert VoteEvent.objects.filter(ballot=ballot, kind=EventKind.VOTE).count() == 2
    assert over(ballot).votes_for == 0


def test_a_deputy_votes_and_the_representative_overrides(holders: list[Holder], ballot: Ballot) -> None:
    seat, _user = holders[0]
    deputy = seat_person(seat, part=HolderRole.DEPUTY)
    cast(ballot, (seat, deputy), Choice.FOR)
    assert counting(ballot, seat) == (Choice.FOR, Capacity.DEPUTY)
    cast(ballot, holders[0], Choice.AGAINST)
    with pytest.raises(errors.RepresentativeHasVoted):
        cast(ballot, (seat, deputy), Choice.FOR)
    assert counting(ballot, seat) == (Choice.AGAINST, Capacity.REPRESENTATIVE)


def test_nobody_votes_for_another_seat(holders: list[Holder], ballot: Ballot) -> None:
    with pytest.raises(errors.NotYourSeat):
        cast(ballot, (holders[0][0], holders[1][1]), Choice.FOR)
    assert counting(ballot, holders[0][0]) is None


def test_who_has_left_the_actor_votes_no_more(holders: list[Holder], ballot: Ballot) -> None:
    seat, user = holders[0]
    user.memberships.update(until=clock.today())
    with pytest.raises(errors.NotYourSeat):
        cast(ballot, (seat, user), Choice.FOR)


def test_a_vote_after_closing_time_is_refused_though_nothing_has_counted(holders: list[Holder], ballot: Ballot) -> None:
    with time_machine.travel(ballot.closes_at, tick=False), pytest.raises(errors.BallotClosed):
        cast(ballot, holders[0], Choice.FOR)
    assert counting(ballot, holders[0][0]) is None


def test_a_vote_a_moment_before_closing_time_counts(holders: list[Holder], ballot: Ballot) -> None:
    with time_machine.travel(ballot.closes_at - timedelta(microseconds=1), tick=False):
        cast(ballot, holders[0], Choice.FOR)
    assert over(ballot).votes_for == 1


def test_who_voted_gets_a_receipt_with_the_votes_code(holders: list[Holder], ballot: Ballot) -> None:
    event = cast(ballot, holders[0], Choice.FOR)
    letter = Message.objects.get(dedupe_key=f"vote:{event.pk}:{holders[0][1].pk}")
    assert event.hash[:4] in letter.text


# --- proxies ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def with_proxies(house: Center) -> Council:
    return make_council(house, entitled=Entitled.CHOSEN, proxies=1)


def test_a_proxy_votes_and_the_seats_own_vote_beats_it(with_proxies: Council) -> None:
    giver, holder, _third = trio = fill_seats(with_proxies, 3)
    ballot = open_ballot(with_proxies, trio[0])
    ballot_actions.give_proxy(
        ballot=ballot, giver=giver[0], holder=holder[0], by=council_member(giver[1], with_proxies)
    )
    cast(ballot, (giver[0], holder[1]), Choice.FOR)
    assert counting(ballot, giver[0]) == (Choice.FOR, Capacity.PROXY)
    cast(ballot, giver, Choice.AGAINST)
    with pytest.raises(errors.OwnVoteCounts):
        cast(ballot, (giver[0], holder[1]), Choice.FOR)
    assert counting(ballot, giver[0]) == (Choice.AGAINST, Capacity.REPRESENTATIVE)


def test_a_seat_holds_no_more_proxies_than_the_standing_orders_say(with_proxies: Council) -> None:
    holder, first, second = fill_seats(with_proxies, 3)
    ballot = open_ballot(with_proxies, holder)
    ballot_actions.give_proxy(
        ballot=ballot, giver=first[0], holder=holder[0], by=council_member(first[1], with_proxies)
    )
    with pytest.raises(errors.TooManyProxies):
        ballot_actions.give_proxy(
            ballot=ballot, giver=second[0], holder=holder[0], by=council_member(second[1], with_proxies)
        )


def test_a_proxy_is_given_once(with_proxies: Council) -> None:
    giver, holder, other = fill_seats(with_proxies, 3)
    ballot = open_ballot(with_proxies, giver)
    ballot_actions.give_proxy(
        ballot=ballot, giver=giver[0], holder=holder[0], by=council_member(giver[1], with_proxies)
    )
    with pytest.raises(errors.ProxyAlready):
        ballot_actions.give_proxy(
            ballot=ballot, giver=giver[0], holder=other[0], by=council_member(giver[1], with_proxies)
        )


def test_a_proxy_taken_back_takes_its_vote_along(with_proxies: Council) -> None:
    giver, holder = fill_seats(with_proxies, 2)
    ballot = open_ballot(with_proxies, giver)
    proxy = ballot_actions.give_proxy(
        ballot=ballot, giver=giver[0], holder=holder[0], by=council_member(giver[1], with_proxies)
    )
    cast(ballot, (giver[0], holder[1]), Choice.FOR)
    ballot_actions.end_proxy(proxy=proxy, by=council_member(giver[1], with_proxies))
    assert counting(ballot, giver[0]) is None
    with pytest.raises(errors.NotYourSeat):
        cast(ballot, (giver[0], holder[1]), Choice.FOR)


def test_a_recused_seat_votes_by_no_proxy(with_proxies: Council) -> None:
    giver, holder, _third = trio = fill_seats(with_proxies, 3)
    ballot = open_ballot(with_proxies, trio[0])
    ballot_actions.give_proxy(
        ballot=ballot, giver=giver[0], holder=holder[0], by=council_member(giver[1], with_proxies)
    )
    recuse_in_open_ballots(ballot.motion, holder[0].pk)
    by = council_member(holder[1], with_proxies)
    with pytest.raises(errors.NotYourSeat):
        ballot_actions.vote(ballot=ballot, seat=giver[0], choice=Choice.FOR, by=by)
    seen = Entitlement.objects.filter(ballot=ballot).of_person(by)
    assert [row.seat_id for row in seen] == [holder[0].pk]


def test_without_proxies_in_the_standing_orders_none_is_given(
    council: Council, holders: list[Holder], ballot: Ballot
) -> None:
    with pytest.raises(errors.NoProxies):
        ballot_actions.give_proxy(
            ballot=ballot, giver=holders[0][0], holder=holders[1][0], by=council_member(holders[0][1], council)
        )


# --- recusal ----------------------------------------------------------------------------------------------------------


def test_recusal_voids_the_vote_and_the_quorum_is_of_those_left(house: Center) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN, quorum=Quorum.SHARE, quorum_share=75)
    holders = fill_seats(council, 4)
    ballot = open_ballot(council, holders[0])
    for holder in holders[:3]:
        cast(ballot, holder, Choice.FOR)
    recuse_in_open_ballots(ballot.motion, holders[0][0].pk)
    assert counting(ballot, holders[0][0]) is None
    with pytest.raises(errors.IsRecused):
        cast(ballot, holders[0], Choice.FOR)
    result = over(ballot)
    assert (result.seats, result.recused, result.cast, result.quorum_needed) == (4, 1, 2, 3)
    assert result.verdict == Verdict.NOT_QUORATE


# --- closing ----------------------------------------------------------------------------------------------------------


def test_a_ballot_is_counted_once_with_its_whole_calculation(holders: list[Holder], ballot: Ballot) -> None:
    for holder, choice in zip(holders, [Choice.FOR, Choice.FOR, Choice.AGAINST, Choice.BLANK], strict=True):
        cast(ballot, holder, choice)
    result = over(ballot)
    again = over(ballot)
    assert again == result
    assert Result.objects.count() == 1
    assert (result.votes_for, result.against, result.blank, result.base, result.needed) == (2, 1, 1, 3, 2)
    assert result.verdict == Verdict.ADOPTED
    ballot.motion.refresh_from_db()
    assert ballot.motion.state == MotionState.ADOPTED


def test_a_ballot_that_is_not_over_is_not_closed(ballot: Ballot) -> None:
    assert ballot_actions.close(ballot=ballot) is None
    assert not Result.objects.exists()


def test_the_chairs_vote_breaks_a_tie(house: Center) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN, tie=TieRule.CHAIR)
    chair, other = fill_seats(council, 2)
    Seat.objects.filter(pk=chair[0].pk).update(is_chair=True)
    ballot = open_ballot(council, chair)
    cast(ballot, chair, Choice.FOR)
    cast(ballot, other, Choice.AGAINST)
    result = over(ballot)
    assert (result.verdict, result.tied, result.chair) == (Verdict.ADOPTED, True, Choice.FOR)


def test_all_seats_are_told_the_result_and_the_final_code(holders: list[Holder], ballot: Ballot) -> None:
    over(ballot)
    ballot.refresh_from_db()
    letters = Message.objects.filter(dedupe_key__startswith=f"ballot-closed:{ballot.pk}:")
    assert {letter.user_id for letter in letters} == {user.pk for _seat, user in holders}
    assert all(ballot.final_hash[:4] in letter.text for letter in letters)


def test_a_withdrawn_motions_ballot_is_broken_off_and_nothing_is_counted(holders: list[Holder], ballot: Ballot) -> None:
    cast(ballot, holders[1], Choice.AGAINST)
    motion_actions.withdraw(motion=ballot.motion, by=council_member(holders[0][1], ballot.council))
    result = Result.objects.get(ballot=ballot)
    assert (result.verdict, result.cast) == (Verdict.CANCELLED, 0)
    with pytest.raises(errors.BallotClosed):
        cast(ballot, holders[1], Choice.FOR)


# --- reminders --------------------------------------------------------------------------------------------------------


def test_those_who_have_not_voted_are_reminded_once(holders: list[Holder], ballot: Ballot) -> None:
    cast(ballot, holders[0], Choice.FOR)
    with time_machine.travel(ballot.closes_at - timedelta(hours=47), tick=False):
        assert [ballot_actions.remind(ballot=ballot, hours=hours) for hours in (48, 6, 48)] == [True, False, False]
    letters = Message.objects.filter(dedupe_key__startswith=f"ballot-reminder:{ballot.pk}:48:")
    assert {letter.user_id for letter in letters} == {user.pk for _seat, user in holders[1:]}


def test_a_reminder_that_comes_too_late_is_left_out(ballot: Ballot) -> None:
    with time_machine.travel(ballot.closes_at - timedelta(hours=5), tick=False):
        assert [ballot_actions.remind(ballot=ballot, hours=hours) for hours in (48, 6)] == [False, True]


# --- what stays -------------------------------------------------------------------------------------------------------


def test_an_actor_with_a_seat_that_voted_cannot_be_deleted(holders: list[Holder], ballot: Ballot) -> None:
    from django.db.models import ProtectedError

    cast(ballot, holders[0], Choice.FOR)
    actor = holders[0][0].actor
    assert actor is not None
    with pytest.raises(ProtectedError):
        actor.delete()


def test_every_vote_leaves_an_audit_row_without_the_choice(holders: list[Holder], ballot: Ballot) -> None:
    event = cast(ballot, holders[0], Choice.FOR)
    row = Audit.objects.get(verb="ballot.voted")
    assert row.parameters == {"seat": holders[0][0].pk, "event": event.number}


def test_an_inactive_holder_does_not_count_as_holding(council: Council, holders: list[Holder]) -> None:
    UserFactory.create()
    user = holders[0][1]
    user.is_active = False
    user.save()
    assert not SeatHolder.objects.in_force().filter(user=user).exists()
