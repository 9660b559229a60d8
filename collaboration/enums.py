"""The five collaboration forms and the states of a collaboration, in the report's own terms."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CollaborationKind(models.TextChoices):
    """How actors work together (S205-213, S1700-1807). No form is better than another, and nothing ranks by them (S1710-17).

    People read the sentence (`SENTENCES`); the term stands small beside it.
    """

    SHARE_KNOWLEDGE = "share_knowledge", _("Videndele")
    ALIGN = "align", _("Samvirke")
    EXCHANGE_RESOURCES = "exchange_resources", _("Ressourceudveksle")
    COORDINATE = "coordinate", _("Samordne")
    CO_CREATE = "co_create", _("Samskabe")

    @property
    def sentence(self) -> Promise:
        return SENTENCES[self]


SENTENCES: dict[str, Promise] = {
    CollaborationKind.SHARE_KNOWLEDGE: _("Vi fortæller hinanden om vores arbejde"),
    CollaborationKind.ALIGN: _("Vi viser videre til hinanden og undgår at lave det samme"),
    CollaborationKind.EXCHANGE_RESOURCES: _("Vi giver, deler eller låner hinanden ting og rum"),
    CollaborationKind.COORDINATE: _("Vi trækker på hinanden og laver noget sammen"),
    CollaborationKind.CO_CREATE: _("Vi laver noget nyt sammen"),
}


class CollaborationState(models.TextChoices):
    PROPOSED = "proposed", _("Foreslået")
    GOING = "going", _("I gang")
    ENDED = "ended", _("Afsluttet")
    DISMISSED = "dismissed", _("Afvist")


# Somebody of its actors, or the house, has said that it is so: only these are counted, in any figure.
CONFIRMED_STATES = (CollaborationState.GOING, CollaborationState.ENDED)


class EvidenceKind(models.TextChoices):
    """What a proposal is drawn from."""

    BOOKING = "booking", _("Lokale booket sammen")
    MERGED = "merged", _("Arrangement lavet sammen")
    AGENDA = "agenda", _("Punkt på et møde")


class CollaborationEvent(models.TextChoices):
    """What the audit trail says was done to a collaboration."""

    ENTERED = "collaboration.entered", _("Skrevet ind")
    PROPOSED = "collaboration.proposed", _("Foreslået af siden")
    CONFIRMED = "collaboration.confirmed", _("Bekræftet")
    DISMISSED = "collaboration.dismissed", _("Afvist")
    LAPSED = "collaboration.lapsed", _("Ingen svarede")
    CHANGED = "collaboration.changed", _("Ændret")
    FORM_CHANGED = "collaboration.form_changed", _("Ny form")
    ENDED = "collaboration.ended", _("Afsluttet")
    REOPENED = "collaboration.reopened", _("Taget op igen")
    LEFT = "collaboration.left", _("En aktør er trådt ud")
    EVIDENCE_ADDED = "collaboration.evidence_added", _("Set sammen igen")
    INTRODUCED = "introduction.proposed", _("To aktører inviteret på en kop kaffe")
    NOT_INTRODUCED = "introduction.dismissed", _("Ikke nu")
    NEIGHBOUR_SET = "neighbour.set", _("Nabohus skrevet ind")
    NEIGHBOUR_ENDED = "neighbour.ended", _("Nabohus fjernet")
