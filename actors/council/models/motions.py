"""What is put to the council: motions and their texts, the discussion, amendments, and who is recused."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actors.council.enums import (
    ENDED,
    ON_AN_EXISTING_RULE,
    ON_RULES,
    AmendmentState,
    MotionKind,
    MotionState,
    RecusalState,
)
from actors.council.models.council import Council, Orders, Seat
from actors.council.querysets import AmendmentQuerySet, CommentQuerySet, MotionQuerySet, RecusalQuerySet
from actors.models import User
from centers.enums import Weekday
from centers.models import Room
from medborger.common.clock import MINUTES_A_DAY
from medborger.common.validators import no_control_characters, no_personal_number

SHORT = 120


class WhenAndWhere(models.Model):
    """At which hours and on which weekdays a house rule matters; without any, always. Its rooms are rows of their own."""

    from_minute = models.PositiveSmallIntegerField(_("fra kl."), null=True, blank=True)
    to_minute = models.PositiveSmallIntegerField(_("til kl."), null=True, blank=True)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("ugedage"), default=list, blank=True
    )
    review_on = models.DateField(_("tages op igen"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_hours_whole",
                condition=Q(from_minute=None, to_minute=None)
                | Q(from_minute__lt=F("to_minute"), to_minute__lte=MINUTES_A_DAY),
            )
        ]


class Motion(WhenAndWhere):
    """A proposal moved by a seat. Staff set no agenda (S921-922): they can comment, not move."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="motions")
    number = models.PositiveIntegerField()
    kind = models.CharField(_("hvad handler det om"), max_length=15, choices=MotionKind)
    state = models.CharField(max_length=11, choices=MotionState, default=MotionState.DRAFT)
    mover = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="motions")
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(_("overskrift"), max_length=100, validators=[no_personal_number, no_control_characters])
    meaning = models.TextField(
        _("hvad betyder det for jer"), max_length=1000, blank=True, validators=[no_personal_number]
    )
    why = models.TextField(_("hvorfor"), max_length=10_000, blank=True, validators=[no_personal_number])
    rule = models.ForeignKey(
        "council.HouseRule", null=True, blank=True, on_delete=models.PROTECT, related_name="motions"
    )
    based_on = models.ForeignKey("council.HouseRuleVersion", null=True, on_delete=models.PROTECT, related_name="+")
    rooms = models.ManyToManyField(Room, through="MotionRoom", blank=True, related_name="+", verbose_name=_("lokaler"))
    effective_on = models.DateField(_("gælder fra"), null=True, blank=True)
    form_token = models.UUIDField(unique=True, null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    notice_from = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = MotionQuerySet.as_manager()
    waiting_seats: list[int]  # annotated by `with_waiting`, as the next two
    waiting_until: datetime
    on_amendments: bool
    closes_at: datetime | None  # annotated by `with_outcome`, as the next
    result: Mapping[str, Any]

    class Meta:
        verbose_name, verbose_name_plural = _("forslag"), _("forslag")
        constraints = [
            *WhenAndWhere.Meta.constraints,
            models.UniqueConstraint(name="motion_number_once", fields=["council", "number"]),
            models.UniqueConstraint(name="motion_of_council", fields=["council", "id"]),
            models.CheckConstraint(
                name="motion_names_its_rule",
                condition=Q(kind__in=ON_AN_EXISTING_RULE, rule__isnull=False, based_on__isnull=False)
                | (~Q(kind__in=ON_AN_EXISTING_RULE) & Q(based_on=None)),
            ),
            models.CheckConstraint(
                name="motion_opened_unless_draft",
                condition=Q(state=MotionState.DRAFT, opened_at=None)
                | Q(state=MotionState.WITHDRAWN)
                | (~Q(state=MotionState.DRAFT) & Q(opened_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="motion_ended_when_decided",
                condition=Q(state__in=ENDED, ended_at__isnull=False) | (~Q(state__in=ENDED) & Q(ended_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_on_rule(self) -> bool:
        return self.kind in ON_RULES

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED


class MotionRoom(models.Model):
    """A room that the proposed rule is about."""

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE)
    room = models.ForeignKey(Room, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(name="motion_room_once", fields=["motion", "room"])]


class MotionFigure(models.Model):
    """A line of a financing motion's table (S902-907): whole kroner, income positive, expense negative."""

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(_("post"), max_length=80, validators=[no_personal_number, no_control_characters])
    kroner = models.IntegerField(_("beløb i kr."))

    class Meta:
        verbose_name, verbose_name_plural = _("post"), _("poster")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="motion_figure_position_once", fields=["motion", "position"])]


class MotionText(models.Model):
    """A motion's text as it stood: the draft's, and one more for each amendment that was taken in or adopted.

    Only a draft's text is ever rewritten.
    """

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("tekst"), blank=True, validators=[no_personal_number])
    short = models.CharField(
        _("i én linje"), max_length=SHORT, blank=True, validators=[no_personal_number, no_control_characters]
    )
    amendment = models.OneToOneField("council.Amendment", null=True, on_delete=models.PROTECT, related_name="text_made")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("forslagets tekst"), _("forslagets tekster")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="motion_text_number_once", fields=["motion", "number"])]


class ProposedOrders(Orders):
    """The standing orders that a motion proposes."""

    motion = models.OneToOneField(Motion, on_delete=models.CASCADE, related_name="proposed_orders")

    class Meta(Orders.Meta):
        verbose_name, verbose_name_plural = _("foreslået forretningsorden"), _("foreslåede forretningsordener")


class Amendment(models.Model):
    """Another wording of a motion's text, moved by a seat while the motion is open for discussion."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="amendments")
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    base = models.ForeignKey(MotionText, on_delete=models.PROTECT, related_name="amendments")
    text = models.TextField(_("tekst"), blank=True, validators=[no_personal_number])
    short = models.CharField(
        _("i én linje"), max_length=SHORT, blank=True, validators=[no_personal_number, no_control_characters]
    )
    reason = models.TextField(_("hvorfor"), max_length=2000, blank=True, validators=[no_personal_number])
    state = models.CharField(max_length=9, choices=AmendmentState, default=AmendmentState.PROPOSED)
    form_token = models.UUIDField(unique=True, null=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("ændringsforslag"), _("ændringsforslag")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="amendment_number_once", fields=["motion", "number"]),
            models.CheckConstraint(
                name="amendment_ended_when_decided",
                condition=Q(state=AmendmentState.PROPOSED, ended_at=None)
                | (~Q(state=AmendmentState.PROPOSED) & Q(ended_at__isnull=False)),
            ),
        ]


class Comment(models.Model):
    """A comment on a motion, for a seat or by staff and marked so."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="comments")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("kommentar"), max_length=4000, validators=[no_personal_number])
    form_token = models.UUIDField(unique=True, null=True)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("kommentar"), _("kommentarer")
        ordering = ["created_at", "id"]

    @property
    def by_staff(self) -> bool:
        """Whether the comment is by staff: it is for no seat."""
        return self.seat_id is None


class CommentEdit(models.Model):
    """What a comment said before it was edited: edits are shown."""

    append_only: ClassVar = True

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="edits")
    text = models.TextField(max_length=4000)
    at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("tidligere kommentar"), _("tidligere kommentarer")
        ordering = ["at", "id"]


class Recusal(models.Model):
    """A seat that takes no part in a motion (inhabil): declared by its own people, or decided by the council.

    `proposed_by` is the chair's seat that entered the council's decision; empty for a declaration, and for a party of a dispute.
    """

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="recusals")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="recusals")
    proposed_by = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("hvorfor"), max_length=500, blank=True, validators=[no_personal_number])
    state = models.CharField(max_length=8, choices=RecusalState)
    at = models.DateTimeField()

    objects = RecusalQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("inhabilitet"), _("inhabiliteter")
        constraints = [
            models.UniqueConstraint(
                name="recusal_once",
                fields=["motion", "seat"],
                condition=Q(state=RecusalState.IN_FORCE),
            ),
            models.CheckConstraint(
                name="recusal_own_word_or_proposed",
                condition=Q(proposed_by__isnull=False) | Q(state=RecusalState.IN_FORCE),
            ),
        ]
