"""The council's front page: what waits for the reader first, then what is before the council, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.council.charts import Bar
from actors.council.enums import MotionState, Part, Verdict
from actors.council.models import (
    Ballot,
    Dispute,
    Entitlement,
    HouseRuleVersion,
    Motion,
    Result,
    Seat,
    SeatHolder,
    StandingOrders,
)
from actors.council.querysets import EntitlementQuerySet
from actors.enums import ActorRole
from actors.models import Membership
from medborger.common import clock, phrases

if TYPE_CHECKING:
    from actors.council.bench import Bench
    from actors.standing import Standing

DECISIONS = 5
FINAL = (Verdict.ADOPTED, Verdict.REJECTED, Verdict.NOT_QUORATE)


@dataclass(frozen=True)
class Waiting:
    """A ballot in which the reader has not voted for some seats."""

    ballot: Ballot
    seats: list[Seat]

    @property
    def left(self) -> str:
        return time_left(self.ballot.closes_at)


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
    result: Result
    bar: Bar

    @property
    def day(self) -> str:
        return phrases.date_words(clock.local(self.result.counted_at).date())


@dataclass(frozen=True)
class OwnSeat:
    """A seat of the reader's, as what they hold it, and who may name somebody where nobody does."""

    seat: Seat
    part: Part | None
    has_representative: bool
    contacts: list[str]


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


def of(bench: Bench, orders: StandingOrders) -> Overview:
    """What the reader sees, in at most seven statements; rules to review and disputes to follow up are for those with a seat."""
    motions = list(_motions(bench))
    return Overview(
        waiting=by_ballot(waiting_for(bench.standing, bench.parts)),
        drafts=[motion for motion in motions if motion.state == MotionState.DRAFT],
        before=[_before(motion, orders) for motion in motions if motion.state != MotionState.DRAFT],
        decisions=[Decision(result.ballot.motion, result, Bar.of(result)) for result in _decisions(bench)],
        to_review=list(HouseRuleVersion.objects.to_review(bench.council.center_id)) if bench.holds_a_seat else [],
        to_follow_up=list(_to_follow_up(bench)) if bench.holds_a_seat else [],
        seats=_own_seats(bench),
        may_move=bool(bench.may_move_for(orders)),
    )


def waiting_for(standing: Standing, seat_ids: Iterable[int]) -> EntitlementQuerySet:
    """Where the person has still to vote for one of these seats, the first to close first. A secret vote waits for one person."""
    open_now = Q(ballot__closed_at=None, ballot__closes_at__gt=clock.now())
    mine = Q(ballot__secret=False) | Q(named__user=standing.user.pk)
    rows = Entitlement.objects.not_voted().filter(open_now, mine, seat__in=list(seat_ids))
    subject = ("ballot__motion", "ballot__amendment", "ballot__council__center")
    return rows.select_related("seat__actor", *subject).order_by("ballot__closes_at", "ballot", "pk")


def time_left(instant: datetime) -> str:
    """How long until then, in whole days on the calendar: i dag kl. 20.00, i morgen kl. 20.00, om 3 dage."""
    days = (clock.local(instant).date() - clock.today()).days
    if days <= 1:
        text = _("i morgen kl. %(hour)s") if days else _("i dag kl. %(hour)s")
        return text % {"hour": phrases.hour(instant)}
    return ngettext("om %(days)s dag", "om %(days)s dage", days) % {"days": days}


def by_ballot(rows: Iterable[Entitlement]) -> list[Waiting]:
    seats: dict[Ballot, list[Seat]] = {}
    for row in rows:
        seats.setdefault(row.ballot, []).append(row.seat)
    return [Waiting(ballot, held) for ballot, held in seats.items()]


def _motions(bench: Bench) -> Iterable[Motion]:
    """One's own drafts and what is before the council, the newest first."""
    closes_at = Ballot.objects.unclosed().filter(motion=OuterRef("pk")).order_by("closes_at").values("closes_at")[:1]
    shown = [MotionState.DRAFT, MotionState.OPEN, MotionState.BALLOT]
    motions = Motion.objects.visible_to(bench).filter(state__in=shown).select_related("mover__actor")
    return motions.annotate(closes_at=Subquery(closes_at)).order_by("-number")


def _before(motion: Motion, orders: StandingOrders) -> Before:
    closes_at: datetime | None = vars(motion)["closes_at"]
    if motion.state == MotionState.BALLOT and closes_at:
        if closes_at <= clock.now():
            return Before(motion, _("Afstemningen er lukket. Stemmerne tælles op."), True)
        return Before(motion, _("Afstemningen lukker %(when)s") % {"when": time_left(closes_at)}, True)
    assert motion.opened_at is not None
    from_then = motion.opened_at + timedelta(days=orders.notice_days)
    if from_then > clock.now():
        return Before(motion, _("Der kan stemmes %(when)s") % {"when": time_left(from_then)}, False)
    return Before(motion, _("Der kan stemmes nu"), False)


def _decisions(bench: Bench) -> Iterable[Result]:
    """The last results on whole motions."""
    on_the_whole = Q(ballot__amendment=None, ballot__recusal=None)
    results = Result.objects.filter(on_the_whole, ballot__council=bench.council, verdict__in=FINAL)
    return results.select_related("ballot__motion").order_by("-counted_at")[:DECISIONS]


def _to_follow_up(bench: Bench) -> Iterable[Dispute]:
    disputes = Dispute.objects.visible_to(bench.standing, bench).to_follow_up()
    return disputes.select_related("council__center")


def _own_seats(bench: Bench) -> list[OwnSeat]:
    representatives = SeatHolder.objects.in_force().filter(seat__in=bench.own_seats, part=Part.REPRESENTATIVE)
    represented = set(representatives.values_list("seat_id", flat=True)) if bench.seats else set()
    without = [seat.actor_id for seat in bench.seats.values() if seat.actor_id and seat.pk not in represented]
    contacts: dict[int, list[str]] = {}
    if without:
        people = Membership.objects.in_force().filter(actor__in=without, role=ActorRole.CONTACT, user__is_active=True)
        for actor_id, name in people.order_by("user__name").values_list("actor_id", "user__name"):
            contacts.setdefault(actor_id, []).append(name)
    return [
        OwnSeat(seat, bench.part_on(pk), pk in represented, contacts.get(seat.actor_id or 0, []))
        for pk, seat in bench.seats.items()
    ]
