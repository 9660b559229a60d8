"""A room and a time: the fields that the booking forms share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _, gettext_lazy

from bookings.rules import Slot
from centers.models import Center, Room
from medborger.common.fields import ClockField, DayField, LongSelect
from medborger.common.forms import RefusingForm
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


def _with_alternative(data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """A press on one of the alternatives posts the form as it was, and `instead`: another room and time for it."""
    if not isinstance(data, QueryDict) or "instead" not in data:
        return data
    chosen = data.copy()
    for name, value in zip(("room", "date", "start", "end"), data.get("instead", "").split("|"), strict=False):
        chosen[name] = value
    return chosen
