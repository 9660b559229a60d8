"""Errors about people; each names its form field."""

from django.utils.translation import gettext_lazy as _

from medborger.common.errors import DomainError, NotAllowed


class AboveOwnRank(NotAllowed):
    message, field = _("Du kan ikke give eller fjerne en rolle, der står over din egen."), "role"


class OwnRole(NotAllowed):
    message, field = _("Du kan ikke give eller fjerne dine egne roller. Spørg en anden leder."), "role"


class NotYourActor(NotAllowed):
    message, field = _("Kun aktørens kontaktpersoner og husets medarbejdere kan invitere og fjerne dens folk."), "actor"


class ActorNotInHouse(DomainError):
    message, field = _("Aktøren hører ikke til i huset."), "actor"


class HasRoleAlready(DomainError):
    message, field = _("Den rolle har personen allerede."), "role"


class InvitationOver(DomainError):
    """Unknown, used, withdrawn, too old, or its sender may no longer give what it offers: the person sees no difference."""

    message = _("Invitationen gælder ikke længere. Bed om en ny.")


class ForSomebodyElse(DomainError):
    """The invitation's address belongs to a user who is not the one logged in."""

    message = _("Invitationen er til en anden. Log ud, og log ind som den, den er sendt til.")


class AddressTaken(DomainError):
    message, field = _("Mailen eller nummeret bruges allerede af en anden."), "address"


class OnDutyAlready(DomainError):
    message, field = _("Personen har allerede en vagt i det tidsrum."), "person"


class NotOnTheStaff(DomainError):
    message, field = _("Kun den, der har en rolle i huset, kan have vagt."), "person"
