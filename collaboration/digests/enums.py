"""What a digest is, what became of it, and what can be done from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DigestKind(models.TextChoices):
    WEEKLY = "weekly", _("Ugens overblik")


class DigestState(models.TextChoices):
    """What became of a reader's week. EMPTY: there was nothing to tell. SKIPPED: it could not be made in time."""

    MADE = "made", _("Lavet")
    EMPTY = "empty", _("Intet at fortælle")
    SKIPPED = "skipped", _("Sprunget over")


class Act(models.TextChoices):
    """What a signed page may do without a log-in; nothing else may."""

    SNOOZE = "snooze", _("Udsæt en uge")
    FORUM = "forum", _("Sæt på forum")


class DigestEvent(models.TextChoices):
    """What the audit trail says was done."""

    CHOSEN = "digest.chosen", _("Ugens overblik valgt til")
    UNSUBSCRIBED = "digest.unsubscribed", _("Ugens overblik slået fra")
    MADE = "digest.made", _("Ugens overblik lavet")
    SNOOZED = "digest.line_snoozed", _("En linje udsat en uge")
    PUT_ON_FORUM = "digest.line_to_forum", _("En linje sat på forum")
