"""The shape of what is written about house rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from medborger.common.errors import DomainError
from medborger.common.fields import DayField

BIGGEST_ID = 2**63 - 1


class ReviewForm(forms.Form):
    """Keep a rule, and look at it again on a later day. `version` is the one that the form was opened on."""

    next_on = DayField(label=_("Se på den igen"), error_messages={"required": _("Skriv en dato.")})
    version = forms.IntegerField(min_value=1, max_value=BIGGEST_ID, widget=forms.HiddenInput)

    def refuse(self, error: DomainError) -> None:
        """Say at its field what the action refused."""
        self.add_error(error.field if error.field in self.fields else None, str(error.message))
