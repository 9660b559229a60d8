"""Houses, rooms and hours, as whoever runs the installation sets them up."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy

from centers.enums import CenterType
from centers.hours import OPTIONAL_HOLIDAYS
from centers.models import Center, Facility, OpeningHours, Room, SpecialDay
from medborger.common.admin import KeptAdmin
from medborger.common.fields import ClockField
from medborger.common.generic import ModelAdmin, ModelForm, TabularInline


class OpeningHoursForm(ModelForm):
    opens = ClockField(label=gettext_lazy("Åbner"))
    closes = ClockField(label=gettext_lazy("Lukker"))

    class Meta:
        model = OpeningHours
        fields = ["weekday", "opens", "closes", "staffed"]


class SpecialDayForm(ModelForm):
    opens = ClockField(label=gettext_lazy("Åbner"), required=False)
    closes = ClockField(label=gettext_lazy("Lukker"), required=False)

    class Meta:
        model = SpecialDay
        fields = ["date", "opens", "closes", "staffed", "reason"]


class OpeningHoursInline(TabularInline):
    model = OpeningHours
    form = OpeningHoursForm
    extra = 0


class SpecialDayInline(TabularInline):
    model = SpecialDay
    form = SpecialDayForm
    extra = 0


class CenterForm(ModelForm):
    further_types = forms.MultipleChoiceField(
        label=gettext_lazy("Også"), choices=CenterType.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    optional_holidays = forms.MultipleChoiceField(
        label=gettext_lazy("Valgte fridage"),
        choices=[(name, name) for name in OPTIONAL_HOLIDAYS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Center
        fields = "__all__"


@admin.register(Center)
class CenterAdmin(KeptAdmin):
    form = CenterForm
    list_display = ["name", "slug", "primary_type", "town", "retired_at"]
    inlines = [OpeningHoursInline, SpecialDayInline]


class RoomForm(ModelForm):
    """A whole room that is booked cannot be divided here: its bookings would no longer hold what they hold."""

    def clean_part_of(self) -> Room | None:
        whole: Room | None = self.cleaned_data.get("part_of")
        if whole is not None and whole.occupancies.exists():
            raise ValidationError(_("Lokalet har bookinger og kan ikke deles her."), code="booked")
        return whole


@admin.register(Room)
class RoomAdmin(KeptAdmin):
    form = RoomForm
    list_display = ["name", "center", "kind", "capacity", "bookable", "retired_at"]
    list_filter = ["center"]
    list_select_related = ["center"]
    filter_horizontal = ["facilities"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Bookings know a room by its house; which house it is in, and what it is part of, is settled when it is made."""
        return ["center", "part_of"] if obj else []


@admin.register(Facility)
class FacilityAdmin(ModelAdmin):
    list_display = ["name", "name_en", "slug"]
