"""What a closed ballot does to what it was about: the clock closes ballots, so nobody's bench is asked."""

from __future__ import annotations

from django.db.models import Max, Q

from actors.council import errors
from actors.council.actions import council, disputes, rules
from actors.council.enums import AmendmentState, MotionKind, MotionState, Verb, Verdict
from actors.council.models import Amendment, Ballot, Motion, Result
from actors.council.moving import end, merge_in
from medborger.common import audit

BECOMES = {
    Verdict.ADOPTED: MotionState.ADOPTED,
    Verdict.REJECTED: MotionState.REJECTED,
    Verdict.NOT_QUORATE: MotionState.NOT_QUORATE,
    Verdict.AGAIN: MotionState.OPEN,
}


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
    """What was not adopted is done with, but for a tie that is voted on again. With the last ballot the adopted are merged."""
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
    audit.record(Verb.MOTION_DECIDED, motion, by=None, center_id=center_id, verdict=result.verdict)
    if motion.state == MotionState.ADOPTED:
        _take_effect(motion)


def _take_effect(motion: Motion) -> None:
    if motion.is_on_rule:
        rules.put_in_force(motion)
    elif motion.kind == MotionKind.STANDING_ORDERS:
        council.adopt_orders(motion)
    elif motion.kind == MotionKind.DISPUTE:
        disputes.settled_by(motion)
