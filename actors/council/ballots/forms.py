"""Forms of ballots. They check shape; the actions check who may vote, and when."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.council.ballots.actions.opening import LONGEST, SHORTEST
from actors.council.enums import Choice, Method
from actors.council.models import Cast, Seat, SeatHolder
from medborger.common.forms import RefusingForm
from medborger.common.validators import no_personal_number

CHOICES = [(Choice.FOR, _("For")), (Choice.AGAINST, _("Imod")), (Choice.BLANK, _("Blank"))]


class SeatChoice(forms.TypedChoiceField):
    """One of the seats that are offered; any other number is passed on, and the action says whether the person has it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, widget=forms.RadioSelect, **kwargs)

    def offer(self, seats: Sequence[Seat], by_proxy: Collection[int] = ()) -> None:
        """Of a single seat nobody is asked. `by_proxy` are the ids of those that one votes for by their proxy."""
        self.choices = [
            (seat.pk, _("%(seat)s (med fuldmagt)") % {"seat": seat} if seat.pk in by_proxy else seat.name)
            for seat in seats
        ]
        if len(seats) == 1:
            self.initial = seats[0].pk
            self.widget = forms.HiddenInput()

    def valid_value(self, value: Any) -> bool:
        return str(value).isdecimal() and len(str(value)) < 19


class VoteForm(RefusingForm):
    """A vote. Nothing is chosen beforehand, neither the first time nor when it is changed."""

    seat = SeatChoice(label=_("Hvem stemmer du for?"), error_messages={"required": _("Vælg, hvem du stemmer for.")})
    choice = forms.TypedChoiceField(
        label=_("Hvad stemmer I?"),
        choices=CHOICES,
        coerce=Choice,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Vælg for, imod eller blank."),
            "invalid_choice": _("Vælg for, imod eller blank."),
        },
    )
    reason = forms.CharField(
        label=_("Begrundelse"),
        help_text=_("Alle i huset kan læse den, når afstemningen er lukket."),
        required=False,
        max_length=Cast._meta.get_field("reason").max_length,
        validators=[no_personal_number],
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, seats: Sequence[Seat], by_proxy: Collection[int] = (), secret: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        seat = self.fields["seat"]
        assert isinstance(seat, SeatChoice)
        seat.offer(seats, by_proxy)
        if secret:
            del self.fields["reason"]


class SeatForm(RefusingForm):
    """A seat of the person's own, and another one."""

    own = SeatChoice(label=_("For hvilken plads?"))
    seat = forms.TypedChoiceField(label=_("Plads"), coerce=int, error_messages={"required": _("Vælg en plads.")})

    def __init__(self, *args: Any, own: Sequence[Seat], seats: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine, other = self.fields["own"], self.fields["seat"]
        assert isinstance(mine, SeatChoice)
        assert isinstance(other, forms.TypedChoiceField)
        mine.offer(own)
        other.choices = [("", _("Vælg")), *((seat.pk, seat.name) for seat in seats)]
        other.widget.attrs["data-combobox"] = _("Ingen med det navn")


class ProxyForm(SeatForm):
    """To whom a seat gives its proxy."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["own"].label = _("Hvem giver fuldmagt?")
        self.fields["seat"].label = _("Hvem skal stemme for jer?")


class HandOverForm(RefusingForm):
    """To which other holder of the seat the secret vote is handed over."""

    holder = forms.TypedChoiceField(
        label=_("Hvem skal stemme i stedet?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg en person.")},
    )

    def __init__(self, *args: Any, holders: Collection[SeatHolder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["holder"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(holder.pk, f"{holder.user} ({holder.get_part_display().lower()})") for holder in holders]


class AnchorForm(forms.Form):
    """The code that a person kept from the mail or the certificate."""

    kode = forms.CharField(
        label=_("Din kontrolkode"),
        max_length=200,
        help_text=_("Skriv den fra mailen eller attesten. Mellemrum og store bogstaver er lige meget."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )


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
        label=_("Hvor mange minutter kan I stemme?"),
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
