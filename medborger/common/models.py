"""Models that every app uses: the audit trail, the outbox, and whether the installation is a demo."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Installation(models.Model):
    """The one row that says what this database is. Demo log-ins work only where it and a setting agree."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("installation"), _("installationer")
        constraints = [models.CheckConstraint(name="installation_is_one_row", condition=Q(id=1))]


class Audit(models.Model):
    """Who did what. Verb and parameters, no personal values. A trigger refuses change; only erasure may cut the person."""

    append_only: ClassVar = True

    at = models.DateTimeField()
    center_id = models.BigIntegerField(null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    parameters = models.JSONField(default=dict)
    request_id = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("handling"), _("handlinger")
        indexes = [models.Index(fields=["subject", "subject_id", "at"], name="audit_history")]


class AuditOrigin(models.Model):
    """The truncated network address (/24, /48) an act came from; deleted after 30 days, apart from the act itself."""

    audit = models.OneToOneField(
        Audit, primary_key=True, on_delete=models.CASCADE, related_name="origin", db_constraint=False
    )
    network = models.CharField(max_length=50)
    at = models.DateTimeField(db_index=True)


class Channel(models.TextChoices):
    MAIL = "mail"
    SMS = "sms"


class MessageState(models.TextChoices):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class Message(models.Model):
    """One mail or SMS, its content frozen when it was decided on. Sent at least once, and twice only by the same Message-ID."""

    dedupe_key = models.CharField(max_length=120, unique=True)
    center_id = models.BigIntegerField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    channel = models.CharField(max_length=4, choices=Channel)
    recipient = models.CharField(max_length=254)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    link_label = models.CharField(max_length=80, blank=True)
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    unsubscribe = models.CharField(max_length=500, blank=True)
    body_hash = models.CharField(max_length=64, blank=True)
    message_id = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=MessageState, default=MessageState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("besked"), _("beskeder")
        indexes = [
            models.Index(fields=["not_before"], name="message_waiting", condition=Q(state__in=["waiting", "sending"])),
            models.Index(fields=["created_at"], name="message_created"),
        ]
