"""What the address of the calendar asks for: a date, a view, and which rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.calendar.columns import RoomColumn
from medborger.common import clock
from medborger.common.fields import DayField

FIRST_DATE, LAST_DATE = date(2000, 1, 3), date(2200, 12, 28)  # what DayField understands, in whole weeks


class View(StrEnum):
    DAY = "dag"
    WEEK = "uge"


class CalendarForm(forms.Form):
    """Date and filters, by GET. Its choices come from the rooms that the page has read anyway: it costs no statement of its own."""

    dato = DayField(label=_("Dato"), required=False, widget=forms.DateInput(attrs={"type": "date", "class": "w-date"}))
    lokale = forms.ChoiceField(label=_("Lokale"), required=False)
    facilitet = forms.ChoiceField(label=_("Med"), required=False)
    pladser = forms.IntegerField(
        label=_("Plads til"),
        required=False,
        min_value=1,
        max_value=5000,
        widget=forms.NumberInput(attrs={"class": "w-number", "inputmode": "numeric"}),
    )

    def __init__(
        self, data: Mapping[str, str], *, columns: Sequence[RoomColumn], facilities: Mapping[str, str]
    ) -> None:
        shown = {**data, "dato": data.get("dato") or clock.today().isoformat()}
        super().__init__(shown, auto_id="vis-%s", use_required_attribute=False)
        room, facility = self.fields["lokale"], self.fields["facilitet"]
        assert isinstance(room, forms.ChoiceField) and isinstance(facility, forms.ChoiceField)
        room.choices = [("", _("Alle lokaler")), *((column.slug, column.name) for column in columns)]
        facility.choices = [("", _("Alle faciliteter")), *facilities.items()]


@dataclass(frozen=True)
class CalendarQuery:
    """A valid wish; what was not understood is left out, and the form says so at the field."""

    day: date
    view: View
    room: str = ""
    facility: str = ""
    persons: int | None = None

    @classmethod
    def of(cls, form: CalendarForm, view: View) -> CalendarQuery:
        form.is_valid()
        cleaned = form.cleaned_data
        return cls(
            day=min(max(cleaned.get("dato") or clock.today(), FIRST_DATE), LAST_DATE),
            view=view,
            room=cleaned.get("lokale", ""),
            facility=cleaned.get("facilitet", ""),
            persons=cleaned.get("pladser"),
        )

    @property
    def filtered(self) -> bool:
        return bool(self.room or self.facility or self.persons)

    @property
    def dates(self) -> list[date]:
        """The dates that the view shows."""
        if self.view == View.DAY:
            return [self.day]
        monday = clock.monday(self.day)
        return [monday + timedelta(days=n) for n in range(7)]

    def wants(self, column: RoomColumn) -> bool:
        if self.room:
            return column.slug == self.room
        return (not self.facility or self.facility in column.facilities) and column.capacity >= (self.persons or 0)

    def query(self, **changes: Any) -> str:
        """The address of a neighbouring choice, from "?" on; its filters are kept."""
        other = replace(self, **changes)
        asked = {
            "dato": other.day.isoformat(),
            "visning": other.view,
            "lokale": other.room,
            "facilitet": other.facility,
            "pladser": other.persons or "",
        }
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    def stepped(self, steps: int) -> str:
        """The address of the day or week that lies so many steps away; it stays within the calendar's reach."""
        span = timedelta(days=steps if self.view == View.DAY else 7 * steps)
        return self.query(day=min(max(self.day + span, FIRST_DATE), LAST_DATE))
