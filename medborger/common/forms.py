"""Form classes and fields that all apps use: paragraphs, the version a page was opened on, an action's refusal."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from medborger.common.errors import DomainError
from medborger.common.validators import no_control_characters, no_hidden_characters, no_personal_number

LINE = [no_personal_number, no_control_characters]
PARAGRAPHS = [no_personal_number, no_hidden_characters]
BIGGEST_VERSION = 2**31 - 1
AGAIN = _("Åbn siden igen, og prøv en gang til.")


class RefusingForm(forms.Form):
    """A form whose action may refuse what it says; `refused` is the error then.

    `error_fields` gives the field to say it at, where the error calls it otherwise.
    """

    error_fields: ClassVar[Mapping[str, str]] = {}
    refused: DomainError | None = None

    def refuse(self, error: DomainError) -> None:
        """Say at its field what the action refused."""
        self.refused = error
        field = self.error_fields.get(error.field or "", error.field)
        self.add_error(field if field in self.fields else None, str(error.message))


class Paragraphs(forms.CharField):
    """A text of several lines. A browser sends them with carriage returns, which would show up as changes."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(widget=widget, **{"validators": PARAGRAPHS, **kwargs})

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class VersionField(forms.IntegerField):
    """Which version of it the page was opened on."""

    def __init__(self) -> None:
        errors = {"required": AGAIN, "invalid": AGAIN, "min_value": AGAIN, "max_value": AGAIN}
        super().__init__(min_value=1, max_value=BIGGEST_VERSION, widget=forms.HiddenInput, error_messages=errors)
