"""Other wordings of a motion's text: proposed by a seat, taken in by the mover, or decided by a ballot (`decisions`)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from actors.council import emails, errors
from actors.council.enums import AmendmentState, Verb
from actors.council.models import Amendment, Motion, MotionText, Seat
from actors.council.moving import check_is_open, check_may_move, end, locked, merge_in
from medborger.common import audit, clock, outbox
from medborger.common.errors import AlreadyDone

if TYPE_CHECKING:
    from actors.council.bench import Bench


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
    by: Bench,
) -> Amendment:
    """Propose another wording, written upon `base`, one of the motion's texts. The mover's people are told.

    Raises NotAMover, NotOpen, BallotIsOpen, NothingToAmend, NothingChanged, and AlreadyDone with the first of the same form.
    """
    motion = locked(motion)
    check_may_move(seat.pk, by)
    check_is_open(motion)
    if token and (made := Amendment.objects.filter(form_token=token).first()):
        raise AlreadyDone(made)
    if not base.text:
        raise errors.NothingToAmend
    if (text, short) == (base.text, base.short):
        raise errors.NothingChanged
    last: int | None = motion.amendments.aggregate(last=Max("number"))["last"]
    amendment = Amendment.objects.create(
        motion=motion,
        number=(last or 0) + 1,
        seat=seat,
        author_id=by.standing.user.pk,
        base=base,
        text=text,
        short=short,
        reason=reason,
        form_token=token,
        created_at=clock.now(),
    )
    audit.record(Verb.AMENDMENT_PROPOSED, amendment, by=by.standing.user, center_id=by.council.center_id)
    outbox.post(emails.motions.amendment_proposed(amendment, motion, by))
    return amendment


@transaction.atomic
def take_in(*, amendment: Amendment, by: Bench) -> MotionText:
    """The mover makes an amendment part of the motion: merged into the newest text, word by word. The days of notice run anew:
    what is voted on has lain open as long as the standing orders ask.

    Raises NotAMover, NotOpen, BallotIsOpen, AmendmentDecided, SameWordsTaken.
    """
    motion, amendment = _locked(amendment)
    check_may_move(motion.mover_id, by)
    check_is_open(motion)
    made = merge_in(amendment, AmendmentState.TAKEN_IN)
    motion.notice_from = made.created_at
    motion.save(update_fields=["notice_from"])
    audit.record(Verb.AMENDMENT_TAKEN_IN, amendment, by=by.standing.user, center_id=by.council.center_id)
    outbox.post(emails.motions.taken_in(amendment, motion, by))
    return made


@transaction.atomic
def withdraw(*, amendment: Amendment, by: Bench) -> Amendment:
    """Raises NotAMover for others than its seat's people, NotOpen, BallotIsOpen, AmendmentDecided."""
    motion, amendment = _locked(amendment)
    check_may_move(amendment.seat_id, by)
    check_is_open(motion)
    end(amendment, AmendmentState.WITHDRAWN)
    audit.record(Verb.AMENDMENT_WITHDRAWN, amendment, by=by.standing.user, center_id=by.council.center_id)
    return amendment


def _locked(amendment: Amendment) -> tuple[Motion, Amendment]:
    """The motion's row is locked first: all that happens to its amendments happens under it."""
    motion = locked(amendment.motion)
    fresh = Amendment.objects.select_related("base", "seat__actor").get(pk=amendment.pk)
    fresh.motion = motion
    return motion, fresh
