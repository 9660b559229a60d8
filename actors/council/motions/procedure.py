"""Steps that several actions on motions share: who may move, the row's lock, merging an amendment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from actors.council import errors
from actors.council.enums import AmendmentState, MotionState
from actors.council.models import Amendment, Council, Motion, MotionText, StandingOrders
from medborger.common import clock, text_diff

if TYPE_CHECKING:
    from actors.council.member import CouncilMember


def may_move(seat_id: int, by: CouncilMember) -> bool:
    """Whether the person may act for a seat that moves motions and amendments, as the standing orders say today."""
    return any(seat.pk == seat_id for seat in by.may_move_for(StandingOrders.objects.in_force(by.council.pk)))


def check_may_move(seat_id: int, by: CouncilMember) -> None:
    """Raises NotAMover."""
    if not may_move(seat_id, by):
        raise errors.NotAMover


def locked(motion: Motion) -> Motion:
    """The motion as it is now, its row locked."""
    return (
        Motion.objects.select_for_update(no_key=True, of=("self",))
        .select_related("council", "mover__actor", "rule", "based_on")
        .get(pk=motion.pk)
    )


def check_is_open(motion: Motion) -> None:
    """Raises BallotIsOpen while it is voted on, NotOpen before and after the discussion."""
    if motion.state == MotionState.BALLOT:
        raise errors.BallotIsOpen
    if motion.state != MotionState.OPEN:
        raise errors.NotOpen


def merge_in(amendment: Amendment, state: AmendmentState) -> MotionText:
    """Make the motion's next text with the amendment in it. Within the caller's transaction, the motion's row locked.

    Raises AmendmentDecided, and SameWordsTaken when the newest text changed the same words or both together leave none: a rule and a
    decision say something, so a motion without words could never take effect.
    """
    base, newest = amendment.base, amendment.motion.texts.latest("number")
    try:
        text = text_diff.merge(base.text, newest.text, amendment.text)
    except text_diff.SameWords as same:
        raise errors.SameWordsTaken from same
    if not text.strip():
        raise errors.SameWordsTaken
    short = newest.short if amendment.short == base.short else amendment.short
    if newest.short not in (base.short, short):
        raise errors.SameWordsTaken
    end(amendment, state)
    return MotionText.objects.create(
        motion=amendment.motion,
        number=newest.number + 1,
        text=text,
        short=short,
        amendment=amendment,
        created_at=clock.now(),
    )


def end(amendment: Amendment, state: AmendmentState) -> None:
    """What became of an amendment. Within the caller's transaction. Raises AmendmentDecided."""
    if amendment.state != AmendmentState.PROPOSED:
        raise errors.AmendmentDecided
    amendment.state, amendment.ended_at = state, clock.now()
    amendment.save(update_fields=["state", "ended_at"])


def next_number(council: Council) -> int:
    """The number of the council's next motion; its row is locked by the caller."""
    last: int | None = Motion.objects.filter(council=council).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
