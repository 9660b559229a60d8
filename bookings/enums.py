"""States of bookings and closures, and whom a booking is open to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Whom it is for. Closed is the default: a fixed hour can expose a group; a public title is a choice."""

    CLOSED = "closed", _("Kun os selv")
    RESIDENTS = "residents", _("Beboere i området")
    EVERYONE = "everyone", _("Alle er velkomne")


OPEN_AUDIENCES = (Audience.RESIDENTS, Audience.EVERYONE)


class BookingState(models.TextChoices):
    CONFIRMED = "confirmed", _("Booket")
    REQUESTED = "requested", _("Afventer svar")
    CANCELLED = "cancelled", _("Aflyst")
    EXPIRED = "expired", _("Udløbet")


# A booking holds its room, by its Occupancy rows, if and only if its state is one of these.
ACTIVE_STATES = (BookingState.CONFIRMED, BookingState.REQUESTED)


class BookingRole(models.TextChoices):
    HOLDER = "holder", _("Booker")
    PARTNER = "partner", _("Er med")


class ClosureState(models.TextChoices):
    PLANNED = "planned", _("Planlagt")
    IN_FORCE = "in_force", _("Lukket")
    REOPENED = "reopened", _("Åbnet igen")


# A closure that closes rooms, or will when the last booking is gone.
ACTIVE_CLOSURE_STATES = (ClosureState.PLANNED, ClosureState.IN_FORCE)


class BookingEvent(models.TextChoices):
    """What the audit trail says was done to a booking or a closure."""

    BOOKED = "booking.booked", _("Booket")
    MOVED = "booking.moved", _("Flyttet")
    CANCELLED = "booking.cancelled", _("Aflyst")
    RESTORED = "booking.restored", _("Aflysning fortrudt")
    MOVED_BACK = "booking.moved_back", _("Flytning fortrudt")
    PARTNER_JOINED = "booking.partner_joined", _("Laves sammen med flere")
    PARTNER_LEFT = "booking.partner_left", _("Partner har trukket sig")
    REASON_GIVEN = "booking.reason_given", _("Grund skrevet")
    EXPIRED = "booking.expired", _("Udløbet")
    CLOSED = "closure.closed", _("Lukket")
    PLANNED = "closure.planned", _("Lukning planlagt")
    BEGAN = "closure.began", _("Lukning trådt i kraft")
    REOPENED = "closure.reopened", _("Åbnet igen")


# What can be taken back for ten minutes.
UNDOABLE = (BookingEvent.MOVED, BookingEvent.CANCELLED)
