"""How a ballot is to be held."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.council.actions.ballots.opening import LONGEST, SHORTEST
from actors.council.enums import Method
from medborger.common.forms import RefusingForm

HOWS = (
    (Method.ONLINE, _("På nettet, i de dage forretningsordenen siger")),
    (Method.MEETING, _("På et møde nu: alle stemmer på telefonen")),
    (Method.HANDS, _("På et møde nu: ved håndsoprækning")),
)


class OpenForm(RefusingForm):
    """The method, and for a meeting how many minutes it is open. By hands nothing can be voted on in secret."""

    method = forms.ChoiceField(
        label=_("Hvordan skal der stemmes?"),
        choices=HOWS,
        initial=Method.ONLINE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvordan der skal stemmes.")},
    )
    minutes = forms.IntegerField(
        label=_("Minutter på mødet"),
        help_text=_("Tomt felt: ti minutter på telefonen, en time ved håndsoprækning."),
        required=False,
        min_value=SHORTEST,
        max_value=LONGEST,
        widget=forms.NumberInput(attrs={"class": "w-amount"}),
    )

    def __init__(self, *args: Any, secret: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if secret:
            field = cast(forms.ChoiceField, self.fields["method"])
            field.choices = [how for how in HOWS if how[0] != Method.HANDS]
