"""Draft a motion, open it for discussion, withdraw it. What a ballot does to one stands in `ballots.actions.closing`.

Rows are locked in this order: council, motion, ballot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from actors.council import errors
from actors.council.ballots.actions import cancel_ballots
from actors.council.enums import ON_AN_EXISTING_RULE, CouncilEvent, MotionKind, MotionState
from actors.council.models import (
    Ballot,
    Council,
    HouseRule,
    HouseRuleVersion,
    Motion,
    MotionFigure,
    MotionRoom,
    MotionText,
    ProposedOrders,
    Seat,
    StandingOrders,
)
from actors.council.motions import emails
from actors.council.motions.procedure import check_may_move, locked, next_number
from medborger.common import audit, clock
from medborger.common.errors import AlreadyDone, Stale, violated
from medborger.common.messaging import outbox

if TYPE_CHECKING:
    from actors.council.member import CouncilMember
    from centers.models import Room


# A dispute comes to the council from its own page, with its parties (`disputes.actions`).
OFFERED = tuple(kind for kind in MotionKind if kind != MotionKind.DISPUTE)
WITHOUT_TEXT = (MotionKind.REPEAL_RULE, MotionKind.STANDING_ORDERS)
MOST_FIGURES = 30


@dataclass(frozen=True)
class MotionData:
    """What a motion says. `hours` are minutes since midnight, `figures` labels with whole kroner, `orders` settings by name."""

    kind: MotionKind
    title: str
    text: str = ""
    short: str = ""
    meaning: str = ""
    why: str = ""
    rule: HouseRule | None = None
    rooms: Sequence[Room] = ()
    hours: tuple[int, int] | None = None
    weekdays: Sequence[int] = ()
    effective_on: date | None = None
    review_on: date | None = None
    figures: Sequence[tuple[str, int]] = ()
    orders: Mapping[str, Any] | None = None


@transaction.atomic
def draft(*, seat: Seat, proposal: MotionData, token: UUID | None = None, by: CouncilMember) -> Motion:
    """Write a draft, seen by the seat's own people only. The same form sent twice makes one: AlreadyDone carries the first.

    Raises NotAMover for who may move nothing for the seat, staff as such among them (S921-922); KindNotOffered,
    RuleNotInForce, OrdersContradict.
    """
    council = Council.objects.locked(by.council.pk)
    check_may_move(seat.pk, by)
    if proposal.kind not in OFFERED:
        raise errors.KindNotOffered
    if token and (made := Motion.objects.filter(form_token=token).first()):
        raise AlreadyDone(outcome=made)
    motion = Motion(
        council=council,
        number=next_number(council),
        mover=seat,
        author_id=by.access.user.pk,
        form_token=token,
        created_at=clock.now(),
    )
    _write(motion, proposal)
    audit.record(CouncilEvent.MOTION_DRAFTED, motion, by=by.access.user, center_id=council.center_id, kind=motion.kind)
    return motion


@transaction.atomic
def edit_draft(*, motion: Motion, proposal: MotionData, version: int, by: CouncilMember) -> Motion:
    """Write the draft anew, on the rule as it stands today. Raises NotAMover, NotADraft, Stale and what `draft` does."""
    motion = locked(motion)
    check_may_move(motion.mover_id, by)
    _check_is_draft(motion, version)
    _write(motion, proposal)
    audit.record(
        CouncilEvent.MOTION_DRAFTED, motion, by=by.access.user, center_id=by.council.center_id, kind=motion.kind
    )
    return motion


@transaction.atomic
def open_for_discussion(*, motion: Motion, version: int, by: CouncilMember) -> Motion:
    """Move the motion: its text is frozen, everybody in the council is told, and the days of notice run from now.

    Raises NotAMover, NotADraft, Stale, MotionIncomplete, RuleNotInForce, RuleHasMotion, RuleChangesSoon.
    """
    council = Council.objects.locked(motion.council_id)
    motion = locked(motion)
    check_may_move(motion.mover_id, by)
    _check_is_draft(motion, version)
    if lacking := missing(motion):
        raise lacking[0]
    if motion.rule is not None:
        _check_rule_is_free(motion, motion.rule)
    others = Motion.objects.before_council().filter(council=council, kind=MotionKind.STANDING_ORDERS)
    if motion.kind == MotionKind.STANDING_ORDERS and others.exists():
        raise errors.OrdersHaveMotion
    motion.state, motion.opened_at = MotionState.OPEN, clock.now()
    motion.save(update_fields=["state", "opened_at"])
    audit.record(CouncilEvent.MOTION_OPENED, motion, by=by.access.user, center_id=council.center_id)
    outbox.post(emails.opened(motion, council, by))
    return motion


@transaction.atomic
def withdraw(*, motion: Motion, by: CouncilMember) -> Motion:
    """Take a motion or a draft back. Open ballots on it are broken off, and nobody sees what they held.

    Raises NotAMover, MotionOver, and BallotBeingCounted once the time for voting is over.
    """
    Council.objects.locked(motion.council_id)
    motion = locked(motion)
    check_may_move(motion.mover_id, by)
    if motion.has_ended:
        raise errors.MotionOver
    if Ballot.objects.due().filter(motion=motion).exists():
        raise errors.BallotBeingCounted
    motion.state, motion.ended_at = MotionState.WITHDRAWN, clock.now()
    motion.save(update_fields=["state", "ended_at"])
    cancel_ballots(motion)
    audit.record(CouncilEvent.MOTION_WITHDRAWN, motion, by=by.access.user, center_id=by.council.center_id)
    return motion


def missing(motion: Motion) -> list[errors.MotionIncomplete]:
    """What a draft lacks before it can be opened for discussion: field and message."""
    text = motion.texts.latest("number")
    lacking = [
        (
            "text",
            motion.kind not in WITHOUT_TEXT and not text.text.strip(),
            _("Skriv, hvad I foreslår, så ordene kan stemmes om."),
        ),
        (
            "text",
            motion.kind == MotionKind.CHANGE_RULE and _says_what_the_rule_says(motion, text),
            _("Forslaget siger det samme som reglen i dag. Ret i teksten."),
        ),
        (
            "meaning",
            motion.is_on_rule and not motion.meaning.strip(),
            _("Skriv, hvad forslaget betyder for dem, der bruger huset."),
        ),
        (
            "figures",
            motion.kind == MotionKind.FINANCING and not motion.figures.exists(),
            _("Skriv mindst én post med et beløb."),
        ),
        (
            "effective_on",
            motion.effective_on is not None and motion.effective_on < clock.today(),
            _("Datoen er forbi. Vælg en senere dag, eller lad feltet stå tomt."),
        ),
        (
            "",
            motion.kind == MotionKind.STANDING_ORDERS and not _changes_the_orders(motion),
            _("Forretningsordenen er, som den er i dag. Lav mindst én ændring."),
        ),
    ]
    return [errors.MotionIncomplete(why, field=field or None) for field, lacks, why in lacking if lacks]


def version_today(rule: HouseRule | None, council: Council) -> HouseRuleVersion:
    """The version of a rule that is in force today. Raises RuleNotInForce."""
    rules = HouseRuleVersion.objects.on(clock.today(), council.center_id)
    found = rules.filter(rule=rule).first() if rule else None
    if found is None:
        raise errors.RuleNotInForce
    return found


def _check_is_draft(motion: Motion, version: int) -> None:
    if motion.state != MotionState.DRAFT:
        raise errors.NotADraft
    if motion.version != version:
        raise Stale(current=motion)


def _check_rule_is_free(motion: Motion, rule: HouseRule) -> None:
    """Check that the rule is unchanged since the draft, that no later version waits, and that no other motion is about it."""
    if version_today(rule, motion.council) != motion.based_on:
        raise errors.RuleChangedSince
    if coming := rule.versions.filter(in_force_on__gt=clock.today()).first():
        raise errors.RuleChangesSoon(on=coming.in_force_on)
    if other := Motion.objects.before_council().filter(rule=rule).exclude(pk=motion.pk).first():
        raise errors.RuleHasMotion(motion=other)


def _says_what_the_rule_says(motion: Motion, text: MotionText) -> bool:
    was = motion.based_on
    if was is None:
        return False
    before = (was.title, was.text, was.short, was.from_minute, was.to_minute, sorted(was.weekdays), was.review_on)
    now = (
        motion.title,
        text.text,
        text.short,
        motion.from_minute,
        motion.to_minute,
        sorted(motion.weekdays),
        motion.review_on,
    )
    return before == now and set(motion.rooms.all()) == set(was.rooms.all())


def _changes_the_orders(motion: Motion) -> bool:
    proposed = ProposedOrders.objects.filter(motion=motion).first()
    return proposed is not None and proposed.settings() != StandingOrders.objects.in_force(motion.council_id).settings()


def _write(motion: Motion, proposal: MotionData) -> None:
    """Write the motion's data to the draft's rows, replacing what they held. Within the caller's transaction. Raises TooManyFigures."""
    if len(proposal.figures) > MOST_FIGURES:
        raise errors.TooManyFigures
    on_existing = proposal.kind in ON_AN_EXISTING_RULE
    motion.kind, motion.title = proposal.kind, proposal.title
    motion.meaning, motion.why = proposal.meaning, proposal.why
    motion.based_on = version_today(proposal.rule, motion.council) if on_existing else None
    motion.rule = proposal.rule if on_existing else None
    motion.from_minute, motion.to_minute = proposal.hours or (None, None)
    motion.weekdays = sorted(proposal.weekdays)
    motion.effective_on, motion.review_on = proposal.effective_on, proposal.review_on
    motion.version = motion.version + 1 if motion.pk else 1
    motion.save()
    MotionText.objects.update_or_create(
        motion=motion,
        number=1,
        defaults={"text": proposal.text, "short": proposal.short},
        create_defaults={"text": proposal.text, "short": proposal.short, "created_at": clock.now()},
    )
    MotionRoom.objects.filter(motion=motion).delete()
    MotionRoom.objects.bulk_create(MotionRoom(motion=motion, room=room) for room in proposal.rooms)
    motion.figures.all().delete()
    MotionFigure.objects.bulk_create(
        MotionFigure(motion=motion, position=position, label=label, kroner=kroner)
        for position, (label, kroner) in enumerate(proposal.figures, 1)
    )
    _write_orders(motion, proposal.orders)


def _write_orders(motion: Motion, orders: Mapping[str, Any] | None) -> None:
    ProposedOrders.objects.filter(motion=motion).delete()
    if orders is None:
        return
    try:
        with transaction.atomic():
            ProposedOrders.objects.create(motion=motion, **orders)
    except IntegrityError as error:
        if violated(error).startswith("proposedorders_"):
            raise errors.OrdersContradict from error
        raise
