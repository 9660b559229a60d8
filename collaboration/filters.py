"""Which collaborations the log shows; the choice stands in the address, so that a view can be shared."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, TextChoices
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, TargetGroup, Theme
from centers.models import Center
from collaboration.enums import CONFIRMED_STATES, CollaborationKind, CollaborationState
from collaboration.models import Collaboration
from collaboration.querysets import CollaborationQuerySet
from medborger.common.fields import DayField, LongSelect


class Shown(TextChoices):
    CONFIRMED = "bekraeftede", _("I gang og afsluttede")
    GOING = "i-gang", _("I gang")
    ENDED = "afsluttede", _("Afsluttede")
    PROPOSED = "foreslaaede", _("Foreslåede")
    DISMISSED = "afviste", _("Afviste")


STATES = {
    Shown.CONFIRMED: CONFIRMED_STATES,
    Shown.GOING: (CollaborationState.GOING,),
    Shown.ENDED: (CollaborationState.ENDED,),
    Shown.PROPOSED: (CollaborationState.PROPOSED,),
    Shown.DISMISSED: (CollaborationState.DISMISSED,),
}
# What a person types; all else in the address was written by a page of ours.
TYPED = frozenset({"fra", "til"})


class DayFilter(django_filters.Filter):
    field_class = DayField


class CollaborationFilter(django_filters.FilterSet):
    """`vis` (bekraeftede, i-gang, afsluttede, foreslaaede, afviste), `form`, `aktoer`, `emne`, `maalgruppe` (ids), `paatvaers` (1: actors
    of different sectors), `fra` and `til` (dates: going on a day between them).

    Raises Http404 for a word or an id that there is not: such an address was not written by a page of ours.
    """

    vis = django_filters.ChoiceFilter(choices=Shown.choices)
    form = django_filters.ChoiceFilter(
        choices=CollaborationKind.choices, label=_("Form"), empty_label=_("Alle fem former")
    )
    aktoer = django_filters.ModelChoiceFilter(
        field_name="parties__actor",
        label=_("Hvem"),
        empty_label=_("Alle i huset"),
        queryset=Actor.objects.none(),
        widget=LongSelect,
    )
    emne = django_filters.ModelChoiceFilter(
        field_name="themes", label=_("Emne"), empty_label=_("Alle emner"), queryset=Theme.objects.all()
    )
    maalgruppe = django_filters.ModelChoiceFilter(
        field_name="target_groups", label=_("For hvem"), empty_label=_("Alle"), queryset=TargetGroup.objects.all()
    )
    fra = DayFilter(label=_("Fra"), method="from_day")
    til = DayFilter(label=_("Til"), method="to_day")
    paatvaers = django_filters.ChoiceFilter(
        choices=[("1", _("På tværs af sektorer"))],
        label=_("På tværs"),
        empty_label=_("Alle"),
        method="across",
    )

    class Meta:
        model = Collaboration
        fields: list[str] = []

    def __init__(self, query: QueryDict, collaborations: CollaborationQuerySet, center: Center) -> None:
        asked = query.copy()
        asked.setdefault("vis", Shown.CONFIRMED)
        super().__init__(asked, collaborations)
        in_log = Actor.objects.filter(collaborations__center=center)
        here = Actor.objects.in_house(center.pk)
        self.filters["aktoer"].queryset = Actor.objects.filter(
            Q(pk__in=here.values("pk")) | Q(pk__in=in_log.values("pk"))
        ).in_danish_order()
        if not self.is_valid() and set(self.form.errors) - TYPED:
            raise Http404
        said: dict[str, Any] = self.form.cleaned_data
        self.shown = Shown(said.get("vis") or Shown.CONFIRMED)
        self.narrowed = any(value for name, value in said.items() if name != "vis") or bool(self.form.errors)

    @property
    def controls(self) -> list[forms.BoundField]:
        """What stands on the form beside the chips."""
        return [field for field in self.form if field.name != "vis"]

    @property
    def matching(self) -> CollaborationQuerySet:
        """All that is chosen but for `vis`: what the figures count the confirmed of."""
        rows: CollaborationQuerySet = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name != "vis":
                rows = self.filters[name].filter(rows, value)
        return rows

    @property
    def chosen(self) -> CollaborationQuerySet:
        return self.matching.filter(state__in=STATES[self.shown])

    def from_day(self, rows: CollaborationQuerySet, _name: str, day: Any) -> CollaborationQuerySet:
        return rows.filter(Q(until=None) | Q(until__gte=day))

    def to_day(self, rows: CollaborationQuerySet, _name: str, day: Any) -> CollaborationQuerySet:
        return rows.filter(since__lte=day)

    def across(self, rows: CollaborationQuerySet, _name: str, _value: str) -> CollaborationQuerySet:
        return rows.across_sectors()
