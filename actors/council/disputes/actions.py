"""Disputes between actors (S924): mediation first, then the council, which decides by a motion the parties take no part in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from actors.council import errors
from actors.council.disputes import emails as dispute_emails
from actors.council.enums import CouncilEvent, DisputeState, MotionKind, MotionState, RecusalState
from actors.council.models import Council, Dispute, DisputeParty, Motion, MotionText, Recusal, RuleNotice, Seat
from actors.council.motions import emails as motion_emails
from actors.council.motions.procedure import next_number
from actors.errors import ActorNotInHouse
from actors.models import Actor, Membership, User
from medborger.common import audit, clock
from medborger.common.messaging import outbox

if TYPE_CHECKING:
    from actors.access import Access
    from actors.council.member import CouncilMember


@transaction.atomic
def raise_dispute(
    *,
    raised_by: Actor,
    others: Collection[Actor],
    title: str,
    what: str,
    token: UUID | None,
    by: CouncilMember,
) -> Dispute:
    """Take up a conflict with other actors of the house, for mediation. The same form sent twice raises it once.

    Raises NotYourMatter, NeedsTwoParties, ActorNotInHouse.
    """
    if not speaks_for(raised_by.pk, by):
        raise errors.NotYourMatter
    others = [actor for actor in others if actor.pk != raised_by.pk]
    if not others:
        raise errors.NeedsTwoParties
    in_house = Actor.objects.in_house(by.council.center_id)
    if in_house.filter(pk__in=[actor.pk for actor in others]).count() < len(others):
        raise ActorNotInHouse(field="parties")
    dispute = put(
        council=by.council,
        title=title,
        what=what,
        raised_by=raised_by,
        parties=[raised_by, *others],
        notice=None,
        token=token,
        by=by.access,
    )
    outbox.post(dispute_emails.dispute_raised(dispute, by.access.user))
    return dispute


def put(
    *,
    council: Council,
    title: str,
    what: str,
    raised_by: Actor | None,
    parties: Collection[Actor],
    notice: RuleNotice | None,
    token: UUID | None,
    by: Access,
) -> Dispute:
    """Write a dispute within the caller's transaction; one that was made from the same form is given back."""
    Council.objects.locked(council.pk)
    theirs = Dispute.objects.filter(council=council)
    if token and (made := theirs.filter(form_token=token).first()):
        return made
    dispute = Dispute.objects.create(
        council=council,
        number=(theirs.aggregate(highest=Max("number"))["highest"] or 0) + 1,
        title=title,
        what=what,
        raised_by=raised_by,
        author_id=by.user.pk,
        notice=notice,
        form_token=token,
        created_at=clock.now(),
    )
    DisputeParty.objects.bulk_create([DisputeParty(dispute=dispute, actor=actor) for actor in parties])
    audit.record(CouncilEvent.DISPUTE_RAISED, dispute, by=by.user, center_id=council.center_id)
    return dispute


@transaction.atomic
def name_mediator(*, dispute: Dispute, mediator: User | Seat, by: CouncilMember) -> Dispute:
    """Ask somebody of the house's staff, or another seat, to mediate. The house chooses, for a party would choose a friend (S468-473).

    Raises NotYourMatter, MediatorIsParty, DisputeOver, DisputeBeforeCouncil.
    """
    if not may_name_mediator(dispute, by):
        raise errors.NotYourMatter
    fresh = _in_mediation(dispute)
    if _is_party(mediator, fresh):
        raise errors.MediatorIsParty
    fresh.mediator = mediator if isinstance(mediator, User) else None
    fresh.mediator_seat = mediator if isinstance(mediator, Seat) else None
    fresh.save(update_fields=["mediator", "mediator_seat"])
    _record(CouncilEvent.MEDIATOR_NAMED, fresh, by)
    outbox.post(dispute_emails.mediator_named(fresh, by.access.user))
    return fresh


@transaction.atomic
def settle(*, dispute: Dispute, agreement: str, follow_up_on: date | None, by: CouncilMember) -> Dispute:
    """Write down what the parties agreed on, by their mediator. Raises NotTheMediator, NotAComingDay, DisputeOver, DisputeBeforeCouncil."""
    if not is_mediator(dispute, by):
        raise errors.NotTheMediator
    _check_day(follow_up_on)
    fresh = _in_mediation(dispute)
    _settled(fresh, agreement, follow_up_on)
    _record(CouncilEvent.DISPUTE_MEDIATED, fresh, by)
    outbox.post(dispute_emails.dispute_settled(fresh, by.access.user))
    return fresh


@transaction.atomic
def end_mediation(*, dispute: Dispute, what_was_tried: str, by: CouncilMember) -> Dispute:
    """Say that mediation did not lead to an agreement; the council may take it up now. Raises as `settle`."""
    if not is_mediator(dispute, by):
        raise errors.NotTheMediator
    fresh = _in_mediation(dispute)
    fresh.mediation = what_was_tried
    fresh.save(update_fields=["mediation"])
    _record(CouncilEvent.MEDIATION_ENDED, fresh, by)
    outbox.post(dispute_emails.mediation_ended(fresh, by.access.user))
    return fresh


@transaction.atomic
def send_to_council(
    *, dispute: Dispute, proposal: str, tried: str, follow_up_on: date | None, token: UUID | None, by: CouncilMember
) -> Motion:
    """Put the dispute to the council as a motion with a proposed decision, open for discussion at once; the parties' seats are recused.

    Moved by the seat of who raised it, else the chair's, else that of who sends it. Staff send nothing: they do not set the agenda.
    Raises NotYourMatter, MediationFirst, NotAComingDay, DisputeOver, DisputeBeforeCouncil.
    """
    if not may_send_to_council(dispute, by):
        raise errors.NotYourMatter
    _check_day(follow_up_on)
    Council.objects.locked(by.council.pk)
    fresh = _locked(dispute)
    if token and fresh.motion and fresh.motion.form_token == token:
        return fresh.motion
    if fresh.is_before_council:
        raise errors.DisputeBeforeCouncil
    _check_unsettled(fresh)
    fresh.mediation = fresh.mediation or tried
    if not fresh.mediation:
        raise errors.MediationFirst
    fresh.motion = _motion(fresh, proposal, follow_up_on, token, by)
    fresh.state = DisputeState.COUNCIL
    fresh.save(update_fields=["mediation", "motion", "state"])
    recuse_parties(fresh.motion)
    _record(CouncilEvent.DISPUTE_TO_COUNCIL, fresh, by, motion=fresh.motion.pk)
    audit.record(
        CouncilEvent.MOTION_OPENED, fresh.motion, by=by.access.user, center_id=by.council.center_id, dispute=fresh.pk
    )
    outbox.post(dispute_emails.dispute_to_council(fresh, by.access.user))
    outbox.post(motion_emails.opened(fresh.motion, by.council, by))
    return fresh.motion


@transaction.atomic
def settled_by(motion: Motion) -> Dispute:
    """What an adopted motion says is the dispute's decision. Runs in the transaction that closes the ballot.

    A motion that was rejected leaves the dispute with the council: another one can be sent.
    """
    dispute = _locked(motion.dispute)
    _settled(dispute, motion.texts.order_by("-number")[0].text, motion.review_on)
    audit.record(CouncilEvent.DISPUTE_SETTLED, dispute, by=None, center_id=dispute.council.center_id, motion=motion.pk)
    outbox.post(dispute_emails.dispute_settled(dispute, None))
    return dispute


@transaction.atomic
def follow_up(*, dispute: Dispute, by: CouncilMember) -> Dispute:
    """Say that the decision has been followed up. Raises OnlyTheCouncil for who neither holds a seat nor mediated, NotSettledYet."""
    if not (by.holds_a_seat or is_mediator(dispute, by)):
        raise errors.OnlyTheCouncil
    fresh = _locked(dispute)
    if fresh.state != DisputeState.SETTLED:
        raise errors.NotSettledYet
    if fresh.followed_up_at is None:
        fresh.followed_up_at = clock.now()
        fresh.save(update_fields=["followed_up_at"])
        _record(CouncilEvent.FOLLOWED_UP, fresh, by)
    return fresh


@transaction.atomic
def withdraw(*, dispute: Dispute, by: CouncilMember) -> Dispute:
    """Take it back, by who raised it. Raises NotYourMatter, DisputeOver, DisputeBeforeCouncil."""
    if not may_withdraw(dispute, by):
        raise errors.NotYourMatter
    fresh = _locked(dispute)
    if fresh.state == DisputeState.WITHDRAWN:
        return fresh
    if fresh.is_before_council:
        raise errors.DisputeBeforeCouncil
    _check_unsettled(fresh)
    fresh.state, fresh.settled_at = DisputeState.WITHDRAWN, clock.now()
    fresh.save(update_fields=["state", "settled_at"])
    _record(CouncilEvent.DISPUTE_WITHDRAWN, fresh, by)
    outbox.post(dispute_emails.dispute_withdrawn(fresh, by.access.user))
    return fresh


def speaks_for(actor_id: int, by: CouncilMember) -> bool:
    """Whether the person is the actor's contact or holds its seat, and the actor is in the house."""
    if actor_id not in by.access.actors_in(by.council.center_id):
        return False
    return by.access.is_contact_of(actor_id) or any(seat.actor_id == actor_id for seat in by.held_seats)


def _raised_it(dispute: Dispute, by: CouncilMember) -> bool:
    """What the house has raised (a matter for the council) is raised by its staff."""
    if dispute.raised_by_id is None:
        return by.access.is_staff_in(by.council.center_id)
    return speaks_for(dispute.raised_by_id, by)


def may_name_mediator(dispute: Dispute, by: CouncilMember) -> bool:
    return by.access.is_staff_in(by.council.center_id)


def may_withdraw(dispute: Dispute, by: CouncilMember) -> bool:
    return _raised_it(dispute, by)


def may_send_to_council(dispute: Dispute, by: CouncilMember) -> bool:
    """Whoever holds a seat, and who raised it for an actor; never the staff (S921-922)."""
    return by.holds_a_seat or (dispute.raised_by_id is not None and speaks_for(dispute.raised_by_id, by))


def is_mediator(dispute: Dispute, by: CouncilMember) -> bool:
    if dispute.mediator_seat_id is not None:
        return by.holds(dispute.mediator_seat_id)
    return dispute.mediator_id is not None and dispute.mediator_id == by.access.user.pk


def _is_party(mediator: User | Seat, dispute: Dispute) -> bool:
    """Also who recorded the notice that it began with: there the house is the other side."""
    parties = [party.pk for party in dispute.parties.all()]
    if isinstance(mediator, Seat):
        return mediator.actor_id in parties
    if dispute.notice and dispute.notice.recorded_by_id == mediator.pk:
        return True
    return Membership.objects.in_force().filter(user=mediator, actor__in=parties).exists()


def _locked(dispute: Dispute) -> Dispute:
    return (
        Dispute.objects.select_for_update(no_key=True, of=("self",))
        .select_related("council__center", "raised_by", "notice", "motion", "mediator", "mediator_seat__actor")
        .get(pk=dispute.pk)
    )


def _in_mediation(dispute: Dispute) -> Dispute:
    fresh = _locked(dispute)
    if fresh.state == DisputeState.COUNCIL:
        raise errors.DisputeBeforeCouncil
    _check_unsettled(fresh)
    return fresh


def _check_unsettled(dispute: Dispute) -> None:
    if dispute.is_over:
        raise errors.DisputeOver


def _check_day(day: date | None) -> None:
    if day is not None and day <= clock.today():
        raise errors.NotAComingDay(field="follow_up_on")


def _settled(dispute: Dispute, decision: str, follow_up_on: date | None) -> None:
    dispute.state, dispute.settled_at = DisputeState.SETTLED, clock.now()
    dispute.decision, dispute.follow_up_on = decision, follow_up_on
    dispute.save(update_fields=["state", "settled_at", "decision", "follow_up_on"])


def _motion(
    dispute: Dispute, proposal: str, follow_up_on: date | None, token: UUID | None, by: CouncilMember
) -> Motion:
    """Written here, not drafted. All in the house read it, so of the dispute it tells the title and the proposal alone."""
    now = clock.now()
    with translation.override(settings.LANGUAGE_CODE):
        title = (_("Konflikt: %(title)s") % {"title": dispute.title})[:100]
    motion = Motion.objects.create(
        council=by.council,
        number=next_number(by.council),
        kind=MotionKind.DISPUTE,
        state=MotionState.OPEN,
        mover=_mover(dispute, by),
        author_id=by.access.user.pk,
        title=title,
        review_on=follow_up_on,
        form_token=token,
        created_at=now,
        opened_at=now,
    )
    MotionText.objects.create(motion=motion, number=1, text=proposal, created_at=now)
    return motion


def _mover(dispute: Dispute, by: CouncilMember) -> Seat:
    seats = Seat.objects.in_force().filter(council=by.council)
    own = seats.filter(actor=dispute.raised_by).first() if dispute.raised_by else None
    mover = own or seats.filter(is_chair=True).first() or next(iter(by.held_seats), None)
    if mover is None:
        raise errors.NotAMover
    return mover


def recuse_parties(motion: Motion) -> None:
    """By the council's own rule, without anybody declaring it (S924). Done again, it recuses seats that parties have got since.

    Within the caller's transaction, with the motion's row locked.
    """
    parties = Actor.objects.filter(disputes__motion=motion)
    already = motion.recusals.exclude(state=RecusalState.REJECTED).values("seat")
    seats = Seat.objects.in_force().filter(council=motion.council_id, actor__in=parties).exclude(pk__in=already)
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("Part i konflikten")
    Recusal.objects.bulk_create(
        [
            Recusal(motion=motion, seat=seat, reason=reason, state=RecusalState.IN_FORCE, at=clock.now())
            for seat in seats
        ]
    )


def _record(verb: CouncilEvent, dispute: Dispute, by: CouncilMember, **parameters: int) -> None:
    audit.record(verb, dispute, by=by.access.user, center_id=by.council.center_id, **parameters)
