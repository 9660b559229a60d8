"""Rules are enforced by staff and judged by the council (S922-924): notices of a breach, and disputes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actors.council.enums import DisputeState, Follows
from actors.council.models.council import Council, Seat
from actors.council.models.house_rules import HouseRuleVersion
from actors.council.models.motions import Motion
from actors.council.querysets import DisputeQuerySet, NoticeQuerySet
from actors.models import Actor, User
from centers.models import Center, Room
from medborger.common.validators import no_control_characters, no_personal_number


class RuleNotice(models.Model):
    """A breach of a rule as staff saw it, with the rule as it stood that day; the actor answers and may appeal. Not public."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="rule_notices")
    number = models.PositiveIntegerField()
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="rule_notices", verbose_name=_("aktør"))
    version = models.ForeignKey(
        HouseRuleVersion, on_delete=models.PROTECT, related_name="notices", verbose_name=_("husregel")
    )
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("lokale")
    )
    happened_at = models.DateTimeField(_("hvornår"))
    what = models.TextField(_("hvad skete der"), max_length=2000, validators=[no_personal_number])
    follows = models.CharField(_("hvad følger"), max_length=8, choices=Follows, default=Follows.REMINDER)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    answer = models.TextField(_("jeres svar"), max_length=2000, blank=True, validators=[no_personal_number])
    answered_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)
    form_token = models.UUIDField(unique=True, null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("påmindelse"), _("påmindelser")
        constraints = [
            models.UniqueConstraint(name="rule_notice_number_once", fields=["center", "number"]),
            models.CheckConstraint(
                name="rule_notice_answer_has_time",
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]


class Dispute(models.Model):
    """A conflict between actors (S924): mediation first, then the council, whose decision has a day to follow up on."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="disputes")
    number = models.PositiveIntegerField()
    title = models.CharField(_("overskrift"), max_length=100, validators=[no_personal_number, no_control_characters])
    what = models.TextField(_("hvad drejer det sig om"), max_length=4000, validators=[no_personal_number])
    raised_by = models.ForeignKey(Actor, null=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    notice = models.OneToOneField(RuleNotice, null=True, on_delete=models.PROTECT, related_name="dispute")
    parties = models.ManyToManyField(Actor, through="DisputeParty", related_name="disputes", verbose_name=_("parter"))
    state = models.CharField(max_length=9, choices=DisputeState, default=DisputeState.MEDIATION)
    mediator_seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    mediator = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    mediation = models.TextField(_("mæglingen"), max_length=4000, blank=True, validators=[no_personal_number])
    motion = models.OneToOneField(Motion, null=True, on_delete=models.PROTECT, related_name="dispute")
    decision = models.TextField(_("afgørelsen"), max_length=10_000, blank=True, validators=[no_personal_number])
    follow_up_on = models.DateField(_("følges op"), null=True, blank=True)
    followed_up_at = models.DateTimeField(null=True)
    form_token = models.UUIDField(unique=True, null=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("konflikt"), _("konflikter")
        constraints = [
            models.UniqueConstraint(name="dispute_number_once", fields=["council", "number"]),
            models.CheckConstraint(name="dispute_one_mediator", condition=Q(mediator=None) | Q(mediator_seat=None)),
            models.CheckConstraint(
                name="dispute_settled_has_decision",
                condition=(Q(state=DisputeState.SETTLED, settled_at__isnull=False) & ~Q(decision=""))
                | ~Q(state=DisputeState.SETTLED),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in (DisputeState.SETTLED, DisputeState.WITHDRAWN)

    @property
    def is_before_council(self) -> bool:
        """Whether a motion on it is being discussed or voted on. One that fell leaves room for another."""
        return self.state == DisputeState.COUNCIL and self.motion is not None and not self.motion.has_ended


class DisputeParty(models.Model):
    """An actor that a dispute is about; its seat is recused from the council's ballot on it."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE)
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(name="dispute_party_once", fields=["dispute", "actor"])]
