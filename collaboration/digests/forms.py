"""Forms of the digest: on which day and hour to get it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from centers.enums import Weekday
from collaboration.digests.models import Subscription
from medborger.common import clock
from medborger.common.fields import ClockField
from medborger.common.forms import RefusingForm


class ChoiceForm(RefusingForm):
    """A weekday and a time of day."""

    weekday = forms.TypedChoiceField(label=gettext_lazy("Ugedag"), choices=Weekday.choices, coerce=int)
    minute = ClockField(
        label=gettext_lazy("Klokken"), error_messages={"required": gettext_lazy("Skriv et klokkeslæt.")}
    )
    when_empty = forms.BooleanField(
        label=gettext_lazy("Skriv også, når der ikke er sket noget"),
        help_text=gettext_lazy("Ellers hører du ikke fra os i en uge uden nyt."),
        required=False,
    )

    @classmethod
    def of(cls, subscription: Subscription, data: Mapping[str, Any] | None = None) -> ChoiceForm:
        initial = {name: getattr(subscription, name) for name in ("weekday", "minute", "when_empty")}
        return cls(data, initial=initial)

    def clean_minute(self) -> int:
        """24.00 is the next day's 0.00, and belongs to its weekday."""
        minute: int = self.cleaned_data["minute"]
        if minute >= clock.MINUTES_A_DAY:
            raise forms.ValidationError(_("Skriv et klokkeslæt fra 0.00 til 23.59."), code="clock")
        return minute
