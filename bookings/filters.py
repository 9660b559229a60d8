"""Which bookings a list shows; the choice stands in the address, so that a view can be shared."""

from datetime import timedelta

import django_filters
from django.db.models import TextChoices
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from bookings.enums import BookingState
from bookings.models import Booking
from bookings.querysets import BookingQuerySet
from centers.models import Center, Room
from medborger.common import clock


class Shown(TextChoices):
    COMING = "kommende", _("Kommende")
    PAST = "tidligere", _("Tidligere")
    CANCELLED = "aflyste", _("Aflyste")


class BookingFilter(django_filters.FilterSet):
    """`vis` (kommende, tidligere, aflyste), `lokale` (a room's slug) and `aktoer` (an actor's id).

    Raises Http404 for a word, a room or an actor that there is not: such an address was not written by a page of ours.
    """

    vis = django_filters.ChoiceFilter(choices=Shown.choices, method="show")
    lokale = django_filters.ModelChoiceFilter(
        field_name="room",
        to_field_name="slug",
        label=_("Lokale"),
        empty_label=_("Alle lokaler"),
        queryset=Room.objects.none(),
    )
    aktoer = django_filters.ModelChoiceFilter(
        field_name="actors", label=_("Hvem"), empty_label=_("Alle i huset"), queryset=Actor.objects.none()
    )

    class Meta:
        model = Booking
        fields: list[str] = []

    def __init__(self, query: QueryDict, bookings: BookingQuerySet, center: Center) -> None:
        asked = query.copy()
        asked.setdefault("vis", Shown.COMING)
        super().__init__(asked, bookings)
        self.filters["lokale"].queryset = Room.objects.in_use().filter(center=center)
        self.filters["aktoer"].queryset = Actor.objects.in_house(center.pk).in_danish_order()
        if not self.is_valid():
            raise Http404
        self.shown = Shown(self.form.cleaned_data["vis"] or Shown.COMING)
        self.narrowed = bool(self.form.cleaned_data["lokale"] or self.form.cleaned_data["aktoer"])

    @property
    def newest_first(self) -> bool:
        return self.shown != Shown.COMING

    def show(self, bookings: BookingQuerySet, _name: str, shown: str) -> BookingQuerySet:
        now = clock.now()
        if shown == Shown.CANCELLED:
            return bookings.filter(state=BookingState.CANCELLED)
        if shown == Shown.PAST:
            return bookings.exclude(state=BookingState.CANCELLED).filter(ends_at__lte=now, starts_at__lt=now)
        # A booking lies within one date: the bound on its start lets the index find what has not ended.
        return bookings.holding().filter(ends_at__gt=now, starts_at__gt=now - timedelta(days=1, hours=1))
