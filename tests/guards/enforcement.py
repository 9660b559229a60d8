"""A house rule, a notice and a dispute in the world of the guards."""

from __future__ import annotations

from datetime import timedelta

from actors.access import Access
from actors.council.disputes import actions, notice_actions
from actors.council.enums import Follows
from actors.council.member import CouncilMember
from actors.council.models import Council, Dispute, RuleNotice
from actors.models import Actor, User
from centers.models import Room
from medborger.common import clock
from tests.actors.council.factories import make_rule


def make_enforcement(
    council: Council, room: Room, parties: tuple[Actor, Actor], *, contact: User, staff: User, mediator: User
) -> tuple[RuleNotice, Dispute]:
    """The first party has had a reminder, and has raised a dispute with the other; one of the staff mediates."""
    version = make_rule(council.center, rooms=[room], review_on=clock.today() + timedelta(days=7))
    one, other = parties
    notice = notice_actions.record(
        center=council.center,
        actor=one,
        rule=version.rule,
        room=room,
        happened_at=clock.now() - timedelta(hours=12),
        what="Musikken spillede klokken 22.40.",
        follows=Follows.REMINDER,
        token=None,
        by=Access.of(staff),
    )
    dispute = actions.raise_dispute(
        raised_by=one,
        others=[other],
        title="Larm om tirsdagen",
        what="De synger, mens vi danser.",
        token=None,
        by=CouncilMember.of(Access.of(contact), council),
    )
    named = actions.name_mediator(dispute=dispute, mediator=mediator, by=CouncilMember.of(Access.of(staff), council))
    return notice, named
