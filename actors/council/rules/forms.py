"""The form of a rule's review."""

from django import forms
from django.utils.translation import gettext_lazy as _

from medborger.common.fields import DayField
from medborger.common.forms import RefusingForm

BIGGEST_ID = 2**63 - 1


class ReviewForm(RefusingForm):
    """Keep a rule, and look at it again on a later day. `version` is the one that the form was opened on."""

    next_on = DayField(label=_("Se på den igen"), error_messages={"required": _("Skriv en dato.")})
    version = forms.IntegerField(min_value=1, max_value=BIGGEST_ID, widget=forms.HiddenInput)
