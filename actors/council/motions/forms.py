"""Forms of motions. They check shape; the actions check the rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.translation import gettext as _, gettext_lazy

from actors.council.ballots.forms import SeatChoice
from actors.council.enums import ON_RULES, MotionKind
from actors.council.models import HouseRule, Motion, ProposedOrders, Seat
from actors.council.models.council import SETTINGS
from actors.council.models.motions import SHORT
from actors.council.motions.actions import MOST_FIGURES, MotionData
from centers.enums import Weekday
from centers.models import Center, Room
from medborger.common import clock
from medborger.common.fields import ClockField, DayField
from medborger.common.forms import LINE, PARAGRAPHS, Paragraphs, RefusingForm, VersionField
from medborger.common.validators import MaxKilobytesValidator

if TYPE_CHECKING:
    _OrdersModelForm = forms.ModelForm[ProposedOrders]
else:
    _OrdersModelForm = forms.ModelForm


TEXT_KB = 100
MORE_FIGURES = 5


class NeededLater(Paragraphs):
    """A field that a motion needs to be opened for discussion; a draft is saved without it."""

    def validate(self, value: str) -> None:
        pass


TEXT: Mapping[str, Any] = {"rows": 12, "validators": [*PARAGRAPHS, MaxKilobytesValidator(TEXT_KB)]}


class KronerField(forms.Field):
    """Whole kroner as people write them: 175.000, -12500, 12.500 kr."""

    widget = forms.TextInput(attrs={"class": "w-amount", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        text = re.sub(r"\s|kr\.?", "", str(value or ""), flags=re.IGNORECASE).replace("\u2212", "-")
        if not text:
            return None
        if not re.fullmatch(r"-?(\d{1,9}|\d{1,3}(\.\d{3}){1,2})(,-)?", text, re.ASCII):
            raise ValidationError(_("Skriv beløbet i hele kroner, fx 175.000 eller -12.500."), code="kroner")
        return int(text.removesuffix(",-").replace(".", ""))


class ForSeat(RefusingForm):
    """A form that is filled in for one of the person's seats; with one alone nobody is asked which."""

    seat = SeatChoice(
        label=gettext_lazy("På vegne af"), error_messages={"required": gettext_lazy("Vælg, hvem I handler for.")}
    )

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seats = {seat.pk: seat for seat in seats}
        cast(SeatChoice, self.fields["seat"]).offer(seats)

    def clean_seat(self) -> Seat | None:
        """The chosen seat, None where none is needed. Raises ValidationError for a seat that was not offered."""
        chosen = self.cleaned_data["seat"]
        if not chosen:
            return None
        found = self._seats.get(chosen)
        if found is None:
            raise ValidationError(_("Vælg en af jeres egne pladser."), code="seat")
        return found


class FigureForm(forms.Form):
    """A line of the table of figures; an empty one is left out."""

    label = forms.CharField(
        label=gettext_lazy("Post"),
        max_length=80,
        validators=LINE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Skriv, hvad beløbet dækker.")},
    )
    kroner = KronerField(
        label=gettext_lazy("Beløb i kr."), error_messages={"required": gettext_lazy("Skriv et beløb.")}
    )


FigureFormSet = forms.formset_factory(
    FigureForm, extra=MORE_FIGURES, max_num=MOST_FIGURES, validate_max=True, absolute_max=2 * MOST_FIGURES
)


EVERYDAY = (
    "entitled",
    "quorum",
    "quorum_share",
    "quorum_number",
    "majority",
    "tie",
    "movers",
    "notice_days",
    "ballot_days",
)


class OrdersForm(_OrdersModelForm):
    """The proposed standing orders: what every council decides first, the rest behind one control. The database's checks validate it."""

    prefix = "orders"

    @property
    def everyday(self) -> list[forms.BoundField]:
        return [self[name] for name in EVERYDAY]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in SETTINGS if name not in EVERYDAY]

    @property
    def rest_is_wrong(self) -> bool:
        """Whether an error is in the folded rest; contradicting settings are there."""
        return bool(self.non_field_errors()) or any(field.errors for field in self.rest)

    class Meta:
        model = ProposedOrders
        fields = SETTINGS
        widgets: ClassVar = dict.fromkeys(
            ("quorum_share", "quorum_number", "proxies", "notice_days", "ballot_days"),
            forms.TextInput(attrs={"inputmode": "numeric", "class": "w-number", "autocomplete": "off"}),
        )


_ALWAYS = ("title", "meaning", "why")
_ON_A_RULE = ("short", "text", "rooms", "from_time", "to_time", "weekdays", "effective_on", "review_on")
_ASKED: Mapping[MotionKind, tuple[str, ...]] = {
    MotionKind.NEW_RULE: _ON_A_RULE,
    MotionKind.CHANGE_RULE: _ON_A_RULE,
    MotionKind.REPEAL_RULE: ("effective_on",),
    MotionKind.FURNISHING: ("text", "effective_on"),
    MotionKind.FINANCING: ("text",),
    MotionKind.STANDING_ORDERS: (),
    MotionKind.OTHER: ("text",),
}


class MotionForm(ForSeat):
    """A motion of one kind. A draft may be saved incomplete; what is missing is said when it is opened for discussion."""

    title = forms.CharField(
        label=gettext_lazy("Overskrift"),
        max_length=100,
        validators=LINE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Skriv en overskrift.")},
    )
    text = NeededLater(label=gettext_lazy("Hvad foreslår I?"), **TEXT)
    short = forms.CharField(
        label=gettext_lazy("Reglen i én linje"),
        help_text=gettext_lazy("Vises, når nogen booker et lokale, fx: I Salen slukkes musikken kl. 22.00."),
        max_length=SHORT,
        required=False,
        validators=LINE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    meaning = NeededLater(
        label=gettext_lazy("Hvad betyder det for jer?"),
        help_text=gettext_lazy("Et par sætninger til dem, der kun læser dette."),
        max_length=1000,
        rows=3,
    )
    why = Paragraphs(label=gettext_lazy("Hvorfor?"), max_length=10_000, required=False, rows=6)
    rooms = forms.ModelMultipleChoiceField(
        Room.objects.none(),
        label=gettext_lazy("Lokaler"),
        help_text=gettext_lazy("Lad felterne stå tomme, hvis reglen gælder hele huset."),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    from_time = ClockField(label=gettext_lazy("Fra kl."), required=False)
    to_time = ClockField(label=gettext_lazy("Til kl."), required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Ugedage"),
        help_text=gettext_lazy("Ingen valgt: alle dage."),
        choices=Weekday.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    effective_on = DayField(
        label=gettext_lazy("Gælder fra"),
        help_text=gettext_lazy("Tomt felt: fra den dag, forslaget bliver vedtaget."),
        required=False,
    )
    review_on = DayField(
        label=gettext_lazy("Tages op igen"),
        help_text=gettext_lazy("Den dag, rådet skal se på reglen igen."),
        required=False,
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        kind: MotionKind,
        center: Center,
        seats: Sequence[Seat],
        motion: Motion | None = None,
        settings: Mapping[str, Any],
        reviews: bool,
        **kwargs: Any,
    ) -> None:
        initial = {"token": uuid4(), **kwargs.pop("initial", {})}
        super().__init__(data, seats=seats, initial=initial, **kwargs)
        self.kind = kind
        asked = {"seat", "token", *_ALWAYS, *_ASKED[kind]} - ({"review_on"} if not reviews else set())
        for name in set(self.fields) - asked:
            del self.fields[name]
        self.fields["meaning"].required = kind in ON_RULES
        if kind in (MotionKind.NEW_RULE, MotionKind.CHANGE_RULE):
            self.fields["title"].help_text = _("Bliver reglens overskrift, hvis forslaget bliver vedtaget.")
        if "rooms" in self.fields:
            cast(Any, self.fields["rooms"]).queryset = Room.objects.in_use().filter(center=center)
        if motion is not None:
            del self.fields["seat"]
            self.fields["version"] = VersionField()
            self.initial.setdefault("version", motion.version)
        figures = self.initial.pop("figures", [])
        self.figures: BaseFormSet[FigureForm] | None = None
        if kind == MotionKind.FINANCING:
            self.figures = FigureFormSet(_with_more(data), prefix="figures", initial=figures)
        self.orders: OrdersForm | None = None
        if kind == MotionKind.STANDING_ORDERS:
            self.orders = OrdersForm(data, initial=dict(settings))

    @property
    def wants_more(self) -> bool:
        """Whether the button asked for more lines only."""
        return self.figures is not None and "more" in self.data

    def is_valid(self) -> bool:
        parts = [part.is_valid() for part in (self.figures, self.orders) if part is not None]
        return super().is_valid() and all(parts)

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        if day is not None and day <= clock.today():
            raise ValidationError(_("Vælg en dag, der kommer."), code="past")
        return day

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        start, end = said.get("from_time"), said.get("to_time")
        if "from_time" in said and "to_time" in said:
            if (start is None) != (end is None):
                self.add_error("to_time" if end is None else "from_time", _("Skriv både fra og til."))
            elif start is not None and end is not None and start >= end:
                self.add_error("to_time", _("Sluttiden skal være efter starttiden. Skriv 24.00 for midnat."))
        return said

    def proposal(self, rule: HouseRule | None) -> MotionData:
        """The data of a valid form."""
        said = self.cleaned_data
        start, end = said.get("from_time"), said.get("to_time")
        return MotionData(
            kind=self.kind,
            title=said["title"],
            text=said.get("text", ""),
            short=said.get("short", ""),
            meaning=said["meaning"],
            why=said["why"],
            rule=rule,
            rooms=list(said.get("rooms", [])),
            hours=(start, end) if start is not None and end is not None else None,
            weekdays=said.get("weekdays", []),
            effective_on=said.get("effective_on"),
            review_on=said.get("review_on", self.initial.get("review_on")),
            figures=self._figures(),
            orders=self.orders.cleaned_data if self.orders else None,
        )

    def _figures(self) -> list[tuple[str, int]]:
        if self.figures is None:
            return []
        return [(line["label"], line["kroner"]) for line in self.figures.cleaned_data if line]


def _with_more(data: QueryDict | None) -> QueryDict | None:
    """The posted data with more empty lines, when the button "Flere linjer" was pressed."""
    if data is None or "more" not in data:
        return data
    grown = data.copy()
    total = data.get("figures-TOTAL_FORMS", "")
    shown = int(total) if total.isdecimal() and len(total) < 4 else 0
    grown["figures-TOTAL_FORMS"] = str(min(shown + MORE_FIGURES, MOST_FIGURES))
    return grown
