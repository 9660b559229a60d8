"""Errors about meetings; each names its form field."""

from django.utils.translation import gettext_lazy as _

from medborger.common.errors import DomainError, NotAllowed


class TooLong(DomainError):
    message, field = _("Et møde kan højst vare 12 timer."), "end"


class InThePast(DomainError):
    message, field = _("Tidspunktet er forbi."), "date"


class RoomElsewhere(DomainError):
    message, field = _("Lokalet hører ikke til i huset."), "room"


class MeetingOver(DomainError):
    """The meeting has begun, is over, or was cancelled."""

    message = _("Mødet er begyndt, forbi eller aflyst.")


class NothingOnAgenda(DomainError):
    message = _("Sæt mindst ét punkt på dagsordenen, før I indkalder.")


class NobodyToInvite(DomainError):
    message = _("Der er ingen at indkalde.")


class AgendaClosed(DomainError):
    message = _("Dagsordenen kan ikke ændres længere.")


class AgendaTooLong(DomainError):
    message, field = _("Så bliver dagsordenen længere end 12 timer. Del den over flere møder."), "minutes_needed"


class TooManyItems(DomainError):
    message = _("Der kan højst være 200 punkter på en dagsorden.")


class OnTheAgendaAlready(DomainError):
    message = _("Det står allerede på dagsordenen.")


class ItemHasMinutes(DomainError):
    message = _("Punktet har et referat og kan ikke tages af dagsordenen.")


class MinutesClosed(DomainError):
    """It is more than a quarter before the start, or the minutes are approved, or the meeting was cancelled."""

    message = _("Referatet kan skrives fra et kvarter før mødet, og til det er godkendt.")


class NotHeldYet(DomainError):
    message = _("Referatet kan godkendes, når mødet er holdt.")


class NotInvited(NotAllowed):
    message = _("Kun de, der er indkaldt, kan svare.")


# --- action points ---


class NotByDefault(DomainError):
    """Tasks have an owner, and never fall to volunteers by default (S728-735)."""

    message = _("Foreninger og beboergrupper får kun opgaver, de selv har sagt ja til. Sæt kryds, hvis de har det.")
    field = "agreed"


class OwnerElsewhere(DomainError):
    message, field = _("Den, der skal gøre det, hører ikke til i huset."), "owner"


class DueInThePast(DomainError):
    message, field = _("Vælg en dag, der ikke er gået."), "due_on"


class ActionPointDone(DomainError):
    message = _("Opgaven er løst. Åbn den igen for at ændre den.")


class TooManyActionPoints(DomainError):
    message = _("Der kan højst være 20 opgaver under et punkt.")


class ActionPointStays(DomainError):
    message = _("Referatet er godkendt. Opgaven kan løses, men ikke slettes.")


class TooLateToReopen(DomainError):
    message = _("Det er mere end ti minutter siden. Skriv en ny opgave på næste møde.")


class NotApprovedYet(DomainError):
    message = _("Godkend referatet, før I sender det.")


class NobodyToSendTo(DomainError):
    message = _("Der er ingen at sende referatet til.")
