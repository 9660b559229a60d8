"""The list of a show of hands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.council.enums import Choice
from actors.council.forms.ballots import CHOICES
from actors.council.models import Seat
from medborger.common.forms import RefusingForm


class HandsForm(RefusingForm):
    """For each seat what it held up its hand for, or nothing; without seats the form that confirms the list as it is."""

    def __init__(self, *args: Any, seats: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for seat in seats:
            self.fields[f"seat-{seat.pk}"] = forms.TypedChoiceField(
                label=seat.name,
                choices=[*CHOICES, ("", _("Stemte ikke"))],
                coerce=Choice,
                required=False,
                widget=forms.RadioSelect,
            )

    def suggest(self, choices: Mapping[int, str]) -> None:
        """Choose beforehand what is entered already, by seat id."""
        self.initial = {name: choices.get(self._seat_id(name), "") for name in self.fields}

    def choices(self) -> dict[int, Choice]:
        """What was sent, by seat id."""
        return {self._seat_id(name): choice for name, choice in self.cleaned_data.items() if choice}

    @staticmethod
    def _seat_id(name: str) -> int:
        return int(name.removeprefix("seat-"))
