"""The shape of what people write; the rules are the actions'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast, get_args
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _, gettext_lazy

from actors.models import Actor, TargetGroup, Theme
from bookings.actions.closures import OnClash
from bookings.enums import OPEN_AUDIENCES, Audience
from bookings.extension_points import Plan
from bookings.rules import BookingData, Slot
from centers.models import Center, Facility, Room
from medborger.common import clock
from medborger.common.fields import ClockField, DayField, LongSelect
from medborger.common.forms import RefusingForm, VersionField
from medborger.common.validators import no_control_characters, no_personal_number

if TYPE_CHECKING:
    from actors.access import Access

    _ModelChoice = forms.ModelChoiceField[Model]
else:
    _ModelChoice = forms.ModelChoiceField

FREE_TEXT = [no_personal_number, no_control_characters]


class LookedUp(_ModelChoice):
    """A choice whose list is read only when it is drawn; what is posted is looked up alone, in one statement, among `accepted`."""

    accepted: QuerySet[Any]
    widget = LongSelect

    def offer(self, offered: QuerySet[Any], accepted: QuerySet[Any] | None = None) -> None:
        self.queryset = offered
        self.accepted = offered if accepted is None else accepted

    def to_python(self, value: Any) -> Model | None:
        if value in self.empty_values:
            return None
        if isinstance(value, Model):
            return value
        found: Model | None = None
        if "\0" not in str(value):
            try:
                found = self.accepted.filter(**{self.to_field_name or "pk": value}).first()
            except ValueError:
                found = None
        if found is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return found

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)


class RoomChoice(LookedUp):
    """A room by its slug."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Room.objects.none(), to_field_name="slug", empty_label=gettext_lazy("Vælg lokale"), **kwargs)

    def label_from_instance(self, room: Model) -> str:
        assert isinstance(room, Room)
        return _("%(room)s (%(capacity)s pladser)") % {"room": room.name, "capacity": room.capacity}


class SlotForm(RefusingForm):
    """A room of one house and a time on one date."""

    room = RoomChoice(label=gettext_lazy("Lokale"), error_messages={"required": gettext_lazy("Vælg et lokale.")})
    date = DayField(label=gettext_lazy("Dato"), error_messages={"required": gettext_lazy("Skriv en dato.")})
    start = ClockField(label=gettext_lazy("Fra kl."), error_messages={"required": gettext_lazy("Skriv et klokkeslæt.")})
    end = ClockField(label=gettext_lazy("Til kl."), error_messages={"required": gettext_lazy("Skriv et klokkeslæt.")})

    def __init__(self, data: Mapping[str, Any] | None = None, *, center: Center, access: Access, **kwargs: Any) -> None:
        super().__init__(_with_alternative(data), **kwargs)
        self.center, self.access = center, access
        self.chosen_room: Room | None = None
        own = access.actors_in(center.pk)
        offered = Room.objects.in_use().filter(center=center).bookable_by(own, staff=access.is_staff_in(center.pk))
        self.choice("room").offer(offered, Room.objects.filter(center=center))

    def choice(self, name: str) -> LookedUp:
        return cast(LookedUp, self.fields[name])

    def posted(self) -> Iterator[tuple[str, str]]:
        """The names and values of a bound form as they were sent, for a button that sends them again."""
        for name in self.fields:
            values = self.data.getlist(name) if isinstance(self.data, QueryDict) else [self.data.get(name, "")]
            yield from ((name, value) for value in values)

    def slot(self) -> Slot:
        """The wished time of a valid form."""
        wish = self.cleaned_data
        return Slot(wish["room"], wish["date"], wish["start"], wish["end"])

    def require_own_room(self) -> None:
        """Raises Http404 where the room is none of this house's."""
        if self.has_error("room", "invalid_choice"):
            raise Http404

    def prefill(self, query: QueryDict) -> None:
        """Take over what a link says; what it says wrongly is told at its field. Raises Http404 for a room of another house."""
        for parameter, name in (("lokale", "room"), ("dato", "date"), ("fra", "start"), ("til", "end")):
            raw = query.get(parameter, "")
            if not raw:
                continue
            try:
                self.initial[name] = self.fields[name].clean(raw)
                if name == "room":
                    self.chosen_room = self.initial[name]
            except ValidationError as error:
                if name == "room":
                    raise Http404 from None
                self.initial[name] = raw
                self.errors[name] = self.error_class(error.messages)

    def clean_room(self) -> Room:
        self.chosen_room = cast(Room, self.cleaned_data["room"])
        return self.chosen_room


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


class ClosureForm(RefusingForm):
    """Which rooms are closed, from when to when, and why."""

    error_fields = {"end": "to_time", "date": "to_date"}

    whole_house = forms.BooleanField(label=gettext_lazy("Hele huset"), required=False)
    rooms = forms.ModelMultipleChoiceField(
        Room.objects.none(),
        label=gettext_lazy("Eller kun disse lokaler"),
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Vælg lokaler, eller luk hele huset.")},
    )
    from_date = DayField(label=gettext_lazy("Fra dato"), error_messages={"required": gettext_lazy("Skriv en dato.")})
    from_time = ClockField(label=gettext_lazy("Fra kl."), initial=0)
    to_date = DayField(label=gettext_lazy("Til dato"), error_messages={"required": gettext_lazy("Skriv en dato.")})
    to_time = ClockField(label=gettext_lazy("Til kl."), initial=clock.MINUTES_A_DAY)
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        help_text=gettext_lazy("Alle kan se grunden, fx: Nyt gulv."),
        max_length=120,
        validators=FREE_TEXT,
        error_messages={"required": gettext_lazy("Skriv en grund, som alle kan forstå.")},
    )
    on_clash = forms.ChoiceField(
        choices=[(name, name) for name in get_args(OnClash)], initial="ask", required=False, widget=forms.HiddenInput
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, center: Center) -> None:
        super().__init__(data, initial={"token": uuid4()})
        cast(Any, self.fields["rooms"]).queryset = Room.objects.in_use().filter(center=center)
        self.fields["rooms"].required = not (self.is_bound and self.data.get("whole_house"))

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        try:
            for end in ("from", "to"):
                if f"{end}_date" in said and f"{end}_time" in said:
                    said[f"{end}_at"] = clock.at(said[f"{end}_date"], said[f"{end}_time"])
        except clock.NonexistentTime as error:
            self.add_error(f"{end}_time", str(error.message))
        return said


class FreeForm(RefusingForm):
    """The search for a free room; its names are Danish, since they stand in the address."""

    error_fields = {"start": "fra", "end": "til", "date": "dato"}

    dato = DayField(label=gettext_lazy("Dato"), error_messages={"required": gettext_lazy("Skriv en dato.")})
    fra = ClockField(label=gettext_lazy("Fra kl."), error_messages={"required": gettext_lazy("Skriv et klokkeslæt.")})
    til = ClockField(label=gettext_lazy("Til kl."), error_messages={"required": gettext_lazy("Skriv et klokkeslæt.")})
    pladser = forms.IntegerField(
        label=gettext_lazy("Hvor mange kommer der?"),
        required=False,
        min_value=1,
        max_value=5000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-number", "autocomplete": "off"}),
    )
    facilitet = forms.ModelMultipleChoiceField(
        Facility.objects.none(),
        label=gettext_lazy("Hvad skal I bruge?"),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: QueryDict | None, *, center: Center) -> None:
        super().__init__(data, initial={"dato": clock.today()})
        rooms = Room.objects.in_use().filter(center=center)
        cast(Any, self.fields["facilitet"]).queryset = Facility.objects.filter(rooms__in=rooms).distinct()


def _with_alternative(data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """A press on one of the alternatives posts the form as it was, and `instead`: another room and time for it."""
    if not isinstance(data, QueryDict) or "instead" not in data:
        return data
    chosen = data.copy()
    for name, value in zip(("room", "date", "start", "end"), data.get("instead", "").split("|"), strict=False):
        chosen[name] = value
    return chosen
