"""States of a meeting, kinds of agenda items, and what a participant answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingState(models.TextChoices):
    DRAFT = "draft", _("Kladde")
    CONVENED = "convened", _("Indkaldt")
    HELD = "held", _("Holdt")
    CANCELLED = "cancelled", _("Aflyst")


# The meeting has been announced and will take place, or did.
STANDING = (MeetingState.CONVENED, MeetingState.HELD)


class ItemKind(models.TextChoices):
    INFORMATION = "information", _("Orientering")
    DISCUSSION = "discussion", _("Drøftelse")
    DECISION = "decision", _("Beslutning")


class Answer(models.TextChoices):
    NONE = "none", _("Har ikke svaret")
    YES = "yes", _("Kommer")
    NO = "no", _("Kommer ikke")


class Direction(models.TextChoices):
    """Where an item moves on the agenda."""

    UP = "up", _("Op")
    DOWN = "down", _("Ned")


class Verb(models.TextChoices):
    """What the audit trail says was done to a meeting or an agenda item."""

    CREATED = "meeting.created", _("Møde oprettet")
    CHANGED = "meeting.changed", _("Møde ændret")
    CONVENED = "meeting.convened", _("Indkaldt")
    TOLD = "meeting.told", _("Nye tider sendt")
    CANCELLED = "meeting.cancelled", _("Møde aflyst")
    ANSWERED = "meeting.answered", _("Indkaldelse besvaret")
    ATTENDED = "meeting.attended", _("Fremmøde skrevet ind")
    APPROVED = "meeting.approved", _("Referat godkendt")
    ITEM_ADDED = "agendaitem.added", _("Punkt sat på dagsordenen")
    ITEM_CHANGED = "agendaitem.changed", _("Punkt ændret")
    ITEM_MOVED = "agendaitem.moved", _("Punkt flyttet")
    ITEM_REMOVED = "agendaitem.removed", _("Punkt taget af dagsordenen")
    MINUTES_SAVED = "agendaitem.minutes_saved", _("Referat skrevet")
