"""States of a meeting, kinds of agenda items, and what a participant answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.enums import ActorKind


class MeetingState(models.TextChoices):
    DRAFT = "draft", _("Kladde")
    CONVENED = "convened", _("Indkaldt")
    HELD = "held", _("Holdt")
    CANCELLED = "cancelled", _("Aflyst")


# The meeting has been announced and will take place, or did.
ACTIVE_STATES = (MeetingState.CONVENED, MeetingState.HELD)


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


# Nothing falls to them unless they have said yes themselves (S728-735).
VOLUNTEERS = frozenset({ActorKind.ASSOCIATION, ActorKind.RESIDENT_GROUP})


class MeetingEvent(models.TextChoices):
    """What the audit trail says was done to a meeting or an agenda item."""

    CREATED = "meeting.created", _("Møde oprettet")
    CHANGED = "meeting.changed", _("Møde ændret")
    CONVENED = "meeting.convened", _("Indkaldt")
    TOLD = "meeting.told", _("Nye tider sendt")
    CANCELLED = "meeting.cancelled", _("Møde aflyst")
    ANSWERED = "meeting.answered", _("Indkaldelse besvaret")
    ATTENDED = "meeting.attended", _("Fremmøde skrevet ind")
    APPROVED = "meeting.approved", _("Referat godkendt")
    MINUTES_SENT = "meeting.minutes_sent", _("Referat sendt")
    ITEM_ADDED = "agendaitem.added", _("Punkt sat på dagsordenen")
    ITEM_CHANGED = "agendaitem.changed", _("Punkt ændret")
    ITEM_MOVED = "agendaitem.moved", _("Punkt flyttet")
    ITEM_REMOVED = "agendaitem.removed", _("Punkt taget af dagsordenen")
    MINUTES_SAVED = "agendaitem.minutes_saved", _("Referat skrevet")
    POINT_ADDED = "actionpoint.added", _("Opgave skrevet")
    POINT_CHANGED = "actionpoint.changed", _("Opgave ændret")
    POINT_REMOVED = "actionpoint.removed", _("Opgave slettet")
    POINT_CLOSED = "actionpoint.closed", _("Opgave løst")
    POINT_REOPENED = "actionpoint.reopened", _("Opgave åbnet igen")
    POINT_REMINDED = "actionpoint.reminded", _("Påmindelse sendt")
