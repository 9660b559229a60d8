"""The council's front page: what waits for the reader first, then what is before the council, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.council.ballots.actions.opening import may_open_from
from actors.council.ballots.charts import Bar
from actors.council.enums import MotionState, Part, Verdict
from actors.council.models import Ballot, Dispute, Entitlement, HouseRuleVersion, Motion, Result, Seat, SeatHolder
from actors.enums import ActorRole
from actors.models import Membership
from medborger.common import clock, phrases

if TYPE_CHECKING:
    from actors.council.member import CouncilMember
    from actors.council.models import StandingOrders
    from actors.council.querysets import MotionQuerySet
    from actors.standing import Standing

DECISIONS = 5
FINAL = (Verdict.ADOPTED, Verdict.REJECTED, Verdict.NOT_QUORATE)
NOT_ENDED = (MotionState.DRAFT, MotionState.OPEN, MotionState.BALLOT)


@dataclass(frozen=True)
class Waiting:
    """A motion with an open ballot in which the reader has not voted for some seats."""

    motion: Motion
    seats: list[Seat]
    until: datetime
    about: str

    @property
    def left(self) -> str:
        return time_left(self.until)


@dataclass(frozen=True)
class Before:
    """A motion before the council, and what happens to it next."""

    motion: Motion
    next: str
    is_voted_on: bool


@dataclass(frozen=True)
class Decision:
    """How a motion ended, as a bar and in words."""

    motion: Motion
    verdict: Verdict
    bar: Bar
    day: str


@dataclass(frozen=True)
class OwnSeat:
    """A seat of the reader's, and as what they hold it. `lacks`: nobody represents it, and `contacts` may name somebody."""

    seat: Seat
    part: Part | None
    lacks: bool = False
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overview:
    waiting: list[Waiting]
    drafts: list[Motion]
    before: list[Before]
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


def with_waiting(motions: MotionQuerySet, standing: Standing, parts: Mapping[int, Part]) -> MotionQuerySet:
    """Annotates each motion with the seats for which the person, who holds them as `parts` says, has still to vote, until when,
    and what is voted on.

    A secret vote waits for the one person who casts it: who was named, or the representative when that one has left the seat.
    """
    open_now = Q(ballot__closed_at=None, ballot__closes_at__gt=clock.now(), ballot__motion=OuterRef("pk"))
    represented = [pk for pk, part in parts.items() if part == Part.REPRESENTATIVE]
    still_named = Exists(SeatHolder.objects.in_force().filter(pk=OuterRef("named")))
    casts = (Q(named__user=standing.user.pk) & still_named) | (Q(seat__in=represented) & ~still_named)
    rows = Entitlement.objects.not_voted().filter(open_now, Q(ballot__secret=False) | casts, seat__in=list(parts))
    return motions.annotate(
        waiting_seats=ArraySubquery(rows.order_by("seat").values("seat").distinct()),
        waiting_until=Subquery(rows.order_by("ballot__closes_at").values("ballot__closes_at")[:1]),
        on_amendments=Exists(rows.filter(ballot__amendment__isnull=False)),
    )


def waiting(motion: Motion, seats: Mapping[int, Seat]) -> Waiting | None:
    """What waits on a motion that `with_waiting` annotated; None where nothing does."""
    found = vars(motion)
    if not found["waiting_seats"]:
        return None
    about = _("Først stemmes der om ændringsforslag.") if found["on_amendments"] else ""
    return Waiting(motion, [seats[pk] for pk in found["waiting_seats"]], found["waiting_until"], about)


def in_order(found: Iterable[Waiting | None]) -> list[Waiting]:
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
    result = Result.objects.filter(ballot__amendment=None, ballot__recusal=None, verdict__in=FINAL)
    of_council = result.filter(ballot__council=member.council)
    last = of_council.order_by("-counted_at", "-pk").values("ballot__motion")[:DECISIONS]
    numbers = JSONObject(**{name: name for name in ("verdict", "votes_for", "against", "blank")})
    closes_at = Ballot.objects.unclosed().filter(motion=OuterRef("pk")).order_by("closes_at").values("closes_at")[:1]
    shown = Motion.objects.visible_to(member).filter(Q(state__in=NOT_ENDED) | Q(pk__in=last))
    return (
        with_waiting(shown, member.standing, member.parts)
        .annotate(
            closes_at=Subquery(closes_at),
            result=Subquery(result.filter(ballot__motion=OuterRef("pk")).values(numbers=numbers)[:1]),
        )
        .select_related("mover__actor", "council__center")
        .order_by(F("ended_at").desc(nulls_first=True), "-number")
    )


def _before(motion: Motion, orders: StandingOrders) -> Before:
    closes_at: datetime | None = vars(motion)["closes_at"]
    if motion.state == MotionState.BALLOT and closes_at:
        if closes_at <= clock.now():
            return Before(motion, _("Afstemningen er lukket. Stemmerne tælles op."), True)
        return Before(motion, _("Afstemningen lukker %(when)s") % {"when": time_left(closes_at)}, True)
    from_then = may_open_from(motion, orders)
    if from_then > clock.now():
        return Before(motion, _("Der kan stemmes %(when)s") % {"when": time_left(from_then)}, False)
    return Before(motion, _("Der kan stemmes nu"), False)


def _decision(motion: Motion) -> Decision:
    numbers: dict[str, Any] = vars(motion)["result"]
    assert motion.ended_at is not None
    return Decision(
        motion,
        Verdict(numbers["verdict"]),
        Bar(numbers["votes_for"], numbers["against"], numbers["blank"]),
        phrases.date_words(clock.local(motion.ended_at).date()),
    )


def _to_follow_up(member: CouncilMember) -> Iterable[Dispute]:
    disputes = Dispute.objects.visible_to(member.standing, member).to_follow_up()
    return disputes.select_related("council__center")


def _seats_of_own(member: CouncilMember) -> list[OwnSeat]:
    """The seats of one's actors, with the contacts of those that nobody represents."""
    if not member.seats:
        return []
    representing = SeatHolder.objects.in_force().filter(part=Part.REPRESENTATIVE, seat__council=member.council)
    here = Exists(representing.filter(user=OuterRef("user"), seat__actor=OuterRef("actor")))
    own = [seat.actor_id for seat in member.seats.values()]
    people = Membership.objects.in_force().filter(actor__in=own, user__is_active=True).annotate(represents=here)
    people = people.filter(Q(role=ActorRole.CONTACT) | Q(represents=True)).select_related("user")
    by_actor: dict[int, list[Membership]] = {}
    for person in people.order_by("user__name", "pk"):
        by_actor.setdefault(person.actor_id, []).append(person)
    return [_own_seat(seat, by_actor.get(seat.actor_id or 0, [])) for seat in member.seats.values()]


def _own_seat(seat: Seat, people: list[Membership]) -> OwnSeat:
    if any(vars(person)["represents"] for person in people):
        return OwnSeat(seat, None)
    return OwnSeat(seat, None, lacks=True, contacts=tuple(person.user.name for person in people))
