"""Motions that lie open, and ballots on them."""

from datetime import timedelta
from typing import Any

from actors.council.ballots import actions
from actors.council.enums import AmendmentState, Method, MotionKind, MotionState
from actors.council.meeting_body import KEY
from actors.council.models import Amendment, Ballot, Council, Motion, MotionText, Seat
from actors.meetings.enums import MeetingState
from actors.meetings.models import Meeting
from actors.models import User
from medborger.common import clock
from tests.actors.council.factories import council_member


def open_motion(
    council: Council, mover: Seat, *, days_ago: int = 30, text: str = "Vi køber nye stole.", **fields: Any
) -> Motion:
    """A motion that has been open for discussion for so many days, written as it stands."""
    opened_at = clock.now() - timedelta(days=days_ago)
    last = Motion.objects.filter(council=council).order_by("-number").first()
    motion = Motion.objects.create(
        **{
            "council": council,
            "number": last.number + 1 if last else 1,
            "kind": MotionKind.OTHER,
            "state": MotionState.OPEN,
            "mover": mover,
            "title": "Nye stole",
            "created_at": opened_at,
            "opened_at": opened_at,
            **fields,
        }
    )
    MotionText.objects.create(motion=motion, number=1, text=text, created_at=opened_at)
    return motion


def open_amendment(motion: Motion, seat: Seat, text: str) -> Amendment:
    return Amendment.objects.create(
        motion=motion,
        number=motion.amendments.count() + 1,
        seat=seat,
        base=motion.texts.latest("number"),
        text=text,
        state=AmendmentState.PROPOSED,
        created_at=clock.now(),
    )


def hold_meeting(council: Council) -> Meeting:
    """A meeting of the council that began half an hour ago."""
    now = clock.now()
    return Meeting.objects.create(
        center=council.center,
        circle=KEY,
        title="Møde i rådet",
        starts_at=now - timedelta(minutes=30),
        ends_at=now + timedelta(hours=2),
        state=MeetingState.CONVENED,
        convened_at=now - timedelta(days=7),
        created_at=now - timedelta(days=7),
    )


def open_hands(council: Council, mover: tuple[Seat, User]) -> Ballot:
    """A show of hands on a new motion of the mover's, at a meeting."""
    hold_meeting(council)
    return open_ballot(council, mover, method=Method.HANDS)


def open_ballot(council: Council, mover: tuple[Seat, User], **options: Any) -> Ballot:
    """A ballot on a new motion of the mover's, opened by the action."""
    seat, user = mover
    motion = open_motion(council, seat)
    (ballot,) = actions.open_ballots(motion=motion, by=council_member(user, council), **options)
    return ballot
