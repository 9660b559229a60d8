"""Forms of the forum. They check shape; the actions check the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from actors.access import Access
from actors.meetings.forms import ItemForm
from actors.models import Actor, CenterRole, Membership, User
from centers.enums import Weekday
from centers.models import Center, Room
from collaboration.forum.actions import LONGEST_PATH, ForumFrame, is_page_of
from collaboration.forum.enums import Nth, Rhythm
from collaboration.forum.models import DEFAULT_NAME, MOST_MONTHS, MOST_WEEKS, Forum, ForumMember
from medborger.common import clock
from medborger.common.fields import ClockField, DayField, LongSelect
from medborger.common.forms import LINE, RefusingForm, VersionField

# How often: the unit and the number, as one choice.
OFTEN = [
    ("weeks-1", pgettext_lazy("cadence", "Hver uge")),
    ("weeks-2", pgettext_lazy("cadence", "Hver anden uge")),
    *((f"weeks-{n}", n) for n in range(3, MOST_WEEKS + 1)),
    ("months-1", pgettext_lazy("cadence", "Hver måned")),
    ("months-2", pgettext_lazy("cadence", "Hver anden måned")),
    ("months-3", pgettext_lazy("cadence", "Hver tredje måned")),
    *((f"months-{n}", n) for n in range(4, MOST_MONTHS + 1)),
]


def _often() -> list[tuple[str, Any]]:
    """In the language of the moment."""
    return [(key, _numbered(key, label) if isinstance(label, int) else label) for key, label in OFTEN]


def _numbered(key: str, number: int) -> str:
    words = _("Hver %(number)s. uge") if key.startswith("weeks") else _("Hver %(number)s. måned")
    return words % {"number": number}


class ForumForm(RefusingForm):
    """How often, when and where a forum meets."""

    name = forms.CharField(
        label=gettext_lazy("Hvad skal det hedde?"),
        max_length=60,
        validators=LINE,
        error_messages={"required": gettext_lazy("Skriv, hvad det skal hedde.")},
    )
    often = forms.ChoiceField(label=gettext_lazy("Hvor tit mødes I?"), widget=LongSelect)
    nth = forms.TypedChoiceField(
        label=gettext_lazy("Hvilken gang i måneden?"),
        help_text=gettext_lazy("Gælder, når I tæller i måneder."),
        coerce=int,
        choices=Nth.choices,
        initial=Nth.FIRST,
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Ugedag"), coerce=int, choices=Weekday.choices, initial=Weekday.THURSDAY
    )
    start = ClockField(label=gettext_lazy("Fra kl."), error_messages={"required": gettext_lazy("Skriv et klokkeslæt.")})
    end = ClockField(label=gettext_lazy("Til kl."), error_messages={"required": gettext_lazy("Skriv et klokkeslæt.")})
    counts_from = DayField(
        label=gettext_lazy("Første gang fra"),
        help_text=gettext_lazy("Første møde er den første dag, der passer, fra og med denne dato."),
        error_messages={"required": gettext_lazy("Skriv en dato.")},
    )
    room = forms.ChoiceField(
        label=gettext_lazy("Lokale"),
        help_text=gettext_lazy("Forum booker ikke lokalet. Det gør I i kalenderen."),
        required=False,
        widget=LongSelect,
    )
    place = forms.CharField(label=gettext_lazy("Andet sted"), max_length=120, required=False, validators=LINE)
    version = VersionField()

    def __init__(self, data: Mapping[str, Any] | None = None, *, center: Center, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.rooms = {room.slug: room for room in Room.objects.in_use().filter(center=center)}
        cast(forms.ChoiceField, self.fields["often"]).choices = _often()
        choices = [("", _("Intet lokale i huset")), *((slug, room.name) for slug, room in self.rooms.items())]
        cast(forms.ChoiceField, self.fields["room"]).choices = choices

    @classmethod
    def new(cls, data: Mapping[str, Any] | None, *, center: Center) -> ForumForm:
        """The form of a forum that is to be founded: the first Thursday of each month, from nine to eleven."""
        initial = {"name": DEFAULT_NAME, "often": "months-1", "start": 540, "end": 660, "counts_from": clock.today()}
        form = cls(data, center=center, initial=initial)
        del form.fields["version"]
        return form

    @classmethod
    def of(cls, forum: Forum, data: Mapping[str, Any] | None = None) -> ForumForm:
        """The form of one that is there."""
        initial = {
            "name": forum.name,
            "often": f"{forum.rhythm}-{forum.every}",
            "nth": forum.nth or Nth.FIRST,
            "weekday": forum.weekday,
            "start": forum.start,
            "end": forum.start + forum.length,
            "counts_from": forum.counts_from,
            "room": forum.room.slug if forum.room else "",
            "place": forum.place,
            "version": forum.version,
        }
        form = cls(data, center=forum.center, initial=initial)
        if forum.room:
            form.rooms.setdefault(forum.room.slug, forum.room)
        return form

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "start" in said and "end" in said and said["end"] - said["start"] < 15:
            self.add_error("end", _("Mødet skal vare mindst et kvarter."))
        if "start" in said and "end" in said and said["end"] - said["start"] > 720:
            self.add_error("end", _("Et møde kan højst vare 12 timer."))
        return said

    def frame(self) -> ForumFrame:
        """The data of a valid form."""
        said = self.cleaned_data
        rhythm, _dash, every = said["often"].partition("-")
        return ForumFrame(
            name=said["name"],
            rhythm=Rhythm(rhythm),
            every=int(every),
            weekday=Weekday(said["weekday"]),
            nth=Nth(said["nth"]) if rhythm == Rhythm.MONTHS else None,
            counts_from=said["counts_from"],
            start=said["start"],
            length=said["end"] - said["start"],
            room=self.rooms.get(said["room"]),
            place=said["place"],
        )


class HolderForm(RefusingForm):
    """Who keeps the forum going: one of the house's staff, or of the people of its members."""

    holder = forms.ChoiceField(label=gettext_lazy("Hvem er tovholder?"), widget=LongSelect)
    until = DayField(
        label=gettext_lazy("Sidste dag"), help_text=gettext_lazy("Hvis I kender den allerede."), required=False
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, forum: Forum, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.people = {str(user.pk): user for user in _candidates(forum)}
        choices = [("", _("Vælg en person")), *((key, str(user)) for key, user in self.people.items())]
        cast(forms.ChoiceField, self.fields["holder"]).choices = choices

    @property
    def person(self) -> User:
        return self.people[self.cleaned_data["holder"]]


class LastDayForm(RefusingForm):
    """When the holder stops."""

    until = DayField(label=gettext_lazy("Sidste dag"), error_messages={"required": gettext_lazy("Skriv en dato.")})


class MemberForm(RefusingForm):
    """An actor of the house that is not in the forum."""

    actor = forms.ChoiceField(label=gettext_lazy("Aktør"), widget=LongSelect)

    def __init__(self, data: Mapping[str, Any] | None = None, *, forum: Forum, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        members = ForumMember.objects.in_force().filter(forum=forum).values("actor")
        others = Actor.objects.in_house(forum.center_id).exclude(pk__in=members).in_danish_order()
        self.actors = {str(actor.pk): actor for actor in others}
        choices = [("", _("Vælg en aktør")), *((key, actor.name) for key, actor in self.actors.items())]
        cast(forms.ChoiceField, self.fields["actor"]).choices = choices

    @property
    def chosen(self) -> Actor:
        return self.actors[self.cleaned_data["actor"]]


class ProposalForm(ItemForm):
    """An item for the forum, about a page of the house where one came from it."""

    about = forms.CharField(required=False, max_length=LONGEST_PATH, widget=forms.HiddenInput)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @classmethod
    def from_page(
        cls, data: Mapping[str, Any] | None, *, center: Center, access: Access, query: Mapping[str, str]
    ) -> ProposalForm:
        """Filled in by the address (`om`, `titel`) and with the actor that the person speaks for."""
        about, own = query.get("om", ""), access.actors_in(center.pk)
        initial = {
            "title": query.get("titel", "")[:120],
            "about": about if is_page_of(center, about) else "",
            "owner": str(next(iter(own))) if len(own) == 1 else "",
            "token": uuid4(),
        }
        form = cls(data, center=center, initial=initial)
        del form.fields["version"]
        return form

    @property
    def is_about(self) -> str:
        """The path of the page it is about, shown as a link."""
        return str(self["about"].value() or "")


class DeclineForm(RefusingForm):
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor ikke?"),
        help_text=gettext_lazy("Alle i huset kan læse det."),
        max_length=400,
        validators=LINE,
        error_messages={"required": gettext_lazy("Skriv hvorfor.")},
    )


def _candidates(forum: Forum) -> list[User]:
    """The house's staff by name, then the members' people by name, each once."""
    staff = CenterRole.objects.in_force().filter(center=forum.center_id, user__is_active=True)
    members = ForumMember.objects.in_force().filter(forum=forum).values("actor")
    people = Membership.objects.in_force().filter(actor__in=members, user__is_active=True)
    order = ("user__name", "user_id")
    named = [place.user for place in staff.select_related("user").order_by(*order)]
    named += [place.user for place in people.select_related("user").order_by(*order)]
    return list(dict.fromkeys(named))
