"""The form to search for a free room."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from centers.models import Center, Facility, Room
from medborger.common import clock
from medborger.common.fields import ClockField, DayField
from medborger.common.forms import RefusingForm


class FreeForm(RefusingForm):
    """The search for a free room; its names are Danish, since they stand in the address."""

    error_fields = {"start": "fra", "end": "til", "date": "dato"}

    dato = DayField(label=gettext_lazy("Dato"), error_messages={"required": gettext_lazy("Skriv en dato.")})
    fra = ClockField(label=gettext_lazy("Fra kl."), error_messages={"required": gettext_lazy("Skriv et klokkeslæt.")})
    til = ClockField(label=gettext_lazy("Til kl."), error_messages={"required": gettext_lazy("Skriv et klokkeslæt.")})
    pladser = forms.IntegerField(
        label=gettext_lazy("Hvor mange kommer der?"),
        required=False,
        min_value=1,
        max_value=5000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-number", "autocomplete": "off"}),
    )
    facilitet = forms.ModelMultipleChoiceField(
        Facility.objects.none(),
        label=gettext_lazy("Hvad skal I bruge?"),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: QueryDict | None, *, center: Center) -> None:
        super().__init__(data, initial={"dato": clock.today()})
        rooms = Room.objects.in_use().filter(center=center)
        cast(Any, self.fields["facilitet"]).queryset = Facility.objects.filter(rooms__in=rooms).distinct()
