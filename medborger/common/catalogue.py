"""What the catalogue of components shows; not part of a public installation."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

ACCENTS = ("hav", "tegl", "skov", "fjord", "blomme", "rav")


ACTORS = (
    "Brætspilsklubben",
    "Folkedanserne",
    "Haveforeningen",
    "Kvindegruppen",
    "Lektiehjælpen",
    "Nabokoret",
    "Skakklubben",
    "Syklubben",
)


RULE = """## Ro i huset

Musik og høj tale stopper kl. **22.00**. *Tak for hjælpen.*

- Døre og vinduer holdes lukket
- Lyset slukkes, [læs hvordan](https://huset.example/lys)
"""
CHANGE = (
    {"kind": "same", "text": "Musik og høj tale "},
    {"kind": "removed", "text": "skal stoppe", "replaced": True},
    {"kind": "added", "text": "stopper"},
    {"kind": "same", "text": " kl. "},
    {"kind": "removed", "text": "22.00", "replaced": True},
    {"kind": "added", "text": "21.30 på hverdage og kl. 22.00 fredag og lørdag"},
    {"kind": "same", "text": ".\n- Døre og vinduer i Øverummet holdes lukket.\n"},
    {"kind": "folded", "text": "- Service vaskes op og stilles på plads i skabet.\n", "words": 9},
    {"kind": "added", "text": "- Nøglen bliver i huset.", "breaks_after": "\n"},
    {"kind": "same", "text": "- Den sidste slukker lyset."},
)


class SampleForm(forms.Form):
    """One field of each shape."""

    actor = forms.ChoiceField(
        label=gettext_lazy("Hvem booker I for?"),
        choices=[("", ""), *((name, name) for name in ACTORS)],
        widget=forms.Select(attrs={"data-combobox": gettext_lazy("Ingen med det navn")}),
    )
    date = forms.DateField(label=gettext_lazy("Dato"), widget=forms.DateInput(attrs={"class": "w-date"}))
    start = forms.TimeField(label=gettext_lazy("Fra kl."), widget=forms.TimeInput(attrs={"class": "w-time"}))
    end = forms.TimeField(label=gettext_lazy("Til kl."), widget=forms.TimeInput(attrs={"class": "w-time"}))
    title = forms.CharField(label=gettext_lazy("Hvad skal der ske?"), help_text=gettext_lazy("Højst 80 tegn."))
    note = forms.CharField(
        label=gettext_lazy("Besked til huset"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Hvem er velkommen?"),
        help_text=gettext_lazy("Ved en lukket booking ser andre kun, at lokalet er optaget."),
        choices=[
            ("closed", gettext_lazy("Kun os selv")),
            ("residents", gettext_lazy("Alle, der bor i området")),
            ("everyone", gettext_lazy("Alle")),
        ],
        widget=forms.RadioSelect,
    )
    facilities = forms.MultipleChoiceField(
        label=gettext_lazy("Hvad skal I bruge?"),
        choices=[("screen", gettext_lazy("Skærm")), ("kitchen", gettext_lazy("Køkken"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    drop_in = forms.BooleanField(label=gettext_lazy("Man kan bare komme forbi"), required=False)


def samples() -> dict[str, Any]:
    """One of everything that a component draws."""
    refused = SampleForm({"actor": "", "date": "", "start": "18.00", "title": ""}, prefix="refused")
    refused.add_error(None, _("Salen er optaget torsdag kl. 18.00–19.30."))
    return {
        "form": SampleForm(initial={"audience": "closed", "start": "18.00", "end": "19.30"}, prefix="sample"),
        "refused": refused,
        "accents": ACCENTS,
        "rule": RULE,
        "change": CHANGE,
        "levels": ["success", "info", "warning", "error"],
        "forms_of_collaboration": [
            ("share_knowledge", _("Videndele")),
            ("align", _("Samvirke")),
            ("exchange_resources", _("Ressourceudveksle")),
            ("coordinate", _("Samordne")),
            ("co_create", _("Samskabe")),
        ],
    }
