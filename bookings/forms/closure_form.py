"""The form to close rooms or the whole house for a time."""

from collections.abc import Mapping
from typing import Any, cast, get_args
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from bookings.actions.closures import OnClash
from bookings.forms.slot_form import FREE_TEXT
from centers.models import Center, Room
from medborger.common import clock
from medborger.common.fields import ClockField, DayField
from medborger.common.forms import RefusingForm


class ClosureForm(RefusingForm):
    """Which rooms are closed, from when to when, and why."""

    error_fields = {"end": "to_time", "date": "to_date"}

    whole_house = forms.BooleanField(label=gettext_lazy("Hele huset"), required=False)
    rooms = forms.ModelMultipleChoiceField(
        Room.objects.none(),
        label=gettext_lazy("Eller kun disse lokaler"),
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Vælg lokaler, eller luk hele huset.")},
    )
    from_date = DayField(label=gettext_lazy("Fra dato"), error_messages={"required": gettext_lazy("Skriv en dato.")})
    from_time = ClockField(label=gettext_lazy("Fra kl."), initial=0)
    to_date = DayField(label=gettext_lazy("Til dato"), error_messages={"required": gettext_lazy("Skriv en dato.")})
    to_time = ClockField(label=gettext_lazy("Til kl."), initial=clock.MINUTES_A_DAY)
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        help_text=gettext_lazy("Alle kan se grunden, fx: Nyt gulv."),
        max_length=120,
        validators=FREE_TEXT,
        error_messages={"required": gettext_lazy("Skriv en grund, som alle kan forstå.")},
    )
    on_clash = forms.ChoiceField(
        choices=[(name, name) for name in get_args(OnClash)], initial="ask", required=False, widget=forms.HiddenInput
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, center: Center) -> None:
        super().__init__(data, initial={"token": uuid4()})
        cast(Any, self.fields["rooms"]).queryset = Room.objects.in_use().filter(center=center)
        self.fields["rooms"].required = not (self.is_bound and self.data.get("whole_house"))

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        try:
            for end in ("from", "to"):
                if f"{end}_date" in said and f"{end}_time" in said:
                    said[f"{end}_at"] = clock.at(said[f"{end}_date"], said[f"{end}_time"])
        except clock.NonexistentTime as error:
            self.add_error(f"{end}_time", str(error.message))
        return said
