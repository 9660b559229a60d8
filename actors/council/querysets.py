"""Queries on the council; what a person sees depends on `CouncilMember`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject

from actors.council.enums import (
    BEFORE_COUNCIL,
    ENDED,
    AmendmentState,
    Choice,
    DisputeState,
    HolderRole,
    RecusalState,
    Verdict,
)
from medborger.common import clock

if TYPE_CHECKING:
    from actors.access import Access
    from actors.council.member import CouncilMember
    from actors.council.models import (
        Amendment,
        Ballot,
        Comment,
        Council,
        Dispute,
        Entitlement,
        HandVote,
        HouseRule,
        HouseRuleVersion,
        Motion,
        Proxy,
        Recusal,
        RuleNotice,
        Seat,
        SeatHolder,
        StandingOrders,
    )


ON_THE_WHOLE = Q(
    ballot__amendment=None,
    ballot__recusal=None,
    verdict__in=(Verdict.ADOPTED, Verdict.REJECTED, Verdict.NOT_QUORATE),
)
REVIEW_AHEAD = timedelta(days=30)  # how long before its day a rule puts itself on the council's list


class CouncilQuerySet(models.QuerySet["Council"]):
    def with_reviews(self) -> Self:
        """Annotates `reviews`: whether the standing orders in force give rules a day to be looked at again."""
        from actors.council.models import StandingOrders

        versions = StandingOrders.objects.filter(council=OuterRef("pk")).order_by("-version")
        return self.annotate(reviews=Subquery(versions.values("reviews")[:1]))

    def locked(self, pk: int) -> Council:
        """The council with its row locked: numbers are given, seats change and ballots open one at a time."""
        return self.select_for_update(no_key=True).get(pk=pk)


class OrdersQuerySet(models.QuerySet["StandingOrders"]):
    def in_force(self, council_id: int) -> StandingOrders:
        return self.filter(council_id=council_id).order_by("-version")[0]


class SeatQuerySet(models.QuerySet["Seat"]):
    def locked(self, pk: int) -> Seat:
        """The seat with its row locked: its holders change one at a time. After the council's row, where both are locked."""
        rows = self.select_for_update(no_key=True, of=("self",)).select_related("actor", "council__center")
        return rows.get(pk=pk)

    def in_force(self) -> Self:
        return self.filter(until=None)

    def named_like(self, words: str) -> Self:
        """Those whose name holds the words; all for none."""
        return self.filter(Q(actor__name__icontains=words) | Q(own_name__icontains=words)) if words else self

    def in_danish_order(self) -> Self:
        return self.select_related("actor").order_by("actor__sort_key", "own_name", "id")

    def with_part_of(self, user_id: int) -> Self:
        """Annotates `held_as`: as what the person holds the seat, None for one that they do not hold."""
        from actors.council.models import SeatHolder

        held = SeatHolder.objects.filter(seat=OuterRef("pk"), user=user_id, until=None)
        return self.annotate(held_as=Subquery(held.values("part")[:1]))


class SeatHolderQuerySet(models.QuerySet["SeatHolder"]):
    def in_force(self) -> Self:
        """Holders who may still vote: of an actor's seat only as long as the person is one of its people, of a board's as long
        as the person belongs to the house without working there."""
        from actors.models import Affiliation, CenterRole, Membership

        places = Membership.objects.in_force().filter(user=OuterRef("user"))
        center = "seat__council__center"
        here = Affiliation.objects.in_force().filter(center=OuterRef(OuterRef(center)), actor=OuterRef("actor"))
        roles = CenterRole.objects.in_force().filter(user=OuterRef("user"), center=OuterRef(center))
        on_board = (
            Exists(places.filter(Exists(here), actor__retired_at=None)) & ~Exists(roles) & Q(user__is_admin=False)
        )
        of_actor = Exists(places.filter(actor=OuterRef("seat__actor")))
        return self.filter(
            (Q(seat__actor=None) & on_board) | of_actor, until=None, user__is_active=True, seat__until=None
        )


class MotionQuerySet(models.QuerySet["Motion"]):
    def visible_to(self, member: CouncilMember) -> Self:
        """Drafts and what was withdrawn as a draft only to the people of the seat that writes them."""
        return self.filter(~Q(opened_at=None) | Q(mover__in=member.own_seats), council=member.council)

    def before_council(self) -> Self:
        return self.filter(state__in=BEFORE_COUNCIL)

    def ended(self) -> Self:
        return self.filter(state__in=ENDED).exclude(opened_at=None)

    def with_waiting(self, access: Access, parts: Mapping[int, HolderRole]) -> Self:
        """Annotates the seats for which the person, who holds them as `parts` says, has still to vote, until when, and on what.

        A secret vote waits for the one person who casts it: who was named, or the representative when that one has left the seat.
        """
        from actors.council.models import Entitlement, SeatHolder

        open_now = Q(ballot__closed_at=None, ballot__closes_at__gt=clock.now(), ballot__motion=OuterRef("pk"))
        represented = [pk for pk, part in parts.items() if part == HolderRole.REPRESENTATIVE]
        still_named = Exists(SeatHolder.objects.in_force().filter(pk=OuterRef("named")))
        casts = (Q(named__user=access.user.pk) & still_named) | (Q(seat__in=represented) & ~still_named)
        rows = Entitlement.objects.not_voted().filter(open_now, Q(ballot__secret=False) | casts, seat__in=list(parts))
        return self.annotate(
            waiting_seats=ArraySubquery(rows.order_by("seat").values("seat").distinct()),
            waiting_until=Subquery(rows.order_by("ballot__closes_at").values("ballot__closes_at")[:1]),
            on_amendments=Exists(rows.filter(ballot__amendment__isnull=False)),
        )

    def with_outcome(self) -> Self:
        """Annotates when the first open ballot closes, and the numbers of the last result on the whole."""
        from actors.council.models import Ballot, Result

        numbers = JSONObject(**{name: name for name in ("verdict", "votes_for", "against", "blank")})
        of_motion = Ballot.objects.unclosed().filter(motion=OuterRef("pk")).order_by("closes_at")
        result = Result.objects.filter(ON_THE_WHOLE, ballot__motion=OuterRef("pk"))
        return self.annotate(
            closes_at=Subquery(of_motion.values("closes_at")[:1]), result=Subquery(result.values(numbers=numbers)[:1])
        )


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def undecided(self) -> Self:
        return self.filter(state=AmendmentState.PROPOSED)


class CommentQuerySet(models.QuerySet["Comment"]):
    def of(self, motion: Motion) -> Self:
        return self.filter(motion=motion).select_related("seat__actor").prefetch_related("edits")


class RecusalQuerySet(models.QuerySet["Recusal"]):
    def in_force(self) -> Self:
        return self.filter(state=RecusalState.IN_FORCE)


class BallotQuerySet(models.QuerySet["Ballot"]):
    def locked(self, pk: int) -> Ballot:
        """The ballot with its row locked: votes and the closing go one at a time. Read the clock after this, not before."""
        return self.select_for_update(no_key=True, of=("self",)).select_related("orders").get(pk=pk)

    def unclosed(self) -> Self:
        return self.filter(closed_at=None)

    def due(self) -> Self:
        """Over by the clock, not yet counted."""
        return self.filter(closed_at=None, closes_at__lte=clock.now())

    def visible_to(self, access: Access, center_id: int) -> Self:
        """Everybody who is tied to the house sees that there is a vote; what of it, `actors.council.ballots.ballot_panel` decides."""
        return self.filter(council__center=center_id) if access.is_tied_to(center_id) else self.none()

    def with_waiting_users(self) -> Self:
        """Annotates `waiting_for`: the users who can still vote; a secret vote waits for who was named for it."""
        from actors.council.models import Entitlement, SeatHolder

        missing = Entitlement.objects.not_voted().filter(ballot=OuterRef(OuterRef("pk")), seat=OuterRef("seat"))
        casts = Q(ballot__secret=False) | Q(named=OuterRef("pk"))
        holders = SeatHolder.objects.in_force().filter(Exists(missing.filter(casts)))
        return self.annotate(waiting_for=ArraySubquery(holders.order_by("user").values("user").distinct()))

    def with_subject(self) -> Self:
        """With what is voted on; a vote on a recusal, which is rare, reads it when it is asked for."""
        return self.select_related("council", "motion", "amendment")

    def with_turnout(self) -> Self:
        """With all that a panel about it says; `turnout`, as values: seats, recused, cast, and of open votes each choice."""
        from actors.council.models import Entitlement

        counted = {choice: Count("pk", filter=Q(counting__choice=choice)) for choice in Choice.values}
        turnout = JSONObject(
            seats=Count("pk"), recused=Count("pk", filter=Q(recused=True)), cast=Count("counting"), **counted
        )
        rows = Entitlement.objects.filter(ballot=OuterRef("pk")).order_by().values("ballot")
        subject = ("motion", "text", "amendment__base", "amendment__seat__actor", "recusal__seat__actor")
        return self.select_related("council", "orders", "result", *subject).annotate(
            turnout=Subquery(rows.annotate(turnout=turnout).values("turnout"))
        )


class EntitlementQuerySet(models.QuerySet["Entitlement"]):
    def left(self) -> Self:
        """The seats that take part: all that were entitled but the recused."""
        return self.filter(recused=False)

    def voted(self) -> Self:
        return self.filter(counting__isnull=False)

    def not_voted(self) -> Self:
        return self.filter(recused=False, counting=None)

    def with_names(self) -> Self:
        return self.select_related("seat__actor", "counting").order_by("seat__actor__sort_key", "seat__own_name", "pk")

    def of_person(self, member: CouncilMember) -> Self:
        """The person's own seats and those that have given one of the seats they hold a proxy, with what their people may know.

        `proxy` is the proxy that the seat has given, as values; `names_holder` whether the person named for a secret vote still holds
        the seat.
        """
        from actors.council.models import Proxy, SeatHolder

        given = Proxy.objects.in_force().filter(ballot=OuterRef("ballot"), giver=OuterRef("seat"))
        recused = self.model._default_manager.filter(ballot=OuterRef("ballot"), seat=OuterRef("holder"), recused=True)
        held = given.filter(holder__in=list(member.parts)).exclude(Exists(recused))
        proxy = JSONObject(pk="pk", name=Coalesce("holder__actor__name", "holder__own_name"))
        return (
            self.filter(Q(seat__in=member.own_seats) | Exists(held))
            .annotate(
                proxy=Subquery(given.values(said=proxy)[:1]),
                names_holder=Exists(SeatHolder.objects.in_force().filter(pk=OuterRef("named"))),
            )
            .with_names()
            .select_related("counting__cast__user", "named__user")
        )


class ProxyQuerySet(models.QuerySet["Proxy"]):
    def in_force(self) -> Self:
        return self.filter(ended_at=None)


class HandVoteQuerySet(models.QuerySet["HandVote"]):
    def not_voided(self) -> Self:
        return self.filter(voided_at=None)

    def waiting(self) -> Self:
        """Entered, and neither confirmed nor voided."""
        return self.not_voided().filter(event=None)


class HouseRuleQuerySet(models.QuerySet["HouseRule"]):
    def of_house(self, center_id: int) -> Self:
        return self.filter(center_id=center_id)


class RuleVersionQuerySet(models.QuerySet["HouseRuleVersion"]):
    def on(self, day: date, center_id: int) -> Self:
        """The house's rules as they stand on a day: of each its newest version by then, and none that is repealed."""
        newest = (
            self.model._default_manager.filter(rule=OuterRef("rule"), in_force_on__lte=day)
            .order_by("-in_force_on", "-number")
            .values("pk")[:1]
        )
        return (
            self.filter(rule__center_id=center_id, pk=Subquery(newest), repeals=False)
            .select_related("rule", "motion")
            .order_by("rule__number")
        )

    def with_room_ids(self) -> Self:
        """Annotates the ids of the rooms that the version is about, of their parts, and of the rooms they are parts of."""

        def ids(path: str) -> ArrayAgg:
            return ArrayAgg(path, distinct=True, filter=Q(**{f"{path}__isnull": False}), default=[])

        return self.annotate(room_ids=ids("rooms"), part_ids=ids("rooms__parts"), whole_ids=ids("rooms__part_of"))

    def to_review(self, center_id: int) -> Self:
        """The rules of today whose day to be looked at again has come, or comes within a month.

        None where the standing orders have no reviews. `motion_before` is the number of a motion on the rule that is before the
        council already.
        """
        from actors.council.models import Motion, StandingOrders

        today = clock.today()
        reviews = StandingOrders.objects.filter(council__center=center_id).order_by("-version").values("reviews")[:1]
        before = Motion.objects.before_council().filter(rule=OuterRef("rule")).values("number")[:1]
        due = self.on(today, center_id).filter(Q(Subquery(reviews)), review_on__lte=today + REVIEW_AHEAD)
        return due.annotate(motion_before=Subquery(before)).order_by("review_on", "rule__number")


class NoticeQuerySet(models.QuerySet["RuleNotice"]):
    def visible_to(self, access: Access, member: CouncilMember | None, center_id: int) -> Self:
        """Staff, the actor's own people, and whoever holds a seat in the council."""
        notices = self.filter(center_id=center_id)
        if access.is_staff_in(center_id) or (member is not None and member.holds_a_seat):
            return notices
        return notices.filter(actor__in=access.actors_in(center_id))


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def visible_to(self, access: Access, member: CouncilMember) -> Self:
        """Staff, the parties and who raised it, the mediator, and whoever holds a seat in the council."""
        disputes = self.filter(council=member.council)
        if access.is_staff_in(member.council.center_id) or member.holds_a_seat:
            return disputes
        own = access.actors_in(member.council.center_id)
        return disputes.filter(Q(raised_by__in=own) | Q(parties__in=own) | Q(mediator=access.user.pk)).distinct()

    def unsettled(self) -> Self:
        return self.filter(state__in=[DisputeState.MEDIATION, DisputeState.COUNCIL])

    def to_follow_up(self) -> Self:
        """Settled, and the day to see whether it holds has come."""
        return self.filter(state=DisputeState.SETTLED, followed_up_at=None, follow_up_on__lte=clock.today()).order_by(
            "follow_up_on", "number"
        )

    def with_people(self) -> Self:
        """With all that their pages name."""
        return self.select_related(
            "council__center", "raised_by", "notice", "motion", "mediator", "mediator_seat__actor"
        ).prefetch_related("parties")
