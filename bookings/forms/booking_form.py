"""Forms to book a room, move, cancel and leave a booking. They check shape; the actions check the rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from actors.models import Actor, TargetGroup, Theme
from bookings.enums import OPEN_AUDIENCES, Audience
from bookings.extension_points import Plan
from bookings.forms.slot_form import FREE_TEXT, LookedUp, SlotForm
from bookings.rules import BookingData
from centers.models import Center
from medborger.common import clock
from medborger.common.forms import VersionField

if TYPE_CHECKING:
    from actors.access import Access


class BookingForm(SlotForm):
    """All that is asked when booking."""

    title = forms.CharField(
        label=gettext_lazy("Hvad skal der ske?"),
        max_length=80,
        validators=FREE_TEXT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Skriv kort, hvad der skal ske.")},
    )
    actor = LookedUp(
        Actor.objects.none(),
        label=gettext_lazy("Hvem booker I for?"),
        empty_label=gettext_lazy("Vælg aktør"),
        error_messages={"required": gettext_lazy("Vælg, hvem I booker for.")},
    )
    persons = forms.IntegerField(
        label=gettext_lazy("Hvor mange kommer der?"),
        required=False,
        min_value=1,
        max_value=5000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-number", "autocomplete": "off"}),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Hvem er velkommen?"),
        help_text=gettext_lazy("Ved en lukket booking ser andre kun, at lokalet er optaget."),
        choices=Audience.choices,
        initial=Audience.CLOSED,
        widget=forms.RadioSelect,
    )
    drop_in = forms.BooleanField(label=gettext_lazy("Man kan bare komme uden at melde sig til"), required=False)
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.all(),
        label=gettext_lazy("Emne"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Vælg mindst ét emne, så andre kan finde det.")},
    )
    target_groups = forms.ModelMultipleChoiceField(
        TargetGroup.objects.all(),
        label=gettext_lazy("For hvem"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Vælg mindst én gruppe, det er for.")},
    )
    partner = LookedUp(
        Actor.objects.none(),
        label=gettext_lazy("Laver I det sammen med nogen?"),
        help_text=gettext_lazy("De får besked og kan trække sig igen."),
        required=False,
        empty_label=gettext_lazy("Nej"),
    )
    hours_reason = forms.CharField(
        label=gettext_lazy("Hvorfor uden for åbningstiden?"),
        help_text=gettext_lazy("Kun når tiden ligger uden for åbningstiden. Grunden kan også skrives bagefter."),
        max_length=200,
        required=False,
        validators=FREE_TEXT,
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, center: Center, access: Access, **kwargs: Any) -> None:
        super().__init__(data, center=center, access=access, **kwargs)
        own, staff = access.actors_in(center.pk), access.is_staff_in(center.pk)
        house = Actor.objects.in_house(center.pk).in_danish_order()
        self.choice("actor").offer(house if staff else house.filter(pk__in=own), Actor.objects.in_use())
        self.choice("partner").offer(house)
        for name in ("partner", "actor"):
            self.fields[name].widget.attrs["data-combobox"] = _("Ingen med det navn")
        if self.is_bound and self.data.get("audience") not in OPEN_AUDIENCES:
            self.fields["themes"].required = self.fields["target_groups"].required = False
        if not staff:
            del self.fields["hours_reason"]
        if len(own) == 1 and not staff:
            self.choice("actor").empty_label = None
        self.initial = {
            "token": uuid4(),
            "date": clock.today(),
            **({"actor": min(own)} if len(own) == 1 else {}),
            **self.initial,
        }

    def clean(self) -> dict[str, Any]:
        wish = self.cleaned_data
        if wish.get("audience") == Audience.CLOSED:
            wish.update(themes=[], target_groups=[], drop_in=False)
        return wish

    def booking_data(self) -> BookingData:
        """What a valid form asks for."""
        said = self.cleaned_data
        return BookingData(
            slot=self.slot(),
            actor=said["actor"],
            title=said["title"],
            audience=Audience(said["audience"]),
            drop_in=said["drop_in"],
            persons=said["persons"],
            themes=list(said["themes"]),
            target_groups=list(said["target_groups"]),
            partner=said["partner"],
            hours_reason=said.get("hours_reason", ""),
            token=said["token"],
        )


class MoveForm(SlotForm):
    """Another time or room for a booking."""

    version = VersionField()


class IdsField(forms.Field):
    """Ids as they stand in a form that is being written; what is none is left out."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> list[int]:
        return [int(said) for said in value or () if re.fullmatch(r"[0-9]{1,18}", said)]


class HintForm(SlotForm):
    """What the live hint reads of a booking form while it is being written."""

    persons = forms.IntegerField(required=False, min_value=1, max_value=5000)
    booking = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    audience = forms.CharField(required=False)
    drop_in = forms.BooleanField(required=False)
    actor = IdsField()
    partner = IdsField()
    themes = IdsField()
    target_groups = IdsField()

    def plan(self) -> Plan | None:
        """The event that a valid form describes; None for a closed booking, one that people drop in at, or one without words."""
        said = self.cleaned_data
        words = said["themes"] and said["target_groups"]
        if said["audience"] not in OPEN_AUDIENCES or said["drop_in"] or not words:
            return None
        return Plan(
            center_id=self.center.pk,
            span=self.slot().span,
            holders=said["actor"],
            actors=[*said["actor"], *said["partner"]],
            themes=said["themes"],
            target_groups=said["target_groups"],
        )


class CancelForm(forms.Form):
    version = VersionField()


class ReasonForm(forms.Form):
    """Why a booking lies outside the opening hours."""

    hours_reason = forms.CharField(
        label=gettext_lazy("Hvorfor uden for åbningstiden?"), max_length=200, validators=FREE_TEXT
    )


class LeaveForm(forms.Form):
    actor = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
