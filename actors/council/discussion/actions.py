"""Amendments, comments and recusals on a motion before the council. What a ballot does to an amendment: `ballots.actions.closing`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from actors.council import errors
from actors.council.ballots.actions import recuse_in_open_ballots
from actors.council.enums import BEFORE_COUNCIL, AmendmentState, CouncilEvent, RecusalState
from actors.council.models import Amendment, Comment, CommentEdit, Motion, MotionText, Recusal, Seat
from actors.council.motions import emails
from actors.council.motions.procedure import check_is_open, check_may_move, end, locked, merge_in
from medborger.common import audit, clock
from medborger.common.errors import AlreadyDone
from medborger.common.messaging import outbox

if TYPE_CHECKING:
    from actors.council.member import CouncilMember


@transaction.atomic
def propose(
    *,
    motion: Motion,
    seat: Seat,
    base: MotionText,
    text: str,
    short: str,
    reason: str = "",
    token: UUID | None = None,
    by: CouncilMember,
) -> Amendment:
    """Propose another wording of `base`, one of the motion's texts. The mover's people are notified.

    Raises NotAMover, NotOpen, BallotIsOpen, NothingToAmend, NothingChanged, and AlreadyDone with the first of the same form.
    """
    motion = locked(motion)
    check_may_move(seat.pk, by)
    check_is_open(motion)
    if token and (made := Amendment.objects.filter(form_token=token).first()):
        raise AlreadyDone(outcome=made)
    if not base.text:
        raise errors.NothingToAmend
    if (text, short) == (base.text, base.short):
        raise errors.NothingChanged
    last: int | None = motion.amendments.aggregate(last=Max("number"))["last"]
    amendment = Amendment.objects.create(
        motion=motion,
        number=(last or 0) + 1,
        seat=seat,
        author_id=by.access.user.pk,
        base=base,
        text=text,
        short=short,
        reason=reason,
        form_token=token,
        created_at=clock.now(),
    )
    audit.record(CouncilEvent.AMENDMENT_PROPOSED, amendment, by=by.access.user, center_id=by.council.center_id)
    outbox.post(emails.amendment_proposed(amendment, motion, by))
    return amendment


@transaction.atomic
def take_in(*, amendment: Amendment, by: CouncilMember) -> MotionText:
    """Merge an amendment into the motion's newest text, on the mover's behalf. The days of notice run again from now.

    Raises NotAMover, NotOpen, BallotIsOpen, AmendmentDecided, SameWordsTaken.
    """
    motion, amendment = _locked(amendment)
    check_may_move(motion.mover_id, by)
    check_is_open(motion)
    made = merge_in(amendment, AmendmentState.TAKEN_IN)
    motion.notice_from = made.created_at
    motion.save(update_fields=["notice_from"])
    audit.record(CouncilEvent.AMENDMENT_TAKEN_IN, amendment, by=by.access.user, center_id=by.council.center_id)
    outbox.post(emails.taken_in(amendment, motion, by))
    return made


@transaction.atomic
def withdraw(*, amendment: Amendment, by: CouncilMember) -> Amendment:
    """Raises NotAMover for others than its seat's people, NotOpen, BallotIsOpen, AmendmentDecided."""
    motion, amendment = _locked(amendment)
    check_may_move(amendment.seat_id, by)
    check_is_open(motion)
    end(amendment, AmendmentState.WITHDRAWN)
    audit.record(CouncilEvent.AMENDMENT_WITHDRAWN, amendment, by=by.access.user, center_id=by.council.center_id)
    return amendment


def _locked(amendment: Amendment) -> tuple[Motion, Amendment]:
    """Lock the motion's row, then read the amendment: every change of an amendment holds the motion's lock."""
    motion = locked(amendment.motion)
    fresh = Amendment.objects.select_related("base", "seat__actor").get(pk=amendment.pk)
    fresh.motion = motion
    return motion, fresh


@transaction.atomic
def comment(*, motion: Motion, seat: Seat | None, text: str, token: UUID | None = None, by: CouncilMember) -> Comment:
    """Comment on a motion for one of the person's seats, or as staff and marked so.

    Raises NotYourSeat, NotOpen, and AlreadyDone with the first of the same form.
    """
    motion = locked(motion)
    _check_speaks_for(seat.pk if seat else None, by)
    _check_is_before_council(motion)
    if token and (made := Comment.objects.filter(form_token=token).first()):
        raise AlreadyDone(outcome=made)
    said = Comment.objects.create(
        motion=motion,
        seat=seat,
        author_id=by.access.user.pk,
        text=text,
        form_token=token,
        created_at=clock.now(),
    )
    audit.record(CouncilEvent.COMMENTED, said, by=by.access.user, center_id=by.council.center_id, motion=motion.pk)
    return said


@transaction.atomic
def edit_comment(*, comment: Comment, text: str, by: CouncilMember) -> Comment:
    """Edit a comment of the person's; what it said before stays visible. Raises NotYourComment, NotOpen, NothingChanged."""
    motion = locked(comment.motion)
    comment = Comment.objects.get(pk=comment.pk)
    if not may_edit(comment, by):
        raise errors.NotYourComment
    _check_is_before_council(motion)
    if text == comment.text:
        raise errors.NothingChanged
    at = clock.now()
    CommentEdit.objects.create(comment=comment, text=comment.text, at=at)
    comment.text, comment.edited_at = text, at
    comment.save(update_fields=["text", "edited_at"])
    audit.record(
        CouncilEvent.COMMENT_EDITED, comment, by=by.access.user, center_id=by.council.center_id, motion=motion.pk
    )
    return comment


@transaction.atomic
def recuse(*, motion: Motion, seat: Seat, reason: str = "", by: CouncilMember) -> Recusal:
    """Recuse a seat from a motion: its own people declare it, or the chair's seat enters what a meeting decided.

    An open vote of the seat is voided. It cannot be taken back. Another's seat is recused during the discussion only, and its people
    are told.
    Raises NotYourSeat, NotOpen, BallotIsOpen, SeatOver, RecusedAlready, TooLateToRecuse, TooFewForSecrecy.
    """
    motion = locked(motion)
    chair = None if by.holds(seat.pk) else by.chair_held
    if chair is not None:
        check_is_open(motion)
        if not Seat.objects.in_force().filter(pk=seat.pk, council=by.council).exists():
            raise errors.SeatOver
    elif by.holds(seat.pk):
        _check_is_before_council(motion)
    else:
        raise errors.NotYourSeat
    if motion.recusals.in_force().filter(seat=seat).exists():
        raise errors.RecusedAlready
    recusal = Recusal.objects.create(
        motion=motion, seat=seat, proposed_by=chair, reason=reason, state=RecusalState.IN_FORCE, at=clock.now()
    )
    recuse_in_open_ballots(motion, seat.pk)
    audit.record(CouncilEvent.RECUSED, motion, by=by.access.user, center_id=by.council.center_id, seat=seat.pk)
    if chair is not None:
        outbox.post(emails.recused(recusal, by))
    return recusal


def may_edit(comment: Comment, by: CouncilMember) -> bool:
    """Whether the person wrote the comment and may still speak for its seat."""
    if comment.author_id is None or comment.author_id != by.access.user.pk:
        return False
    return _speaks_for(comment.seat_id, by)


def _speaks_for(seat_id: int | None, by: CouncilMember) -> bool:
    if seat_id is None:
        return by.access.is_staff_in(by.council.center_id)
    return seat_id in by.seats


def _check_speaks_for(seat_id: int | None, by: CouncilMember) -> None:
    if not _speaks_for(seat_id, by):
        raise errors.NotYourSeat


def _check_is_before_council(motion: Motion) -> None:
    if motion.state not in BEFORE_COUNCIL:
        raise errors.NotOpen
