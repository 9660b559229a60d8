"""Forms of meetings, agenda items, minutes and attendance. The rules are checked by the actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from actors.meetings.actions import ItemData, MeetingData
from actors.meetings.enums import Answer, Direction, ItemKind
from actors.meetings.meeting_bodies import MeetingBody, NextTime
from actors.meetings.models import TEXT_LENGTH, AgendaItem, Meeting
from actors.models import Actor
from centers.models import Center, Room
from medborger.common import clock
from medborger.common.fields import ClockField, DayField, LongSelect
from medborger.common.forms import LINE, Paragraphs, RefusingForm, VersionField


class MeetingForm(RefusingForm):
    """Title, time and place of a meeting; its agenda has a page of its own."""

    title = forms.CharField(
        label=gettext_lazy("Hvad skal mødet hedde?"),
        max_length=80,
        validators=LINE,
        error_messages={"required": gettext_lazy("Skriv, hvad mødet skal hedde.")},
    )
    date = DayField(label=gettext_lazy("Dato"), error_messages={"required": gettext_lazy("Skriv en dato.")})
    start = ClockField(label=gettext_lazy("Fra kl."), error_messages={"required": gettext_lazy("Skriv et klokkeslæt.")})
    end = ClockField(label=gettext_lazy("Til kl."), error_messages={"required": gettext_lazy("Skriv et klokkeslæt.")})
    room = forms.ChoiceField(
        label=gettext_lazy("Lokale"),
        help_text=gettext_lazy("Mødet booker ikke lokalet. Det gør I i kalenderen."),
        required=False,
        widget=LongSelect,
    )
    place = forms.CharField(
        label=gettext_lazy("Andet sted"),
        help_text=gettext_lazy("Eller hvordan man finder derhen."),
        max_length=120,
        required=False,
        validators=LINE,
    )
    version = VersionField()
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, center: Center, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.rooms = {room.slug: room for room in Room.objects.in_use().filter(center=center)}
        choices = [("", _("Intet lokale i huset")), *((slug, room.name) for slug, room in self.rooms.items())]
        cast(forms.ChoiceField, self.fields["room"]).choices = choices

    @classmethod
    def new(cls, data: Mapping[str, Any] | None, *, center: Center, body: MeetingBody, title: str) -> MeetingForm:
        """The form of a meeting that is to be made, filled in with when the body has agreed to meet next."""
        initial = {"title": title, "token": uuid4(), **_time_and_place(body.next_time(center))}
        form = cls(data, center=center, initial=initial)
        del form.fields["version"]
        return form

    @classmethod
    def of(cls, meeting: Meeting, data: Mapping[str, Any] | None = None) -> MeetingForm:
        """The form of one that is there already."""
        initial = {"title": meeting.title, "version": meeting.version, **_time_and_place(meeting)}
        form = cls(data, center=meeting.center, initial=initial)
        if meeting.room:
            form.rooms.setdefault(meeting.room.slug, meeting.room)
        del form.fields["token"]
        return form

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        for end in ("start", "end"):
            if "date" in said and end in said:
                try:
                    said[f"{end}s_at"] = clock.at(said["date"], said[end])
                except clock.NonexistentTime as error:
                    self.add_error(end, str(error.message))
        return said

    def to_data(self) -> MeetingData:
        """The data of a valid form."""
        said = self.cleaned_data
        return MeetingData(
            title=said["title"],
            starts_at=said["starts_at"],
            ends_at=said["ends_at"],
            room=self.rooms.get(said["room"]),
            place=said["place"],
        )


def _time_and_place(of: Meeting | NextTime | None) -> dict[str, Any]:
    if of is None:
        return {}
    day = clock.local(of.starts_at).date()
    return {
        "date": day,
        "start": clock.minute_of_day(of.starts_at, day),
        "end": clock.minute_of_day(of.ends_at, day),
        "room": of.room.slug if of.room else "",
        "place": of.place,
    }


class ItemForm(RefusingForm):
    """An item of the agenda."""

    title = forms.CharField(
        label=gettext_lazy("Punkt"),
        max_length=120,
        validators=LINE,
        error_messages={"required": gettext_lazy("Skriv, hvad punktet handler om.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Slags"), choices=ItemKind.choices, initial=ItemKind.DISCUSSION, widget=forms.RadioSelect
    )
    minutes_needed = forms.IntegerField(
        label=gettext_lazy("Hvor mange minutter?"),
        min_value=1,
        max_value=240,
        initial=15,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-number", "autocomplete": "off"}),
    )
    text = Paragraphs(
        label=gettext_lazy("Beskrivelse"),
        help_text=gettext_lazy("Det, man skal vide på forhånd. En tom linje giver et nyt afsnit."),
        rows=4,
        required=False,
        max_length=TEXT_LENGTH,
    )
    owner = forms.ChoiceField(label=gettext_lazy("Hvem lægger op?"), required=False, widget=LongSelect)
    audience = forms.MultipleChoiceField(
        label=gettext_lazy("Hvem skal være der?"),
        help_text=gettext_lazy("Sæt ingen kryds, når punktet er for alle."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = VersionField()

    def __init__(self, data: Mapping[str, Any] | None = None, *, center: Center, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.actors = {str(actor.pk): actor for actor in Actor.objects.in_house(center.pk).in_danish_order()}
        choices = [(key, actor.name) for key, actor in self.actors.items()]
        cast(forms.ChoiceField, self.fields["owner"]).choices = [("", _("Ingen bestemt")), *choices]
        cast(forms.MultipleChoiceField, self.fields["audience"]).choices = choices

    @classmethod
    def new(cls, data: Mapping[str, Any] | None, *, center: Center) -> ItemForm:
        """The form of an item that is to be added."""
        form = cls(data, center=center)
        del form.fields["version"]
        return form

    @classmethod
    def of(cls, item: AgendaItem, data: Mapping[str, Any] | None = None) -> ItemForm:
        """The form of one that is on the agenda."""
        initial = {
            "title": item.title,
            "kind": item.kind,
            "minutes_needed": item.minutes_needed,
            "text": item.text,
            "owner": str(item.owner_id or ""),
            "audience": [str(pk) for pk in item.audience_ids],
            "version": item.version,
        }
        return cls(data, center=item.meeting.center, initial=initial)

    def to_data(self) -> ItemData:
        """The data of a valid form."""
        said = self.cleaned_data
        return ItemData(
            title=said["title"],
            text=said["text"],
            kind=ItemKind(said["kind"]),
            minutes_needed=said["minutes_needed"],
            owner=self.actors.get(said["owner"]),
            audience=tuple(self.actors[key] for key in said["audience"]),
        )


class MoveForm(forms.Form):
    direction = forms.ChoiceField(choices=Direction.choices)


class SubjectForm(forms.Form):
    """Which suggestion is added to the agenda."""

    subject = forms.CharField(max_length=200)


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=[(Answer.YES, Answer.YES.label), (Answer.NO, Answer.NO.label)])
    back = forms.ChoiceField(choices=[("meeting", ""), ("me", "")], required=False)


class MinutesForm(RefusingForm):
    """What was said of one item, and what was decided."""

    minutes = Paragraphs(label=gettext_lazy("Referat"), rows=5, required=False, max_length=TEXT_LENGTH)
    decision = Paragraphs(label=gettext_lazy("Beslutning"), rows=2, required=False, max_length=TEXT_LENGTH)
    version = VersionField()

    @classmethod
    def of(cls, item: AgendaItem, data: Mapping[str, Any] | None = None) -> MinutesForm:
        """A form for each item stands on one page: their fields' ids carry the item's; the names do not."""
        initial = {"minutes": item.minutes, "decision": item.decision, "version": item.minutes_version}
        return cls(data, initial=initial, auto_id=f"id_{item.pk}_%s")


class AttendanceForm(forms.Form):
    """Who is present. `before` are those who were ticked when the page was made: only changes are written."""

    present = forms.TypedMultipleChoiceField(coerce=int, required=False)
    before = forms.CharField(max_length=5000, required=False)

    def __init__(self, data: Mapping[str, Any], *, people: Iterable[int]) -> None:
        super().__init__(data)
        self.people = frozenset(people)
        cast(forms.ChoiceField, self.fields["present"]).choices = [(str(pk), "") for pk in self.people]

    def clean_before(self) -> set[int]:
        ticked = set(filter(None, self.cleaned_data["before"].split(",")))
        return {pk for pk in self.people if str(pk) in ticked}

    @property
    def came(self) -> set[int]:
        return set(self.cleaned_data["present"]).difference(self.cleaned_data["before"])

    @property
    def left(self) -> set[int]:
        return set(self.cleaned_data["before"]).difference(self.cleaned_data["present"])
