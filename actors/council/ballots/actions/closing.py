"""Close a ballot: count it once, by the clock, and let its result take effect."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Q

from actors.council import errors
from actors.council.ballots import chain, counting, emails
from actors.council.ballots.actions.hands import leads
from actors.council.ballots.vote_log import append, check_open, void_vote
from actors.council.disputes.actions import settled_by
from actors.council.enums import (
    AmendmentState,
    Choice,
    CouncilEvent,
    EventKind,
    Method,
    MotionKind,
    MotionState,
    Verdict,
)
from actors.council.member import CouncilMember
from actors.council.models import (
    Amendment,
    Ballot,
    BoxVote,
    Council,
    Entitlement,
    HandVote,
    Motion,
    Reminder,
    Result,
    SecretVote,
)
from actors.council.motions.procedure import end, merge_in
from actors.council.rules.actions import put_in_force
from actors.council.seats.actions import adopt_orders
from medborger.common import audit, clock
from medborger.common.messaging import outbox

REMIND_HOURS = (48, 6)

BECOMES = {
    Verdict.ADOPTED: MotionState.ADOPTED,
    Verdict.REJECTED: MotionState.REJECTED,
    Verdict.NOT_QUORATE: MotionState.NOT_QUORATE,
    Verdict.AGAIN: MotionState.OPEN,
}


@transaction.atomic
def close(*, ballot: Ballot) -> Result | None:
    """Count a ballot that is over by the clock, and let its result take effect. None when it is still open.

    Whoever comes second finds the result of the first.
    """
    council, locked = _locked(ballot)
    if locked.closed_at is not None:
        return Result.objects.get(ballot=locked)
    if locked.is_open(clock.now()):
        return None
    return _close(council, locked)


@transaction.atomic
def end_show_of_hands(*, ballot: Ballot, by: CouncilMember) -> Result:
    """Close a show of hands: by the seat that leads it, when votes count and none waits to be confirmed.

    Raises WrongKindOfVote, NotYourSeat, BallotClosed, NotConfirmed, NoHandsEntered.
    """
    council, locked = _locked(ballot)
    if locked.method != Method.HANDS:
        raise errors.WrongKindOfVote
    if not leads(locked, by):
        raise errors.NotYourSeat
    check_open(locked)
    if HandVote.objects.waiting().filter(ballot=locked).exists():
        raise errors.NotConfirmed
    if not Entitlement.objects.voted().filter(ballot=locked).exists():
        raise errors.NoHandsEntered
    return _close(council, locked)


def cancel_ballots(motion: Motion) -> None:
    """Break off what is open on a motion that is withdrawn: no votes are counted. Within the caller's transaction."""
    for ballot in _unclosed(motion):
        BoxVote.objects.filter(ballot=ballot).delete()
        seats = Entitlement.objects.filter(ballot=ballot)
        outcome = counting.Outcome(
            verdict=Verdict.CANCELLED,
            seats=seats.count(),
            recused=seats.filter(recused=True).count(),
            cast=0,
            votes_for=0,
            against=0,
            blank=0,
            quorum_needed=0,
            base=0,
            needed=0,
            tied=False,
            chair="",
        )
        append(ballot, EventKind.CANCELLED)
        _store(ballot, outcome)
        audit.record(CouncilEvent.BALLOT_CANCELLED, ballot, by=None, center_id=motion.council.center_id)
        outbox.post(emails.cancelled(ballot))


def recuse_in_open_ballots(motion: Motion, seat_id: int) -> None:
    """A seat takes no part from now on: a vote it has cast openly is voided, and one that waits to be confirmed.

    Within the caller's transaction.

    Raises TooLateToRecuse for a secret vote that is cast, TooFewForSecrecy when too few would be left to hide among.
    """
    for ballot in _unclosed(motion):
        entitlement = Entitlement.objects.select_related("counting").filter(ballot=ballot, seat_id=seat_id).first()
        if entitlement is None or entitlement.recused or not ballot.is_open(clock.now()):
            continue
        if ballot.secret:
            _check_secret_recusal(ballot, entitlement)
        void_vote(ballot, entitlement, because="recused")
        HandVote.objects.waiting().filter(ballot=ballot, seat=seat_id).delete()
        append(ballot, EventKind.RECUSED, seat_id=seat_id)
        entitlement.recused = True
        entitlement.save(update_fields=["recused"])


@transaction.atomic
def remind(*, ballot: Ballot, hours: int) -> bool:
    """Remind the seats that have not voted so many hours before closing (`REMIND_HOURS`), once; whether it was done now."""
    now, due = clock.now(), ballot.closes_at - timedelta(hours=hours)
    next_due = ballot.closes_at - timedelta(hours=min((h for h in REMIND_HOURS if h < hours), default=0))
    if not due <= now < next_due or ballot.opened_at > due:
        return False
    _row, is_first = Reminder.objects.get_or_create(ballot=ballot, hours=hours, defaults={"at": now})
    if is_first:
        outbox.post(emails.reminder(ballot, hours))
    return is_first


def _locked(ballot: Ballot) -> tuple[Council, Ballot]:
    council = Council.objects.locked(ballot.council_id)
    Motion.objects.select_for_update(no_key=True).get(pk=ballot.motion_id)
    return council, Ballot.objects.locked(ballot.pk)


def _unclosed(motion: Motion) -> list[Ballot]:
    """The motion's open ballots, each locked in turn."""
    ids = Ballot.objects.unclosed().filter(motion=motion).order_by("pk").values_list("pk", flat=True)
    return [Ballot.objects.locked(pk) for pk in ids]


def _close(council: Council, ballot: Ballot) -> Result:
    outcome = counting.result(ballot.orders.rules(), _tally(ballot))
    append(ballot, EventKind.CLOSED, **asdict(outcome))
    result = _store(ballot, outcome)
    audit.record(
        CouncilEvent.BALLOT_CLOSED,
        ballot,
        by=None,
        center_id=council.center_id,
        verdict=outcome.verdict,
        motion=ballot.motion_id,
    )
    decided(ballot, result)
    outbox.post(emails.closed(council, ballot, result))
    return result


def _tally(ballot: Ballot) -> counting.Tally:
    entitlements = list(Entitlement.objects.filter(ballot=ballot).select_related("counting"))
    left = [row for row in entitlements if not row.recused]
    if ballot.secret:
        choices: Sequence[str] = _empty_box(ballot)
        chair = None
    else:
        counted = {row.seat_id: row.counting.choice for row in left if row.counting}
        choices = list(counted.values())
        chair = Choice(counted[ballot.chair_id]) if ballot.chair_id in counted else None
    return counting.Tally.of(choices, seats=len(entitlements), recused=len(entitlements) - len(left), chair=chair)


def _empty_box(ballot: Ballot) -> list[str]:
    """Write the list in the order of the random codes, empty the box, and chain the list's hash. Returns the choices."""
    votes = sorted(BoxVote.objects.filter(ballot=ballot).values_list("code", "choice"))
    SecretVote.objects.bulk_create(SecretVote(ballot=ballot, code=code, choice=choice) for code, choice in votes)
    BoxVote.objects.filter(ballot=ballot).delete()
    append(ballot, EventKind.LIST, votes=len(votes), list=chain.list_hash(ballot.pk, votes))
    return [choice for _code, choice in votes]


def _store(ballot: Ballot, outcome: counting.Outcome) -> Result:
    now = clock.now()
    ballot.closed_at = now
    ballot.save(update_fields=["closed_at"])
    return Result.objects.create(ballot=ballot, counted_at=now, **asdict(outcome))


def _check_secret_recusal(ballot: Ballot, entitlement: Entitlement) -> None:
    from actors.council.ballots.actions.opening import FEWEST_FOR_SECRECY

    if entitlement.counting_id is not None:
        raise errors.TooLateToRecuse
    if Entitlement.objects.left().filter(ballot=ballot).count() <= FEWEST_FOR_SECRECY:
        raise errors.TooFewForSecrecy


def decided(ballot: Ballot, result: Result) -> None:
    """Let a result take effect, within the transaction that counted it. Council, motion and ballot are locked in it."""
    if result.verdict == Verdict.CANCELLED:
        return
    motion = Motion.objects.select_for_update(no_key=True).get(pk=ballot.motion_id)
    if ballot.amendment is not None:
        _on_amendment(motion, ballot, ballot.amendment, result)
    else:
        _on_the_whole(motion, result)


def _on_amendment(motion: Motion, ballot: Ballot, amendment: Amendment, result: Result) -> None:
    """Reject the amendment if it lost or lacked a quorum. After the last ballot on one, merge the adopted and reopen the discussion."""
    if result.verdict in (Verdict.REJECTED, Verdict.NOT_QUORATE):
        end(amendment, AmendmentState.REJECTED)
    others = Ballot.objects.unclosed().filter(motion=motion, amendment__isnull=False).exclude(pk=ballot.pk)
    if others.exists():
        return
    _merge_adopted(motion)
    motion.state = MotionState.OPEN
    motion.save(update_fields=["state"])


def _merge_adopted(motion: Motion) -> None:
    """By most votes for, then by number. One whose words another has changed by then falls."""
    adopted = Q(ballots__result__verdict=Verdict.ADOPTED)
    found = motion.amendments.undecided().filter(adopted).select_related("base")
    for amendment in found.annotate(votes=Max("ballots__result__votes_for", filter=adopted)).order_by(
        "-votes", "number"
    ):
        try:
            merge_in(amendment, AmendmentState.ADOPTED)
        except errors.SameWordsTaken:
            end(amendment, AmendmentState.FALLEN)


def _on_the_whole(motion: Motion, result: Result) -> None:
    motion.state = BECOMES[Verdict(result.verdict)]
    motion.ended_at = result.counted_at if motion.has_ended else None
    motion.save(update_fields=["state", "ended_at"])
    center_id = motion.council.center_id
    audit.record(CouncilEvent.MOTION_DECIDED, motion, by=None, center_id=center_id, verdict=result.verdict)
    if motion.state == MotionState.ADOPTED:
        _take_effect(motion)


def _take_effect(motion: Motion) -> None:
    if motion.is_on_rule:
        put_in_force(motion)
    elif motion.kind == MotionKind.STANDING_ORDERS:
        adopt_orders(motion)
    elif motion.kind == MotionKind.DISPUTE:
        settled_by(motion)
