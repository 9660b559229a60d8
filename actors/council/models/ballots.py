"""Ballots: who is entitled, the chain of what happened, secret boxes, and results."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actors.council.ballots import chain
from actors.council.enums import Capacity, Choice, EventKind, Method, Verdict
from actors.council.models.council import Council, Seat, SeatHolder, StandingOrders
from actors.council.models.motions import Amendment, Motion, MotionText, Recusal
from actors.council.querysets import BallotQuerySet, EntitlementQuerySet, HandVoteQuerySet, ProxyQuerySet
from actors.models import User
from medborger.common import clock
from medborger.common.validators import no_personal_number

HASH = 64


class Ballot(models.Model):
    """A vote on a motion or an amendment; in the past also on who is recused. Open until `closes_at`, whatever any job does."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="ballots")
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="ballots")
    amendment = models.ForeignKey(Amendment, null=True, on_delete=models.PROTECT, related_name="ballots")
    recusal = models.ForeignKey(Recusal, null=True, on_delete=models.PROTECT, related_name="ballots")
    text = models.ForeignKey(MotionText, on_delete=models.PROTECT, related_name="ballots")
    orders = models.ForeignKey(StandingOrders, on_delete=models.PROTECT, related_name="ballots")
    method = models.CharField(max_length=7, choices=Method, default=Method.ONLINE)
    secret = models.BooleanField(default=False)
    opened_by = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="+")
    chair = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    entitlement_hash = models.CharField(max_length=HASH)
    opening_hash = models.CharField(max_length=HASH)
    head_number = models.PositiveIntegerField()
    head_hash = models.CharField(max_length=HASH)

    objects = BallotQuerySet.as_manager()
    turnout: Mapping[str, int]  # annotated by `with_turnout`
    waiting_for: list[int]  # annotated by `with_waiting_users`

    class Meta:
        verbose_name, verbose_name_plural = _("afstemning"), _("afstemninger")
        constraints = [
            models.UniqueConstraint(
                name="ballot_one_open_on_each",
                fields=["motion", "amendment", "recusal"],
                condition=Q(closed_at=None),
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="ballot_closes_after_opening", condition=Q(closes_at__gt=F("opened_at"))),
            models.CheckConstraint(name="ballot_on_one_thing", condition=Q(amendment=None) | Q(recusal=None)),
            models.CheckConstraint(
                name="ballot_on_recusal_is_closed", condition=Q(recusal=None) | Q(closed_at__isnull=False)
            ),
            models.CheckConstraint(name="ballot_secret_is_online", condition=Q(secret=False) | ~Q(method=Method.HANDS)),
        ]
        indexes = [models.Index(fields=["closes_at"], condition=Q(closed_at=None), name="ballot_open_until")]

    @property
    def on_the_whole(self) -> bool:
        """Whether it is the motion itself that is voted on."""
        return self.amendment_id is None and self.recusal_id is None

    @property
    def subject(self) -> Amendment | Recusal | Motion:
        """What is voted on."""
        return self.amendment or self.recusal or self.motion

    @property
    def leading_seat_id(self) -> int:
        """The seat that enters the hands and ends the vote: the chair's, without a chair the one that opened it."""
        leading = self.chair_id or self.opened_by_id
        assert leading is not None
        return leading

    def is_open(self, now: datetime | None = None) -> bool:
        """Whether votes are taken at `now`: until `closes_at`, even if nothing has counted the ballot yet."""
        return self.closed_at is None and (now or clock.now()) < self.closes_at

    @property
    def final_hash(self) -> str:
        """The hash that everybody was mailed when it closed; empty before."""
        return self.head_hash if self.closed_at else ""


class VoteEvent(models.Model):
    """A link in a ballot's chain, never changed."""

    append_only: ClassVar = True

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=11, choices=EventKind)
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=7, choices=Choice, blank=True)
    capacity = models.CharField(max_length=14, choices=Capacity, blank=True)
    commitment = models.CharField(max_length=HASH, blank=True)
    payload = models.TextField(blank=True)
    at = models.DateTimeField()
    previous = models.CharField(max_length=HASH)
    hash = models.CharField(max_length=HASH)

    class Meta:
        verbose_name, verbose_name_plural = _("hændelse i en afstemning"), _("hændelser i afstemninger")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="vote_event_number_once", fields=["ballot", "number"]),
            models.CheckConstraint(
                name="vote_event_vote_is_whole",
                condition=(Q(kind=EventKind.VOTE, seat__isnull=False) & ~Q(choice="") & ~Q(capacity=""))
                | (~Q(kind=EventKind.VOTE) & Q(choice="")),
            ),
        ]

    def content(self) -> bytes:
        """The values that the event's hash covers, besides the previous hash."""
        return chain.canonical(
            ballot=self.ballot_id,
            number=self.number,
            kind=self.kind,
            seat=self.seat_id,
            choice=self.choice,
            capacity=self.capacity,
            commitment=self.commitment,
            payload=self.payload,
            at=self.at,
        )

    @property
    def says(self) -> dict[str, Any]:
        """The payload that this kind of event adds."""
        said: dict[str, Any] = json.loads(self.payload) if self.payload else {}
        return said


class Cast(models.Model):
    """The person behind an event and the reason they gave: the chain holds a salted commitment to both, so the person can be erased."""

    event = models.OneToOneField(VoteEvent, primary_key=True, on_delete=models.PROTECT, related_name="cast")
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    salt = models.CharField(max_length=32, blank=True)
    reason = models.CharField(_("hvorfor"), max_length=500, blank=True, validators=[no_personal_number])

    class Meta:
        verbose_name, verbose_name_plural = _("person bag en stemme"), _("personer bag stemmer")


class Entitlement(models.Model):
    """A seat that may vote in a ballot, frozen when it opened. `counting` is the event that counts for the seat now."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="entitlements")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="entitlements")
    recused = models.BooleanField(default=False)
    named = models.ForeignKey(SeatHolder, null=True, on_delete=models.PROTECT, related_name="+")
    counting = models.OneToOneField(VoteEvent, null=True, on_delete=models.PROTECT, related_name="counts_for")

    objects = EntitlementQuerySet.as_manager()
    proxy: Mapping[str, Any] | None  # annotated by `of_person`
    names_holder: bool  # annotated by `of_person`

    class Meta:
        verbose_name, verbose_name_plural = _("stemmeret"), _("stemmerettigheder")
        constraints = [
            models.UniqueConstraint(name="entitlement_one_vote_per_seat", fields=["ballot", "seat"]),
            models.CheckConstraint(
                name="entitlement_recused_has_no_vote", condition=Q(recused=False) | Q(counting=None)
            ),
        ]


class BoxVote(models.Model):
    """A secret vote while the ballot is open: no seat, no person, no time, no sequence. Emptied at closing."""

    code = models.CharField(primary_key=True, max_length=16)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="box")
    choice = models.CharField(max_length=7, choices=Choice)

    class Meta:
        verbose_name, verbose_name_plural = _("hemmelig stemme i kassen"), _("hemmelige stemmer i kassen")


class SecretVote(models.Model):
    """A secret vote on the list that closing wrote, in the order of the random codes."""

    append_only: ClassVar = True

    code = models.CharField(primary_key=True, max_length=16)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="secret_votes")
    choice = models.CharField(max_length=7, choices=Choice)

    class Meta:
        verbose_name, verbose_name_plural = _("hemmelig stemme"), _("hemmelige stemmer")
        ordering = ["code"]


class Proxy(models.Model):
    """A seat that lets another vote for it in one ballot."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="proxies")
    giver = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="proxies_given")
    holder = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="proxies_held")
    given_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ProxyQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("fuldmagt"), _("fuldmagter")
        constraints = [
            models.UniqueConstraint(name="proxy_once", fields=["ballot", "giver"], condition=Q(ended_at=None)),
            models.CheckConstraint(name="proxy_to_another", condition=~Q(giver=F("holder"))),
        ]


class HandVote(models.Model):
    """What a seat held up its hand for, as the leading seat entered it; it counts when another seat has confirmed the list.

    Older rows are votes that were handed in on paper, entered by one seat and confirmed by another.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="hand_votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=7, choices=Choice)
    entering_seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField()
    confirming_seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(VoteEvent, null=True, on_delete=models.PROTECT, related_name="hand_vote")
    voided_at = models.DateTimeField(null=True)

    objects = HandVoteQuerySet.as_manager()

    class Meta:
        db_table = "council_tellerentry"
        verbose_name, verbose_name_plural = _("stemme ved håndsoprækning"), _("stemmer ved håndsoprækning")
        constraints = [
            models.UniqueConstraint(name="hand_vote_once", fields=["ballot", "seat"], condition=Q(voided_at=None)),
            models.CheckConstraint(
                name="hand_vote_by_two_seats",
                condition=Q(confirming_seat=None) | ~Q(confirming_seat=F("entering_seat")),
            ),
            models.CheckConstraint(
                name="hand_vote_counts_when_confirmed",
                condition=Q(confirming_seat=None, event=None) | Q(confirming_seat__isnull=False, event__isnull=False),
            ),
        ]


class Result(models.Model):
    """What a ballot came to, computed once, with its whole calculation."""

    append_only: ClassVar = True

    ballot = models.OneToOneField(Ballot, primary_key=True, on_delete=models.PROTECT, related_name="result")
    verdict = models.CharField(max_length=11, choices=Verdict)
    seats = models.PositiveIntegerField()
    recused = models.PositiveIntegerField()
    cast = models.PositiveIntegerField()
    votes_for = models.PositiveIntegerField()
    against = models.PositiveIntegerField()
    blank = models.PositiveIntegerField()
    quorum_needed = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    needed = models.PositiveIntegerField()
    tied = models.BooleanField()
    chair = models.CharField(max_length=7, choices=Choice, blank=True)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("resultat"), _("resultater")
        constraints = [
            models.CheckConstraint(
                name="result_adds_up",
                condition=Q(cast=F("votes_for") + F("against") + F("blank"), cast__lte=F("seats") - F("recused")),
            )
        ]


class Reminder(models.Model):
    """A reminder that was sent so many hours before closing; the row keeps it from being sent twice."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="reminders")
    hours = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("påmindelse om afstemning"), _("påmindelser om afstemninger")
        constraints = [models.UniqueConstraint(name="reminder_once", fields=["ballot", "hours"])]
