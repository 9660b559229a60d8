"""Put a house rule into force; only an adopted motion does (S918-921). Keep one after its review."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from actors.council import errors, signals
from actors.council.enums import CouncilEvent, MotionKind
from actors.council.models import HouseRule, HouseRuleVersion, Motion, RuleRoom, StandingOrders
from centers.models import Center
from medborger.common import audit, clock
from medborger.common.errors import Stale

if TYPE_CHECKING:
    from actors.council.member import CouncilMember


@transaction.atomic
def put_in_force(motion: Motion) -> HouseRuleVersion:
    """Make an adopted motion on a rule the rule's next version, in force from the day it names, at the earliest today.

    A new rule takes the house's next number. Runs in the transaction that closes the ballot.
    """
    center_id = motion.council.center_id
    _lock(center_id)
    rule = motion.rule or _new_rule(center_id)
    words = motion.texts.order_by("-number")[0]
    repeals = motion.kind == MotionKind.REPEAL_RULE
    title = motion.based_on.title if repeals and motion.based_on else motion.title
    said: dict[str, Any] = {"repeals": True} if repeals else {"text": words.text, "short": words.short}
    return _write(
        rule,
        rooms=[] if repeals else [room.pk for room in motion.rooms.all()],
        motion=motion,
        title=title,
        from_minute=motion.from_minute,
        to_minute=motion.to_minute,
        weekdays=motion.weekdays,
        review_on=None if repeals else motion.review_on,
        in_force_on=max(motion.effective_on or clock.today(), clock.today()),
        **said,
    )


@transaction.atomic
def review(*, version: HouseRuleVersion, next_on: date, by: CouncilMember) -> HouseRuleVersion:
    """Keep a rule as it is, and look at it again on `next_on`: the same words once more, from today.

    Raises OnlyTheCouncil, NoReviews; NotAComingDay; Stale when the rule was changed or repealed since `version`.
    """
    center_id = by.council.center_id
    if not by.holds_a_seat:
        raise errors.OnlyTheCouncil
    if not StandingOrders.objects.in_force(by.council.pk).reviews:
        raise errors.NoReviews
    if next_on <= clock.today():
        raise errors.NotAComingDay(field="next_on")
    _lock(center_id)
    current = HouseRuleVersion.objects.on(clock.today(), center_id).filter(rule=version.rule_id).first()
    if current is None or current.pk != version.pk:
        raise Stale(current=current)
    kept = _write(
        version.rule,
        rooms=[room.pk for room in version.rooms.all()],
        motion=None,
        title=version.title,
        text=version.text,
        short=version.short,
        from_minute=version.from_minute,
        to_minute=version.to_minute,
        weekdays=version.weekdays,
        review_on=next_on,
        in_force_on=clock.today(),
    )
    audit.record(CouncilEvent.RULE_REVIEWED, kept, by=by.access.user, center_id=center_id, next_on=next_on.isoformat())
    return kept


def _lock(center_id: int) -> None:
    """Rules of a house get their numbers one at a time. Its row, not the council's: a closing has a ballot locked already."""
    Center.objects.select_for_update(no_key=True).get(pk=center_id)


def _new_rule(center_id: int) -> HouseRule:
    highest = HouseRule.objects.of_house(center_id).aggregate(highest=Max("number"))["highest"] or 0
    return HouseRule.objects.create(center_id=center_id, number=highest + 1)


def _write(rule: HouseRule, *, rooms: list[int], motion: Motion | None, **fields: Any) -> HouseRuleVersion:
    newest = rule.versions.aggregate(newest=Max("number"))["newest"] or 0
    version = HouseRuleVersion.objects.create(
        rule=rule, number=newest + 1, motion=motion, created_at=clock.now(), **fields
    )
    RuleRoom.objects.bulk_create([RuleRoom(version=version, room_id=room) for room in rooms])
    if motion:
        audit.record(CouncilEvent.RULE_IN_FORCE, version, by=None, center_id=rule.center_id, motion=motion.pk)
    signals.rules_changed.send(sender=HouseRule, center_id=rule.center_id)
    return version
