"""The talk about a motion, and who takes no part in deciding it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from actors.council import errors
from actors.council.actions.ballots import open_on_recusal, recuse_in_open_ballots
from actors.council.enums import BEFORE_COUNCIL, RecusalState, Verb
from actors.council.models import Comment, CommentEdit, Council, Motion, Recusal, Seat
from actors.council.moving import check_is_open, locked
from medborger.common import audit, clock
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
        raise AlreadyDone(made)
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
    """A seat declares that it takes no part; a vote of its that is cast openly is voided. It cannot be taken back.

    Raises NotYourSeat for who does not hold it, NotOpen, RecusedAlready, TooLateToRecuse, TooFewForSecrecy.
    """
    motion = locked(motion)
    if not by.holds(seat.pk):
        raise errors.NotYourSeat
    _check_is_before_council(motion)
    recusal = motion.recusals.filter(seat=seat).exclude(state=RecusalState.REJECTED).first()
    if recusal is None:
        recusal = Recusal(motion=motion, seat=seat, reason=reason)
    elif recusal.state == RecusalState.IN_FORCE:
        raise errors.RecusedAlready
    recusal.state, recusal.at = RecusalState.IN_FORCE, clock.now()
    recusal.save()
    recuse_in_open_ballots(motion, seat.pk)
    audit.record(Verb.RECUSED, motion, by=by.standing.user, center_id=by.council.center_id, seat=seat.pk)
    return recusal


@transaction.atomic
def propose_recusal(*, motion: Motion, seat: Seat, proposer: Seat, reason: str, by: Bench) -> Recusal:
    """Ask the council to decide, by a short ballot that opens at once, that another seat takes no part.

    Raises NotYourSeat for a proposer that the person does not hold, NotOpen, BallotIsOpen, SeatOver, RecusedAlready, OnlyOthers.
    """
    council = Council.objects.locked(motion.council_id)
    motion = locked(motion)
    if not by.holds(proposer.pk):
        raise errors.NotYourSeat
    if seat == proposer:
        raise errors.OnlyOthers
    check_is_open(motion)
    if not Seat.objects.in_force().filter(pk=seat.pk, council=council).exists():
        raise errors.SeatOver
    if motion.recusals.filter(seat=seat).exclude(state=RecusalState.REJECTED).exists():
        raise errors.RecusedAlready
    recusal = Recusal.objects.create(
        motion=motion, seat=seat, proposed_by=proposer, reason=reason, state=RecusalState.PROPOSED, at=clock.now()
    )
    audit.record(Verb.RECUSAL_PROPOSED, motion, by=by.standing.user, center_id=council.center_id, seat=seat.pk)
    open_on_recusal(recusal=recusal, by=by)
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
