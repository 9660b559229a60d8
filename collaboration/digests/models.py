"""Ugens overblik: who gets it and when, what each was told, and what a reader put off (S1932-36, S1943-60)."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centers.enums import Weekday
from centers.models import Center
from collaboration.digests import weeks
from collaboration.digests.enums import DigestKind, DigestState
from collaboration.digests.querysets import DigestQuerySet, SnoozeQuerySet, SubscriptionQuerySet
from medborger.common.clock import MINUTES_A_DAY

MONDAY_AT_SEVEN: dict[str, Any] = {"weekday": Weekday.MONDAY, "minute": 7 * 60}
HASH = 64


class Subscription(models.Model):
    """That somebody gets a house's digest, at a wall time of their own; without `user` it is the house's copy, which has a page only.

    `next_at` is when the next one is due (UTC), and is empty when there will be none; `covered_until` is what the reader has been told
    of. One that comes with a role (`by_choice` not) ends with it; who has said no (`unsubscribed`) gets none by role either.
    """

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="digest_subscriptions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    weekday = models.PositiveSmallIntegerField(_("ugedag"), choices=Weekday, default=Weekday.MONDAY)
    minute = models.PositiveSmallIntegerField(
        _("klokken"), default=7 * 60, validators=[MaxValueValidator(MINUTES_A_DAY - 1)]
    )
    when_empty = models.BooleanField(_("send også en linje, når der intet er sket"), default=False)
    by_choice = models.BooleanField(_("selv valgt"), default=False)
    next_at = models.DateTimeField(null=True, blank=True)
    covered_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    unsubscribed = models.BooleanField(_("har sagt nej"), default=False)

    # What `with_forum` adds.
    has_forum: bool

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("modtager af ugens overblik"), _("modtagere af ugens overblik")
        constraints = [
            models.UniqueConstraint(name="subscription_once", fields=["center", "user"], nulls_distinct=False),
            models.CheckConstraint(name="subscription_weekday", condition=Q(weekday__lte=Weekday.SUNDAY)),
            models.CheckConstraint(name="subscription_time_of_day", condition=Q(minute__lt=MINUTES_A_DAY)),
            models.CheckConstraint(
                name="subscription_goes_on_or_has_ended",
                condition=Q(next_at__isnull=False, ended_at=None, unsubscribed=False)
                | Q(next_at=None, ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="subscription_due", condition=Q(next_at__isnull=False)),
        ]

    @property
    def goes_on(self) -> bool:
        return self.next_at is not None


class Digest(models.Model):
    """One reader's week, made once: what they were told, frozen in their language. The house's own copy has no recipient.

    `content` is `collaboration.digests.frozen_content.Content`; it is wiped after 90 days and its hash kept. `message_key` names the letter
    in the outbox, if there was one.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="digests")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=6, choices=DigestKind, default=DigestKind.WEEKLY)
    week_starts_on = models.DateField()
    covers_from = models.DateTimeField()
    covers_until = models.DateTimeField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=DigestState)
    content = models.JSONField(default=dict, blank=True)
    content_hash = models.CharField(max_length=HASH)
    message_key = models.CharField(max_length=120, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("ugens overblik"), _("ugens overblik")
        constraints = [
            models.UniqueConstraint(
                name="digest_once",
                fields=["center", "recipient", "kind", "week_starts_on"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="digest_week_is_a_monday", condition=Q(week_starts_on__iso_week_day=1)),
            models.CheckConstraint(name="digest_covers_a_time", condition=Q(covers_until__gte=F("covers_from"))),
        ]
        indexes = [models.Index(fields=["made_at"], name="digest_made")]

    @property
    def number(self) -> weeks.Number:
        return weeks.number(self.week_starts_on)


class Snooze(models.Model):
    """A line that a reader put off; until then it stands in none of their digests."""

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    until = models.DateTimeField()

    objects = SnoozeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("udsat linje"), _("udsatte linjer")
        constraints = [models.UniqueConstraint(name="snooze_once", fields=["center", "user", "key"])]
