"""Forms of comments, amendments and recusals. They check shape; the actions check the rules."""

from collections.abc import Sequence
from typing import cast
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _, gettext_lazy

from actors.council.ballots.forms import SeatChoice
from actors.council.models import Comment, MotionText, Seat
from actors.council.models.motions import SHORT
from actors.council.motions.forms import TEXT, ForSeat
from medborger.common.forms import LINE, Paragraphs, RefusingForm, VersionField


class CommentForm(ForSeat):
    """A comment. Who holds a seat and works in the house chooses whom they speak for."""

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
    """An amendment; `base` is the number of the text that it changes."""

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
    """A recusal of one of the person's seats, or with `decided` of another seat by a meeting's decision, with its reason."""

    reason = Paragraphs(
        label=gettext_lazy("Hvorfor?"),
        max_length=500,
        required=False,
        rows=2,
        error_messages={"required": gettext_lazy("Skriv, hvorfor de er inhabile.")},
    )

    def __init__(self, data: QueryDict | None = None, *, seats: Sequence[Seat], decided: bool = False) -> None:
        super().__init__(data, seats=seats, prefix="decided" if decided else "own")
        if decided:
            names = [("", _("Vælg")), *((seat.pk, seat.name) for seat in seats)]
            field = cast(SeatChoice, self.fields["seat"])
            field.label, field.widget, field.choices, field.initial = _("Hvem er inhabil?"), forms.Select(), names, None
            field.error_messages["required"] = _("Vælg, hvem det drejer sig om.")
            self.fields["reason"].required = True
