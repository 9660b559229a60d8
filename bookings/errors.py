"""What a booking is refused for. Each error names its field and carries what the page needs to help."""

from django.utils.translation import gettext_lazy as _

from medborger.common.errors import DomainError, NotAllowed


class EndsBeforeStart(DomainError):
    message, field = _("Sluttiden skal være efter starttiden."), "end"


class NotInQuarters(DomainError):
    message, field = _("Brug hele kvarterer, fx 18.00, 18.15 eller 18.30."), "start"


class InThePast(DomainError):
    message, field = _("Tidspunktet er forbi."), "date"


class TooFarAhead(DomainError):
    """`details["last"]` is the last date that can be booked."""

    message, field = _("Så langt frem kan man ikke booke endnu."), "date"


class TooLong(DomainError):
    message, field = _("Bookingen er længere, end huset tillader."), "end"


class OutsideOpeningHours(DomainError):
    """`details["day"]` is the OpenDay."""

    message, field = _("Huset har ikke åbent i hele det tidsrum."), "start"


class RoomNotBookable(DomainError):
    message, field = _("Lokalet kan ikke bookes."), "room"


class TooManyPersons(DomainError):
    message, field = _("Der er ikke plads til så mange i lokalet."), "persons"


class ActorNotInHouse(DomainError):
    message, field = _("Aktøren hører ikke til i huset."), "actor"


class ExternalOnlyByStaff(DomainError):
    message, field = _("Aktøren er udefra. Kun husets medarbejdere kan booke for den."), "actor"


class ActorNotYours(NotAllowed):
    message, field = _("Du kan kun booke for de aktører, du selv er med i."), "actor"


class RoomTaken(DomainError):
    """`details["clashes"]`: the Occupancy rows in the way, in time order; `details["planned"]`: closures that wait for the room."""

    message, field = _("Lokalet er optaget på det tidspunkt."), "room"


class NothingToUndo(DomainError):
    message = _("Det kan ikke fortrydes længere.")


class BookingOver(DomainError):
    message = _("Bookingen er forbi eller allerede aflyst.")


class ClosureMeetsBookings(DomainError):
    """`details["bookings"]`: those in the way; the person says whether to wait for them or to cancel them."""

    message = _("Der er bookinger i tidsrummet. Vælg, hvad der skal ske med dem.")


class NothingToClose(DomainError):
    message, field = _("Vælg mindst ét lokale."), "rooms"
