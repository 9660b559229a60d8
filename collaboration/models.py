"""Contact that became collaboration: who works together, in which form, and what the house knows it from (S35-40, S1700-1717)."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, TargetGroup, Theme
from centers.models import Center
from collaboration.enums import CONFIRMED_STATES, CollaborationKind, CollaborationState, EvidenceKind
from collaboration.querysets import CollaborationQuerySet, IntroductionQuerySet
from medborger.common.validators import no_control_characters, no_hidden_characters, no_personal_number

LINE = [no_personal_number, no_control_characters]
TEXT_LENGTH = 2_000
TEXT: dict[str, Any] = {
    "blank": True,
    "validators": [no_personal_number, no_hidden_characters, MaxLengthValidator(TEXT_LENGTH)],
}


class Collaboration(models.Model):
    """Two or more actors who do something together in a house, with the form it has now; `forms` is its history.

    `entry_key` stands for its actors and its purpose: the same is not entered twice for the same time.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="collaborations")
    title = models.CharField(_("hvad laver I sammen"), max_length=120, validators=LINE)
    purpose = models.TextField(_("formål"), **TEXT)
    actors = models.ManyToManyField(Actor, through="CollaborationActor", related_name="collaborations")
    themes = models.ManyToManyField(Theme, blank=True, related_name="collaborations", verbose_name=_("emner"))
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="collaborations", verbose_name=_("for hvem")
    )
    since = models.DateField(_("fra"))
    until = models.DateField(_("til"), null=True, blank=True)
    state = models.CharField(max_length=9, choices=CollaborationState)
    form = models.CharField(_("form"), max_length=18, choices=CollaborationKind)
    learned = models.TextField(_("hvad har I lært"), **TEXT)
    next_step = models.CharField(_("næste skridt"), max_length=200, blank=True, validators=LINE)
    next_step_owner = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("hvem tager det")
    )
    next_step_on = models.DateField(_("hvornår"), null=True, blank=True)
    entry_key = models.CharField(max_length=64, editable=False)
    by_house = models.BooleanField(_("registreret af huset"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    form_token = models.UUIDField(unique=True, null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = CollaborationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("samarbejde"), _("samarbejder")
        constraints = [
            models.UniqueConstraint(name="collaboration_of_house", fields=["center", "id"]),
            models.CheckConstraint(
                name="collaboration_ends_after_start", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="collaboration_confirmed_by_somebody",
                condition=Q(state__in=CONFIRMED_STATES, confirmed_at__isnull=False)
                | (~Q(state__in=CONFIRMED_STATES) & Q(confirmed_at=None)),
            ),
            models.CheckConstraint(
                name="collaboration_ended_has_its_end",
                condition=~Q(state=CollaborationState.ENDED) | Q(until__isnull=False),
            ),
            models.CheckConstraint(
                name="collaboration_step_is_whole",
                condition=~Q(next_step="") | Q(next_step_owner=None, next_step_on=None),
            ),
            ExclusionConstraint(
                name="collaboration_entered_once",
                expressions=[
                    ("center", RangeOperators.EQUAL),
                    ("entry_key", RangeOperators.EQUAL),
                    (
                        Func(
                            F("since"),
                            F("until"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=~Q(state=CollaborationState.DISMISSED),
            ),
        ]
        indexes = [models.Index(fields=["center", "-since", "-id"], name="collaboration_log")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_confirmed(self) -> bool:
        return self.state in CONFIRMED_STATES


class CollaborationActor(models.Model):
    """An actor in a collaboration. A trigger keeps at least two in each (`collaboration_needs_two`), and who takes the next step is one
    of them (`collaboration_step_owner_is_party`, a composite key)."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="parties")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="collaboration_actor_once", fields=["collaboration", "actor"])]


class FormSince(models.Model):
    """The form that a collaboration took on a day: actors move between the forms, and none is a step up (S1710-17)."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="forms")
    form = models.CharField(max_length=18, choices=CollaborationKind)
    since = models.DateField()

    class Meta:
        ordering = ["since", "id"]
        constraints = [models.UniqueConstraint(name="form_once_a_day", fields=["collaboration", "since"])]


class Evidence(models.Model):
    """What the page saw of two actors together. `key` is unique for good: dismissed, it proposes nothing a second time."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=7, choices=EvidenceKind)
    key = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    link = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["on", "id"]


class Gathering(models.Model):
    """That a house's proposals were gathered in a month: once each, however often the clock strikes."""

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    gathered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="gathering_once_a_month", fields=["center", "month"]),
            models.CheckConstraint(name="gathering_month_is_its_first_day", condition=Q(month__day=1)),
        ]


class Neighbour(models.Model):
    """A house near another, seen from `center`: what it leaves to the neighbour, so that they divide the work (S1493-1500)."""

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="neighbours")
    neighbour = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="neighbour_of")
    leaves = models.TextField(_("hvad overlader I til dem"), max_length=400, **TEXT)
    since = models.DateField()

    class Meta:
        verbose_name, verbose_name_plural = _("nabohus"), _("nabohuse")
        constraints = [
            models.UniqueConstraint(name="neighbour_once", fields=["center", "neighbour"]),
            models.CheckConstraint(name="neighbour_is_another_house", condition=~Q(center=F("neighbour"))),
        ]


class Introduction(models.Model):
    """Two actors who share theme and target group and have never worked together (S1001-24, S1310-22, S1624-37), as a house's digest
    named them in one week. It is answered once: somebody asked them to have coffee (`proposed_at`), or said not now (`dismissed_at`)."""

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="introductions")
    week_starts_on = models.DateField()
    first = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="+")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    dismissed_at = models.DateTimeField(null=True, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("forbindelse"), _("forbindelser")
        constraints = [
            models.UniqueConstraint(name="introduction_once_a_week", fields=["center", "week_starts_on"]),
            models.CheckConstraint(name="introduction_in_one_order", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(name="introduction_week_is_a_monday", condition=Q(week_starts_on__iso_week_day=1)),
            models.CheckConstraint(
                name="introduction_answered_once", condition=Q(proposed_at=None) | Q(dismissed_at=None)
            ),
        ]

    @property
    def is_answered(self) -> bool:
        return self.proposed_at is not None or self.dismissed_at is not None
