"""Errors of the forum; each names its form field."""

from django.utils.translation import gettext_lazy as _

from medborger.common.errors import DomainError, NotAllowed


class ForumAlready(DomainError):
    message = _("Huset har allerede et forum.")


class NoForum(DomainError):
    message = _("Huset har ikke noget forum endnu. Spørg husets leder.")


class RoomElsewhere(DomainError):
    message, field = _("Lokalet hører ikke til i huset."), "room"


class OverMidnight(DomainError):
    message, field = _("Mødet skal slutte samme dag."), "length"


class NotInTheHouse(DomainError):
    message, field = _("Personen hører ikke til i huset."), "holder"


class LastDayIsPast(DomainError):
    message, field = _("Vælg en dag, der ikke er gået."), "until"


class NobodyHoldsIt(DomainError):
    message = _("Forum har ingen tovholder.")


class MemberAlready(DomainError):
    message, field = _("Aktøren er allerede med i forum."), "actor"


class NotOurPage(DomainError):
    """What an item is about is a page of the same house."""

    message, field = _("Punktet skal handle om en side i huset."), "about"


class TooManyWaiting(DomainError):
    message = _("Der venter allerede 100 punkter. Lad forum nå nogle af dem først.")


class TooManyOfYours(DomainError):
    message = _("Du har allerede 20 punkter, der venter. Lad forum nå nogle af dem, eller træk nogle tilbage.")


class NotWaiting(DomainError):
    message = _("Punktet venter ikke længere.")


class NotYours(NotAllowed):
    message = _("Kun den, der har foreslået punktet, kan trække det tilbage.")
