"""Form fields for dates and times as people write them."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from medborger.common import clock
from medborger.common.phrases import clock_text

_CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:]?(\d{2}))?", re.ASCII | re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


class ClockField(forms.Field):
    """A time of day, in minutes since midnight: 18.00, 18:00, 1800 and 18 are the same; 24.00 (1440) is the end of the day."""

    widget = forms.TextInput(attrs={"class": "w-time", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        match = _CLOCK.fullmatch(text)
        hours, minutes = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
        total = hours * 60 + minutes
        if minutes > 59 or total > clock.MINUTES_A_DAY:
            raise ValidationError(_("Skriv klokkeslættet som 18.00."), code="clock")
        return total

    def prepare_value(self, value: Any) -> Any:
        minutes = value if isinstance(value, int) else _understood(self, value)
        return value if minutes is None else clock_text(minutes)


class DayField(forms.Field):
    """A date: 24.11.2026, 24/11-2026, 24.11.26 and 2026-11-24 are the same."""

    widget = forms.TextInput(attrs={"class": "w-date", "autocomplete": "off"})

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        text = re.sub(r"\s", "", str(value or ""))
        if not text:
            return None
        try:
            return _date_of(text)
        except ValueError:
            raise ValidationError(_("Skriv datoen som 24.11.2026."), code="day") from None

    def prepare_value(self, value: Any) -> Any:
        day = _understood(self, value)
        if isinstance(day, date) and getattr(self.widget, "input_type", "") == "date":
            return day.isoformat()  # the browser's own picker reads no other form
        return value if day is None else f"{day.day:02d}.{day.month:02d}.{day.year}"


class LongSelect(forms.Select):
    """A select drawn in one go: a template for each of sixty actors takes longer than the rest of the form."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        rows = ((key, mark_safe(" selected") if str(key) in chosen else "", label) for key, label in self.choices)
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        given = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(given), options)


def _understood(field: forms.Field, written: Any) -> Any:
    """What the field reads in it, so that it is shown as the page writes it, also when an address says 2026-11-24 or 18:00."""
    try:
        return field.to_python(written)
    except ValidationError:
        return None


def _date_of(text: str) -> date:
    """Raises ValueError for what is no date of the calendar."""
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        year += 2000 if len(match[3]) == 2 else 0
    else:
        raise ValueError(text)
    if not 2000 <= year <= 2200:
        raise ValueError(text)
    return date(year, month, day)
