"""The council's front page: what waits for the reader first, then what is before the council, in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _, ngettext

from actors.council.ballots.actions.opening import may_open_from
from actors.council.ballots.charts import VoteBar
from actors.council.enums import HolderRole, MotionState, Verdict
from actors.council.models import Dispute, HouseRuleVersion, Motion, Result, Seat, SeatHolder
from actors.council.querysets import ON_THE_WHOLE
from actors.enums import ActorRole
from actors.models import Membership
from medborger.common import clock, phrases

if TYPE_CHECKING:
    from actors.council.member import CouncilMember
    from actors.council.models import StandingOrders
    from actors.council.querysets import MotionQuerySet

DECISIONS = 5
NOT_ENDED = (MotionState.DRAFT, MotionState.OPEN, MotionState.BALLOT)


@dataclass(frozen=True)
class MotionToVoteOn:
    """A motion with an open ballot in which the reader has not voted for some seats."""

    motion: Motion
    seats: list[Seat]
    until: datetime
    about: str

    @property
    def left(self) -> str:
        return time_left(self.until)


@dataclass(frozen=True)
class PendingMotion:
    """A motion before the council, and what happens to it next."""

    motion: Motion
    next: str
    is_voted_on: bool


@dataclass(frozen=True)
class Decision:
    """How a motion ended, as a bar and in words."""

    motion: Motion
    verdict: Verdict
    bar: VoteBar
    day: str


@dataclass(frozen=True)
class OwnSeat:
    """A seat of the reader's, and as what they hold it. `lacks`: nobody represents it, and `contacts` may name somebody."""

    seat: Seat
    part: HolderRole | None
    lacks: bool = False
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overview:
    waiting: list[MotionToVoteOn]
    drafts: list[Motion]
    before: list[PendingMotion]
    decisions: list[Decision]
    to_review: list[HouseRuleVersion]
    to_follow_up: list[Dispute]
    seats: list[OwnSeat]
    may_move: bool


def of(member: CouncilMember, orders: StandingOrders) -> Overview:
    """What the reader sees, in three statements: motions; for who holds a seat, rules to review and disputes to follow up, and
    for the others who votes for them.
    """
    motions = list(_motions(member))
    holds = member.holds_a_seat
    return Overview(
        waiting=in_order(waiting(motion, member.seats) for motion in motions),
        drafts=[motion for motion in motions if motion.state == MotionState.DRAFT],
        before=[
            _before(motion, orders) for motion in motions if motion.state in (MotionState.OPEN, MotionState.BALLOT)
        ],
        decisions=[_decision(motion) for motion in motions if motion.has_ended],
        to_review=list(HouseRuleVersion.objects.to_review(member.council.center_id)) if holds else [],
        to_follow_up=list(_to_follow_up(member)) if holds else [],
        seats=[OwnSeat(seat, member.part_on(pk)) for pk, seat in member.seats.items()]
        if holds
        else _seats_of_own(member),
        may_move=bool(member.may_move_for(orders)),
    )


def waiting(motion: Motion, seats: Mapping[int, Seat]) -> MotionToVoteOn | None:
    """What waits on a motion that `with_waiting` annotated; None where nothing does."""
    if not motion.waiting_seats:
        return None
    about = _("Først stemmes der om ændringsforslag.") if motion.on_amendments else ""
    return MotionToVoteOn(motion, [seats[pk] for pk in motion.waiting_seats], motion.waiting_until, about)


def in_order(found: Iterable[MotionToVoteOn | None]) -> list[MotionToVoteOn]:
    """What waits, the first to close first."""
    return sorted((entry for entry in found if entry), key=lambda entry: (entry.until, entry.motion.pk))


def time_left(instant: datetime) -> str:
    """How long until then, in whole days on the calendar: i dag kl. 20.00, i morgen kl. 20.00, om 3 dage."""
    days = (clock.local(instant).date() - clock.today()).days
    if days <= 1:
        text = _("i morgen kl. %(hour)s") if days == 1 else _("i dag kl. %(hour)s")
        return text % {"hour": phrases.hour(instant)}
    return ngettext("om %(days)s dag", "om %(days)s dage", days) % {"days": days}


def _motions(member: CouncilMember) -> MotionQuerySet:
    """One's own drafts, what is before the council, and the last decisions with their numbers, the newest first."""
    of_council = Result.objects.filter(ON_THE_WHOLE, ballot__council=member.council)
    last = of_council.order_by("-counted_at", "-pk").values("ballot__motion")[:DECISIONS]
    shown = Motion.objects.visible_to(member).filter(Q(state__in=NOT_ENDED) | Q(pk__in=last))
    return (
        shown.with_waiting(member.access, member.parts)
        .with_outcome()
        .select_related("mover__actor", "council__center")
        .order_by(F("ended_at").desc(nulls_first=True), "-number")
    )


def _before(motion: Motion, orders: StandingOrders) -> PendingMotion:
    if motion.state == MotionState.BALLOT and (closes_at := motion.closes_at):
        if closes_at <= clock.now():
            return PendingMotion(motion, _("Afstemningen er lukket. Stemmerne tælles op."), True)
        return PendingMotion(motion, _("Afstemningen lukker %(when)s") % {"when": time_left(closes_at)}, True)
    from_then = may_open_from(motion, orders)
    if from_then > clock.now():
        return PendingMotion(motion, _("Der kan stemmes %(when)s") % {"when": time_left(from_then)}, False)
    return PendingMotion(motion, _("Der kan stemmes nu"), False)


def _decision(motion: Motion) -> Decision:
    numbers = motion.result
    assert motion.ended_at is not None
    return Decision(
        motion,
        Verdict(numbers["verdict"]),
        VoteBar(numbers["votes_for"], numbers["against"], numbers["blank"]),
        phrases.date_words(clock.local(motion.ended_at).date()),
    )


def _to_follow_up(member: CouncilMember) -> Iterable[Dispute]:
    disputes = Dispute.objects.visible_to(member.access, member).to_follow_up()
    return disputes.select_related("council__center")


def _seats_of_own(member: CouncilMember) -> list[OwnSeat]:
    """The seats of one's actors, with the contacts of those that nobody represents."""
    if not member.seats:
        return []
    representing = SeatHolder.objects.in_force().filter(part=HolderRole.REPRESENTATIVE, seat__council=member.council)
    here = Exists(representing.filter(user=OuterRef("user"), seat__actor=OuterRef("actor")))
    own = [seat.actor_id for seat in member.seats.values()]
    people = Membership.objects.in_force().filter(actor__in=own, user__is_active=True).annotate(represents=here)
    people = people.filter(Q(role=ActorRole.CONTACT) | Q(represents=True)).order_by("user__name", "pk")
    represented, contacts = set[int | None](), defaultdict[int | None, list[str]](list)
    for actor_id, name, represents in people.values_list("actor_id", "user__name", "represents"):
        contacts[actor_id].append(name)
        if represents:
            represented.add(actor_id)
    return [
        OwnSeat(seat, None)
        if seat.actor_id in represented
        else OwnSeat(seat, None, lacks=True, contacts=tuple(contacts[seat.actor_id]))
        for seat in member.seats.values()
    ]
