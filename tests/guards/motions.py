"""Motions in the world of the guards."""

from __future__ import annotations

from actors.council.discussion import actions
from actors.council.enums import MotionKind
from actors.council.models import Comment, Motion
from actors.council.motions import actions as motion_actions
from actors.council.motions.actions import MotionData
from tests.actors.council.factories import Holder, council_member
from tests.actors.council.motions import open_motion


def make_motions(mover: Holder, other: Holder) -> tuple[Motion, Motion, Comment]:
    """An open motion with an amendment by the other seat, a draft, and a comment by the mover."""
    (seat, user), (others_seat, others_user) = mover, other
    council = seat.council
    motion = open_motion(council, seat, title="Nye borde", text="Vi køber nye borde.")
    proposal = MotionData(kind=MotionKind.OTHER, title="Hemmelig kladde", text="Vi køber et klaver.")
    draft = motion_actions.draft(seat=seat, proposal=proposal, by=council_member(user, council))
    actions.propose(
        motion=motion,
        seat=others_seat,
        base=motion.texts.get(),
        text="Vi køber brugte borde.",
        short="",
        by=council_member(others_user, council),
    )
    comment = actions.comment(motion=motion, seat=seat, text="Bordene vakler.", by=council_member(user, council))
    return motion, draft, comment
