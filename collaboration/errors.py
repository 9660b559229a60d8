"""Errors about collaborations; each names its form field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from medborger.common.errors import DomainError, NotAllowed

if TYPE_CHECKING:
    from collaboration.models import Collaboration


class TooFewActors(DomainError):
    message, field = _("Vælg mindst to forskellige aktører."), "actors"


class ExternalOnlyByStaff(DomainError):
    message, field = _("En af aktørerne er udefra. Kun husets medarbejdere kan skrive den ind."), "actors"


class ActorsStepOutThemselves(DomainError):
    message, field = _("En aktør kommer kun ud af samarbejdet ved selv at træde ud."), "actors"


class NotYours(NotAllowed):
    message = _("Kun aktørerne selv og husets medarbejdere kan det.")


class UnknownForm(DomainError):
    message, field = _("Vælg en af de fem former."), "form"


ENDS_BEFORE_FIRST_DAY = _("Slutdatoen kan ikke ligge før startdatoen.")


class NotBegun(DomainError):
    message, field = _("Skriv det ind, når det er begyndt."), "since"


class NotOverYet(DomainError):
    message, field = _("Slutdatoen kan ikke ligge ude i fremtiden."), "until"


class FormOutsidePeriod(DomainError):
    message, field = _("Datoen skal ligge i den tid, samarbejdet har været i gang."), "since"


class StepNotWhole(DomainError):
    message, field = _("Skriv, hvad næste skridt er, hvem der tager det, og hvornår."), "next_step"


class StepOwnerNotIn(DomainError):
    message, field = _("Den, der tager næste skridt, skal være med i samarbejdet."), "next_step_owner"


class AlreadyEntered(DomainError):
    """The same actors do the same in the same time already; `entered` is that collaboration, None if it is gone again."""

    entered: Collaboration | None
    message, field = _("Det samarbejde står allerede i loggen for samme tid."), "title"


class NotProposed(DomainError):
    message = _("Forslaget er allerede besvaret.")


class NotGoing(DomainError):
    message = _("Samarbejdet er ikke i gang.")


class NotEnded(DomainError):
    message = _("Samarbejdet er ikke afsluttet.")


class NotConfirmed(DomainError):
    message = _("Samarbejdet er ikke bekræftet.")


class NotAParty(DomainError):
    message, field = _("Aktøren er ikke med i samarbejdet."), "actor"


class NobodyToAsk(DomainError):
    message = _("En af de to har ingen kontaktperson, vi kan skrive til.")
