"""Notices of a breach: staff record, the actor answers once and may appeal (S922-924). Staff never do either on its behalf."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from actors.council import errors
from actors.council.disputes import actions, emails
from actors.council.enums import CouncilEvent, Follows
from actors.council.models import Council, Dispute, HouseRule, HouseRuleVersion, RuleNotice
from actors.errors import ActorNotInHouse
from actors.models import Actor
from centers.models import Center, Room
from medborger.common import audit, clock
from medborger.common.errors import NotAllowed
from medborger.common.messaging import outbox

if TYPE_CHECKING:
    from actors.access import Access
    from actors.council.member import CouncilMember


@transaction.atomic
def record(
    *,
    center: Center,
    actor: Actor,
    rule: HouseRule,
    room: Room | None,
    happened_at: datetime,
    what: str,
    follows: Follows,
    token: UUID | None,
    by: Access,
) -> RuleNotice:
    """Note a breach of a rule as it stood on that day; the actor's people are told at once. The same form sent twice notes it once.

    A matter for the council becomes a dispute with the house as the other side.
    Raises NotAllowed for others than staff, InTheFuture, ActorNotInHouse, RuleNotThatDay, WarningNeedsReminder.
    """
    if not by.is_staff_in(center.pk):
        raise NotAllowed
    if follows == Follows.COUNCIL:
        Council.objects.select_for_update(no_key=True).get(center=center)  # before the house, as a closing locks them
    Center.objects.select_for_update(no_key=True).get(pk=center.pk)
    if token and (made := RuleNotice.objects.filter(form_token=token, center=center).first()):
        return made
    if happened_at > clock.now():
        raise errors.InTheFuture
    if not Actor.objects.in_house(center.pk).filter(pk=actor.pk).exists():
        raise ActorNotInHouse
    earlier = RuleNotice.objects.filter(center=center)
    if follows == Follows.WARNING and not earlier.filter(actor=actor, follows=Follows.REMINDER).exists():
        raise errors.WarningNeedsReminder
    notice = RuleNotice.objects.create(
        center=center,
        number=(earlier.aggregate(highest=Max("number"))["highest"] or 0) + 1,
        actor=actor,
        version=_version_of(rule, clock.local(happened_at).date()),
        room=room,
        happened_at=happened_at,
        what=what,
        follows=follows,
        recorded_by_id=by.user.pk,
        form_token=token,
        created_at=clock.now(),
    )
    audit.record(CouncilEvent.NOTICE_RECORDED, notice, by=by.user, actor=actor.pk, follows=follows)
    outbox.post(emails.notice_recorded(notice))
    if follows == Follows.COUNCIL:
        outbox.post(emails.matter_raised(_make_dispute(notice, what, raised_by=None, by=by)))
    return notice


@transaction.atomic
def answer(*, notice: RuleNotice, text: str, by: Access) -> RuleNotice:
    """Say the actor's side of it, once. Raises NotYourMatter, AlreadyAnswered."""
    if notice.actor_id not in by.actors_in(notice.center_id):
        raise errors.NotYourMatter
    fresh = _locked(notice)
    if fresh.answer == text:
        return fresh
    if fresh.answer:
        raise errors.AlreadyAnswered
    fresh.answer, fresh.answered_by_id, fresh.answered_at = text, by.user.pk, clock.now()
    fresh.save(update_fields=["answer", "answered_by", "answered_at"])
    audit.record(CouncilEvent.NOTICE_ANSWERED, fresh, by=by.user)
    outbox.post(emails.notice_answered(fresh))
    return fresh


@transaction.atomic
def appeal(*, notice: RuleNotice, why: str, by: CouncilMember) -> Dispute:
    """Object to a notice: it becomes a dispute, first for mediation. Only a contact of the actor or who holds its seat.

    Raises NotYourMatter, AppealedAlready.
    """
    if not may_appeal(notice, by):
        raise errors.NotYourMatter
    fresh = _locked(notice)
    if Dispute.objects.filter(notice=fresh).exists():
        raise errors.AppealedAlready
    dispute = _make_dispute(fresh, why, raised_by=fresh.actor, by=by.access)
    audit.record(CouncilEvent.NOTICE_APPEALED, fresh, by=by.access.user, dispute=dispute.pk)
    outbox.post(emails.notice_appealed(fresh, dispute))
    return dispute


def may_appeal(notice: RuleNotice, by: CouncilMember) -> bool:
    """Whether the person speaks for the actor in matters like this one."""
    return actions.speaks_for(notice.actor_id, by)


def _locked(notice: RuleNotice) -> RuleNotice:
    return (
        RuleNotice.objects.select_for_update(no_key=True, of=("self",))
        .select_related("center", "actor", "version__rule", "recorded_by")
        .get(pk=notice.pk)
    )


def _version_of(rule: HouseRule, day: date) -> HouseRuleVersion:
    """What the rule said on the day. Raises RuleNotThatDay."""
    version = HouseRuleVersion.objects.on(day, rule.center_id).filter(rule=rule).first()
    if version is None:
        raise errors.RuleNotThatDay
    return version


def _make_dispute(notice: RuleNotice, what: str, *, raised_by: Actor | None, by: Access) -> Dispute:
    """The house is the other side, so the actor is its only party. The title is kept, so it is in the house's language."""
    with translation.override(settings.LANGUAGE_CODE):
        words = _("Indsigelse mod påmindelse %(number)s") if raised_by else _("Påmindelse %(number)s")
    return actions.put(
        council=notice.center.council,
        title=words % {"number": notice.number},
        what=what,
        raised_by=raised_by,
        parties=[notice.actor],
        notice=notice,
        token=None,
        by=by,
    )
