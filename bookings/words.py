"""What a refusal says to the person: the rule, and the figure of this house that it stands on."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import errors
from centers.hours import OpenDay, hours_text
from medborger.common import phrases
from medborger.common.errors import DomainError


def refusal(error: DomainError) -> str:
    """The message of a domain error, made exact by its details."""
    match error:
        case errors.OutsideOpeningHours():
            return closed_then(error.details["day"])
        case errors.TooManyPersons():
            capacity = error.details["capacity"]
            return ngettext(
                "Der er kun plads til %(count)s i lokalet.", "Der er kun plads til %(count)s i lokalet.", capacity
            ) % {"count": capacity}
        case errors.TooFarAhead():
            return _("Man kan booke til og med %(day)s.") % {"day": phrases.date_words(error.details["last"])}
        case errors.TooLong():
            return _("En booking kan højst vare %(length)s.") % {"length": length(error.details["minutes"])}
        case errors.RoomTaken():
            return _("Lokalet er optaget på det tidspunkt. Vælg en anden tid eller et andet lokale.")
        case _:
            return str(error.message)


def closed_then(day: OpenDay) -> str:
    """When the house is open on a day that does not cover the wish."""
    words = {"day": phrases.day_words(day.date), "hours": hours_text(day.intervals), "reason": day.reason}
    if not day.intervals:
        if day.reason:
            return _("Huset er lukket %(day)s: %(reason)s.") % words
        return _("Huset er lukket %(day)s.") % words
    return _("Huset har åbent kl. %(hours)s %(day)s.") % words


def length(minutes: int) -> str:
    """How long something lasts: 45 minutter, 12 timer, 1 time og 30 minutter."""
    whole, rest = divmod(minutes, 60)
    parts = []
    if whole:
        parts.append(ngettext("%(count)s time", "%(count)s timer", whole) % {"count": whole})
    if rest or not whole:
        parts.append(ngettext("%(count)s minut", "%(count)s minutter", rest) % {"count": rest})
    return _(" og ").join(parts)
