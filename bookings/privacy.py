"""Of a booking, the actor stays; the person who made it is cut."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bookings.models import Booking, Closure
from medborger.common.forget import in_batches, months_ago
from medborger.common.privacy import Chapter, Person, Table, none, personal, tables

PERSON_MONTHS = 24


def forget_bookers() -> int:
    past = Booking.objects.filter(ends_at__lt=months_ago(PERSON_MONTHS), booked_by__isnull=False)
    return in_batches(past, lambda batch: batch.update(booked_by=None))


def cut_booker(person: Person) -> None:
    Booking.objects.filter(booked_by=person.pk).update(booked_by=None)


def forget_closers() -> int:
    past = Closure.objects.filter(ends_at__lt=months_ago(PERSON_MONTHS), closed_by__isnull=False)
    return in_batches(past, lambda batch: batch.update(closed_by=None))


def cut_closer(person: Person) -> None:
    Closure.objects.filter(closed_by=person.pk).update(closed_by=None)


_KEPT = format_lazy(
    _("Dit navn fjernes {months} måneder efter. Foreningens navn bliver stående."), months=PERSON_MONTHS
)

tables.add(
    Table(
        "bookings.Booking",
        (
            personal(
                "booked_by",
                what=_("At det var dig, der bookede"),
                why=_("Så din forening og huset ved, hvem de kan spørge."),
            ),
            none("id center room starts_at ends_at title audience drop_in persons themes"),
            none("target_groups actors state expires_at by_house outside_hours hours_reason"),
            none("form_token version created_at"),
        ),
        chapter=Chapter.BOOKINGS,
        kept=_KEPT,
        forget=forget_bookers,
        cut=cut_booker,
    ),
    Table("bookings.BookingActor", (none("id booking actor part"),)),
    Table(
        "bookings.Closure",
        (
            personal(
                "closed_by",
                what=_("At det var dig, der lukkede et lokale"),
                why=_("Så huset ved, hvem det kan spørge."),
            ),
            none("id center rooms starts_at ends_at reason state form_token created_at"),
        ),
        chapter=Chapter.BOOKINGS,
        kept=_KEPT,
        forget=forget_closers,
        cut=cut_closer,
    ),
    Table("bookings.ClosureRoom", (none("id closure room"),)),
    Table(
        "bookings.Occupancy",
        (none("id center room booking closure during blocked is_closure"),),
    ),
)
