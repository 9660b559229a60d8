"""The shape of what is said and proposed about a motion that is open: comments, other wordings, recusal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.council.forms.ballots import SeatChoice
from actors.council.forms.motions import TEXT, ForSeat
from actors.council.models import Comment, MotionText, Seat
from actors.council.models.motions import SHORT
from medborger.common.forms import LINE, Paragraphs, RefusingForm, VersionField


class CommentForm(ForSeat):
    """A word in the discussion. Who also works in the house may say for whom they speak."""

    seat = SeatChoice(label=gettext_lazy("På vegne af"), required=False)
    text = Paragraphs(
        label=gettext_lazy("Kommentar"),
        max_length=Comment._meta.get_field("text").max_length,
        error_messages={"required": gettext_lazy("Skriv en kommentar.")},
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, seats: Sequence[Seat], staff: bool) -> None:
        super().__init__(data, seats=seats, initial={"token": uuid4()})
        field = cast(SeatChoice, self.fields["seat"])
        if staff and seats:
            field.widget = forms.RadioSelect()
            field.choices = [("", _("Husets medarbejder")), *((seat.pk, seat.name) for seat in seats)]
        elif staff:
            del self.fields["seat"]
        else:
            field.required = True


class EditCommentForm(RefusingForm):
    text = Paragraphs(
        label=gettext_lazy("Kommentar"),
        max_length=Comment._meta.get_field("text").max_length,
        error_messages={"required": gettext_lazy("Skriv en kommentar.")},
    )


class AmendmentForm(ForSeat):
    """Another wording; `base` is the number of the text it was written upon."""

    text = Paragraphs(
        label=gettext_lazy("Teksten, som I vil have den"),
        error_messages={"required": gettext_lazy("Skriv teksten.")},
        **TEXT,
    )
    short = forms.CharField(
        label=gettext_lazy("I én linje"),
        max_length=SHORT,
        required=False,
        validators=LINE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = Paragraphs(label=gettext_lazy("Hvorfor?"), max_length=2000, required=False)
    base = VersionField()
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, seats: Sequence[Seat], newest: MotionText, on_rule: bool
    ) -> None:
        initial = {"token": uuid4(), "text": newest.text, "short": newest.short, "base": newest.number}
        super().__init__(data, seats=seats, initial=initial)
        if not on_rule:
            del self.fields["short"]


class RecuseForm(ForSeat):
    """A seat says that it takes no part itself."""

    prefix = "own"
    reason = Paragraphs(label=gettext_lazy("Hvorfor?"), max_length=500, required=False, rows=2)


class ProposeRecusalForm(RefusingForm):
    """Somebody says that another seat should take no part."""

    prefix = "other"
    proposer = SeatChoice(label=gettext_lazy("På vegne af"))
    seat = forms.ModelChoiceField(
        Seat.objects.none(),
        label=gettext_lazy("Hvem er inhabil?"),
        empty_label=gettext_lazy("Vælg"),
        error_messages={"required": gettext_lazy("Vælg, hvem det drejer sig om.")},
    )
    reason = Paragraphs(
        label=gettext_lazy("Hvorfor?"),
        max_length=500,
        rows=2,
        error_messages={"required": gettext_lazy("Skriv, hvorfor de er inhabile.")},
    )

    def __init__(self, data: QueryDict | None = None, *, own: Sequence[Seat], council_id: int) -> None:
        super().__init__(data)
        self._own = {seat.pk: seat for seat in own}
        cast(SeatChoice, self.fields["proposer"]).offer(own)
        others = Seat.objects.in_force().filter(council=council_id).exclude(pk__in=self._own).in_danish_order()
        cast(Any, self.fields["seat"]).queryset = others

    def clean_proposer(self) -> Seat:
        found = self._own.get(self.cleaned_data["proposer"])
        if found is None:
            raise ValidationError(_("Vælg en af jeres egne pladser."), code="seat")
        return found
