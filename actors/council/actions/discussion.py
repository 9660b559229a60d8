"""The talk about a motion, and who takes no part in deciding it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from actors.council import emails, errors
from actors.council.actions.ballots import recuse_in_open_ballots
from actors.council.enums import BEFORE_COUNCIL, RecusalState, Verb
from actors.council.models import Comment, CommentEdit, Motion, Recusal, Seat
from actors.council.moving import check_is_open, locked
from medborger.common import audit, clock, outbox
from medborger.common.errors import AlreadyDone

if TYPE_CHECKING:
    from actors.council.bench import Bench


@transaction.atomic
def comment(*, motion: Motion, seat: Seat | None, text: str, token: UUID | None = None, by: Bench) -> Comment:
    """Say something, for a seat of one's own; without one as staff, and marked so.

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
        author_id=by.standing.user.pk,
        text=text,
        form_token=token,
        created_at=clock.now(),
    )
    audit.record(Verb.COMMENTED, said, by=by.standing.user, center_id=by.council.center_id, motion=motion.pk)
    return said


@transaction.atomic
def edit_comment(*, comment: Comment, text: str, by: Bench) -> Comment:
    """Change one's own words; what they were stays to be seen. Raises NotYourComment, NotOpen, NothingChanged."""
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
    audit.record(Verb.COMMENT_EDITED, comment, by=by.standing.user, center_id=by.council.center_id, motion=motion.pk)
    return comment


@transaction.atomic
def recuse(*, motion: Motion, seat: Seat, reason: str = "", by: Bench) -> Recusal:
    """Record that a seat takes no part in a motion: by its own word, or as a meeting decided, which the chair's seat enters.

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
    audit.record(Verb.RECUSED, motion, by=by.standing.user, center_id=by.council.center_id, seat=seat.pk)
    if chair is not None:
        outbox.post(emails.motions.recused(recusal, by))
    return recusal


def may_edit(comment: Comment, by: Bench) -> bool:
    """One's own words, as long as one still speaks for whom they were said."""
    if comment.author_id is None or comment.author_id != by.standing.user.pk:
        return False
    return _speaks_for(comment.seat_id, by)


def _speaks_for(seat_id: int | None, by: Bench) -> bool:
    if seat_id is None:
        return by.standing.is_staff_in(by.council.center_id)
    return seat_id in by.seats


def _check_speaks_for(seat_id: int | None, by: Bench) -> None:
    if not _speaks_for(seat_id, by):
        raise errors.NotYourSeat


def _check_is_before_council(motion: Motion) -> None:
    if motion.state not in BEFORE_COUNCIL:
        raise errors.NotOpen
