"""A ballot as the motion's page and its own page show it: who may vote, how long it is open, how it ended.

Before a ballot closes, a vote is shown to the people of its own seat alone, unless the standing orders show the votes underway.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _, ngettext

from actors.council.ballots import counting
from actors.council.ballots.actions.hands import leads
from actors.council.ballots.actions.opening import may_open_from, opener_of
from actors.council.ballots.charts import Turnout, VoteBar
from actors.council.ballots.emails import title
from actors.council.ballots.forms import VoteForm
from actors.council.enums import CAPACITY_RANK, Capacity, Choice, Entitled, HolderRole, Method, MotionState, Verdict
from actors.council.member import CouncilMember
from actors.council.models import Ballot, Entitlement, Motion, Result, StandingOrders, VoteEvent
from medborger.common import clock, phrases


class BallotStage(Enum):
    OPEN = "open"
    COUNTING = "counting"  # over by the clock, and the job that counts has not come by yet
    CLOSED = "closed"


@dataclass(frozen=True)
class VotingSeat:
    """A seat of the person's own, or one that they vote for by proxy. `row` comes from `Entitlement.objects.of_person`."""

    row: Entitlement
    member: CouncilMember
    secret: bool

    @property
    def name(self) -> str:
        return self.row.seat.name

    @property
    def is_own(self) -> bool:
        return self.row.seat_id in self.member.seats

    @property
    def part(self) -> HolderRole | None:
        return self.member.part_on(self.row.seat_id)

    @property
    def counting(self) -> VoteEvent | None:
        """The vote that counts, where the person may know it: the holder of a proxy knows only what the proxy voted."""
        event = self.row.counting
        return event if event and (self.is_own or event.capacity == Capacity.PROXY) else None

    @property
    def proxy(self) -> Mapping[str, Any] | None:
        """To whom the seat has given its proxy, for its own people."""
        return self.row.proxy if self.is_own else None

    @property
    def voids(self) -> bool:
        """Whether the person may say that the seat did not hold up its hand so."""
        return self.part is not None and self.counting is not None and self.counting.capacity == Capacity.HANDS

    @property
    def caster(self) -> str:
        """Who cast the vote that counts: a name for the seat's own people, empty when the person was erased."""
        event = self.counting
        cast = getattr(event, "cast", None)
        return str(cast.user) if self.is_own and cast and cast.user else ""

    @property
    def cast_words(self) -> str:
        """Who cast the vote and how: Mette Medlem; ved håndsoprækning."""
        event = self.counting
        if event is None:
            return ""
        capacity = Capacity(event.capacity)
        if capacity in (Capacity.REPRESENTATIVE, Capacity.DEPUTY):
            return self.caster or str(capacity.label)
        return str(capacity.label)

    @cached_property
    def may_vote(self) -> bool:
        return not self.why_not

    @cached_property
    def why_not(self) -> str:
        """Why the person cannot vote for the seat, or not any more; empty when they can."""
        if self.row.recused:
            return _("%(seat)s er inhabil og stemmer ikke om dette.") % {"seat": self.name}
        return self._not_secretly() if self.secret else self._not_openly()

    def _not_openly(self) -> str:
        event = self.row.counting
        if self.is_own and self.part is None:
            return _("Det er repræsentanten og suppleanterne, der stemmer for %(seat)s.") % {"seat": self.name}
        capacity = _CAPACITY[self.part]
        if event is None or CAPACITY_RANK[capacity] >= CAPACITY_RANK[Capacity(event.capacity)]:
            return ""
        if capacity == Capacity.PROXY:
            return _("%(seat)s har selv stemt. Den stemme gælder frem for fuldmagten.") % {"seat": self.name}
        return _("Repræsentanten har stemt. Kun repræsentanten kan ændre stemmen.")

    def _not_secretly(self) -> str:
        if self.row.counting_id is not None:
            return _("Der er stemt for %(seat)s. En hemmelig stemme kan ikke ændres.") % {"seat": self.name}
        if self.is_named:
            return ""
        who = self.row.named.user if self.row.named and self.row.names_holder else None
        if who is None:
            return _("I en hemmelig afstemning er det repræsentanten, der stemmer for %(seat)s.") % {"seat": self.name}
        return _("I en hemmelig afstemning stemmer én bestemt person for hver plads. For %(seat)s er det %(who)s.") % {
            "seat": self.name,
            "who": who,
        }

    @property
    def is_named(self) -> bool:
        """Whether the person is the one who casts the seat's secret vote (`ballots.actions.voting.named_for`)."""
        if self.row.named and self.row.names_holder:
            return self.row.named.user_id == self.member.access.user.pk
        return self.part == HolderRole.REPRESENTATIVE


_CAPACITY = {
    HolderRole.REPRESENTATIVE: Capacity.REPRESENTATIVE,
    HolderRole.DEPUTY: Capacity.DEPUTY,
    None: Capacity.PROXY,
}


@dataclass(frozen=True)
class BallotPanel:
    """One ballot, for one person."""

    ballot: Ballot
    member: CouncilMember
    seats: Collection[VotingSeat]
    now: datetime
    form: VoteForm | None = None

    @property
    def stage(self) -> BallotStage:
        if self.ballot.closed_at is not None:
            return BallotStage.CLOSED
        return BallotStage.OPEN if self.ballot.is_open(self.now) else BallotStage.COUNTING

    @property
    def is_open(self) -> bool:
        return self.stage == BallotStage.OPEN

    @property
    def title(self) -> str:
        return title(self.ballot)

    @property
    def heading(self) -> str:
        if not self.voters:
            return _("Afstemningen er åben")
        return _("Jeres stemme") if any(own.row.seat.actor_id for own in self.voters) else _("Din stemme")

    @cached_property
    def voters(self) -> list[VotingSeat]:
        """The seats that the person can vote for now."""
        return [own for own in self.seats if own.may_vote] if self.is_open else []

    @property
    def one_vote_each(self) -> str:
        match Entitled(self.ballot.orders.entitled):
            case Entitled.ASSOCIATIONS:
                return _("Alle foreninger har én stemme.")
            case Entitled.CHOSEN:
                return _("Alle aktører har én stemme.")
            case Entitled.BOARD:
                return _("Alle pladser har én stemme.")

    @property
    def hands_link(self) -> str:
        """What the person does at a show of hands, who holds a seat and no role in the house; empty for nothing."""
        member = self.member
        works_here = member.access.is_staff_in(member.council.center_id)
        if not self.is_open or self.ballot.method != Method.HANDS or not member.holds_a_seat or works_here:
            return ""
        return _("Registrér håndsoprækningen") if leads(self.ballot, member) else _("Bekræft håndsoprækningen")

    @property
    def gives_proxies(self) -> bool:
        return self.is_open and self.ballot.orders.proxies > 0

    @property
    def closes(self) -> str:
        return day_and_time(self.ballot.closes_at)

    @property
    def time_left(self) -> str:
        return time_left(self.ballot.closes_at - self.now)

    @property
    def numbers(self) -> Mapping[str, int]:
        return self.ballot.turnout

    @property
    def turnout(self) -> Turnout | None:
        """None where it is not shown before the ballot closes."""
        orders = self.ballot.orders
        if self.is_open and not orders.turnout_shown:
            return None
        left = self.numbers["seats"] - self.numbers["recused"]
        return Turnout.of(self.numbers["cast"], left, orders.rules(), orders.entitled)

    @property
    def shows_votes(self) -> bool:
        """Whether everybody may see now what was voted: after closing, or where the standing orders say so at once."""
        if self.is_open:
            return self.ballot.orders.live_results and not self.ballot.secret
        return self.result is not None and self.result.verdict != Verdict.CANCELLED

    @property
    def bar(self) -> VoteBar | None:
        if not self.shows_votes:
            return None
        if self.result is not None:
            return VoteBar.of(self.result)
        return VoteBar(self.numbers[Choice.FOR], self.numbers[Choice.AGAINST], self.numbers[Choice.BLANK])

    @property
    def result(self) -> Result | None:
        found: Result | None = getattr(self.ballot, "result", None)
        return found

    @property
    def calculation(self) -> list[str]:
        """The result in sentences, in the reader's language."""
        orders = self.ballot.orders
        return counting.explain(self.result, orders.rules(), orders.entitled) if self.result else []

    @property
    def closed_on(self) -> str:
        assert self.ballot.closed_at is not None
        return phrases.date_words(clock.local(self.ballot.closed_at).date())

    def with_form(self, form: VoteForm | None = None) -> BallotPanel:
        """With the form to vote in, where the person can; `form` is one that was refused."""
        return replace(
            self, form=form or (self.vote_form() if self.voters and self.ballot.method != Method.HANDS else None)
        )

    def vote_form(self, sent: QueryDict | None = None) -> VoteForm:
        """The form for the seats that the person can vote for now, with what was sent."""
        return VoteForm(
            sent,
            seats=[own.row.seat for own in self.voters],
            by_proxy=[own.row.seat_id for own in self.voters if not own.is_own],
            secret=self.ballot.secret,
        )


@dataclass(frozen=True)
class MotionPanel:
    """The votes on a motion. `main` is shown whole; of the others the page has the links.

    Without a ballot on the motion, `opens_at` is the instant from which one may open.
    """

    motion: Motion
    main: BallotPanel | None
    open: list[BallotPanel] = field(default_factory=list)
    past: list[BallotPanel] = field(default_factory=list)
    opens_at: datetime | None = None
    may_open: bool = False

    @property
    def opens(self) -> str:
        return day_and_time(self.opens_at) if self.opens_at else ""


def of_ballot(ballot: Ballot, member: CouncilMember) -> BallotPanel:
    """The panel of a ballot that was read `with_turnout`; one more statement."""
    return _panels([ballot], member)[0]


def of_motion(motion: Motion, member: CouncilMember, orders: StandingOrders) -> MotionPanel | None:
    """The panel of a motion under the standing orders in force; None of a draft, and where there was never a vote.

    Two statements, however many seats and ballots there are.
    """
    if motion.state == MotionState.DRAFT:
        return None
    ballots = Ballot.objects.filter(motion=motion).with_turnout().order_by("-opened_at", "-pk")
    panels = _panels(list(ballots), member)
    under_way = [panel for panel in panels if panel.stage != BallotStage.CLOSED]
    past = [panel for panel in panels if panel.stage == BallotStage.CLOSED]
    main = _main(motion, under_way, past)
    opens_at = may_open_from(motion, orders) if motion.state == MotionState.OPEN else None
    if main is None and not panels and opens_at is None:
        return None
    return MotionPanel(
        motion=motion,
        main=main.with_form() if main else None,
        open=[panel for panel in reversed(under_way) if panel is not main],
        past=[panel for panel in past if panel is not main],
        opens_at=opens_at,
        may_open=opens_at is not None and opens_at <= clock.now() and opener_of(motion, member) is not None,
    )


def _main(motion: Motion, under_way: list[BallotPanel], past: list[BallotPanel]) -> BallotPanel | None:
    """The vote on the whole, under way or the last; while amendments are voted on, the one of them if there is but one."""
    on_the_whole = [panel for panel in under_way if panel.ballot.on_the_whole]
    if on_the_whole or len(under_way) == 1:
        return (on_the_whole or under_way)[0]
    if not motion.has_ended:
        return None
    return next((panel for panel in past if panel.ballot.on_the_whole), None)


def _panels(ballots: list[Ballot], member: CouncilMember) -> list[BallotPanel]:
    now = clock.now()
    seats: dict[int, list[VotingSeat]] = {ballot.pk: [] for ballot in ballots}
    secret = {ballot.pk: ballot.secret for ballot in ballots}
    for row in _own_rows(ballots, member):
        seats[row.ballot_id].append(VotingSeat(row, member, secret[row.ballot_id]))
    return [BallotPanel(ballot, member, seats[ballot.pk], now) for ballot in ballots]


def _own_rows(ballots: list[Ballot], member: CouncilMember) -> Iterable[Entitlement]:
    unclosed = [ballot.pk for ballot in ballots if ballot.closed_at is None]
    if not unclosed or not member.seats:
        return []
    return Entitlement.objects.filter(ballot__in=unclosed).of_person(member)


def day_and_time(instant: datetime) -> str:
    """søndag 29. november kl. 20.00"""
    return _("%(day)s kl. %(time)s") % {
        "day": phrases.day_words(clock.local(instant).date()),
        "time": phrases.hour(instant),
    }


def time_left(left: timedelta) -> str:
    """How long in words, as exact as one needs: 6 dage; 1 dag og 4 timer; 35 minutter."""
    minutes = max(0, int(left.total_seconds())) // 60
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    day_words = ngettext("%(count)s dag", "%(count)s dage", days) % {"count": days}
    hour_words = ngettext("%(count)s time", "%(count)s timer", hours) % {"count": hours}
    if days >= 3 or (days and not hours):
        return day_words
    if days:
        return _("%(days)s og %(hours)s") % {"days": day_words, "hours": hour_words}
    if hours:
        return hour_words
    if minutes:
        return ngettext("%(count)s minut", "%(count)s minutter", minutes) % {"count": minutes}
    return _("under et minut")
