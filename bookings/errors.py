"""What a booking is refused for. Each error names its field and carries what the page needs to help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_lazy as _, ngettext

from centers.hours import OpenDay, hours_text
from medborger.common import phrases
from medborger.common.errors import DomainError, NotAllowed

if TYPE_CHECKING:
    from bookings.availability import InTheWay
    from bookings.models import Booking


class NotInQuarters(DomainError):
    message, field = _("Brug hele kvarterer, fx 18.00, 18.15 eller 18.30."), "start"


class InThePast(DomainError):
    message, field = _("Tidspunktet er forbi."), "date"


class TooFarAhead(DomainError):
    """`last` is the last date that can be booked."""

    last: date
    field = "date"

    @cached_property
    def message(self) -> str:
        return gettext("Man kan booke til og med %(day)s.") % {"day": phrases.date_words(self.last)}


class TooLong(DomainError):
    """`minutes` is the longest that a booking may be."""

    minutes: int
    field = "end"

    @cached_property
    def message(self) -> str:
        return gettext("En booking kan højst vare %(length)s.") % {"length": phrases.length(self.minutes)}


class OutsideOpeningHours(DomainError):
    """Says when the house is open on the day that does not cover the slot."""

    day: OpenDay
    field = "start"

    @cached_property
    def message(self) -> str:
        day = self.day
        words = {"day": phrases.day_words(day.date), "hours": hours_text(day.intervals), "reason": day.reason}
        if day.intervals:
            return gettext("Huset har åbent kl. %(hours)s %(day)s.") % words
        if day.reason:
            return gettext("Huset er lukket %(day)s: %(reason)s.") % words
        return gettext("Huset er lukket %(day)s.") % words


class RoomNotBookable(DomainError):
    message, field = _("Lokalet kan ikke bookes."), "room"


class TooManyPersons(DomainError):
    capacity: int
    field = "persons"

    @cached_property
    def message(self) -> str:
        said = ngettext(
            "Der er kun plads til %(count)s i lokalet.", "Der er kun plads til %(count)s i lokalet.", self.capacity
        )
        return said % {"count": self.capacity}


class ExternalOnlyByStaff(DomainError):
    message, field = _("Aktøren er udefra. Kun husets medarbejdere kan booke for den."), "actor"


class ActorNotYours(NotAllowed):
    message, field = _("Du kan kun booke for de aktører, du selv er med i."), "actor"


class RoomTaken(DomainError):
    """`met` is what is in the way."""

    met: InTheWay
    message, field = _("Lokalet er optaget på det tidspunkt. Vælg en anden tid eller et andet lokale."), "room"


class NothingToUndo(DomainError):
    message = _("Det kan ikke fortrydes længere.")


class BookingOver(DomainError):
    message = _("Bookingen er forbi eller allerede aflyst.")


class ClosureMeetsBookings(DomainError):
    """`bookings` are in the way; the person says whether to wait for them or to cancel them."""

    bookings: Sequence[Booking]
    message = _("Der er bookinger i tidsrummet. Vælg, hvad der skal ske med dem.")


class NothingToClose(DomainError):
    message, field = _("Vælg mindst ét lokale."), "rooms"
