"""Forms of collaborations. They check shape; the actions check the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from actors.access import Access
from actors.enums import Tie
from actors.models import Actor, Affiliation, TargetGroup, Theme
from centers.models import Center
from collaboration.entries import CollaborationData, party_ids
from collaboration.enums import CollaborationKind
from collaboration.models import TEXT_LENGTH, Collaboration
from medborger.common import clock
from medborger.common.fields import DayField, LongSelect
from medborger.common.forms import LINE, Paragraphs, RefusingForm, VersionField

NEEDED_DAY = {"required": gettext_lazy("Skriv en dato.")}


class LongText(Paragraphs):
    """What may be left empty."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(rows=rows, required=False, max_length=TEXT_LENGTH, **kwargs)


class Ticks(forms.MultipleChoiceField):
    """Any number of what there is, none too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, **kwargs)


class KindChoice(forms.ChoiceField):
    """One of the five forms; the template draws each with its sentence first and its term beside it."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Hvordan arbejder I sammen?"),
            choices=CollaborationKind.choices,
            widget=forms.RadioSelect,
            error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Vælg en af de fem former.")),
        )


class EntryForm(RefusingForm):
    """A collaboration: to be written in, to be changed, or to be confirmed with changes."""

    title = forms.CharField(
        label=gettext_lazy("Hvad laver I sammen?"),
        help_text=gettext_lazy("Nogle få ord, som alle i huset må læse."),
        max_length=120,
        validators=LINE,
        error_messages={"required": gettext_lazy("Skriv, hvad I laver sammen.")},
    )
    actors = forms.MultipleChoiceField(
        label=gettext_lazy("Hvem er med?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Vælg mindst to forskellige aktører.")},
    )
    form = KindChoice()
    since = DayField(label=gettext_lazy("Siden"), error_messages=NEEDED_DAY)
    until = DayField(label=gettext_lazy("Til"), required=False)
    purpose = LongText(label=gettext_lazy("Formål"), help_text=gettext_lazy("Hvad vil I opnå?"))
    themes = Ticks(label=gettext_lazy("Emne"))
    target_groups = Ticks(label=gettext_lazy("For hvem"))
    next_step = forms.CharField(
        label=gettext_lazy("Hvad er næste skridt?"), max_length=200, required=False, validators=LINE
    )
    next_step_owner = forms.ChoiceField(label=gettext_lazy("Hvem tager det?"), required=False, widget=LongSelect)
    next_step_on = DayField(label=gettext_lazy("Hvornår?"), required=False)
    learned = LongText(label=gettext_lazy("Hvad har I lært?"))
    version = VersionField()
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        center: Center,
        access: Access,
        kept: Collaboration | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        staff = access.is_staff_in(center.pk)
        self.own = None if staff else access.actors_in(center.pk)
        parties = {party.actor for party in kept.parties.all()} if kept else set()
        offered = {*_choosable(center, staff=staff), *parties}
        in_order = sorted(offered, key=lambda actor: (self.own is None or actor.pk not in self.own, actor.sort_key))
        self.by_key = {str(actor.pk): actor for actor in in_order}
        self.all_themes = {str(theme.pk): theme for theme in Theme.objects.all()}
        self.all_groups = {str(group.pk): group for group in TargetGroup.objects.all()}
        names = [(key, actor.name) for key, actor in self.by_key.items()]
        self._offer("actors", names)
        self._offer("next_step_owner", [("", _("Vælg")), *names])
        self._offer("themes", [(key, str(theme)) for key, theme in self.all_themes.items()])
        self._offer("target_groups", [(key, str(group)) for key, group in self.all_groups.items()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    @classmethod
    def new(
        cls, data: Mapping[str, Any] | None, *, center: Center, access: Access, form: str = "", actors: str = ""
    ) -> EntryForm:
        """The form of one that is to be written in; `form` and `actors` (ids with commas) are what an address asks for."""
        initial: dict[str, Any] = {"since": clock.today(), "token": uuid4()}
        own = access.actors_in(center.pk)
        wanted = {pk for pk in actors.split(",") if pk}
        initial["actors"] = sorted(wanted or ({str(pk) for pk in own} if len(own) == 1 else set()))
        if form in CollaborationKind.values:
            initial["form"] = form
        made = cls(data, center=center, access=access, initial=initial)
        del made.fields["version"]
        return made

    @classmethod
    def of(cls, collaboration: Collaboration, access: Access, data: Mapping[str, Any] | None = None) -> EntryForm:
        """The form of one that is there; of one that is confirmed, its form is changed on a page of its own."""
        names = ("title", "since", "until", "purpose", "next_step", "next_step_on", "learned", "version", "form")
        initial = {name: getattr(collaboration, name) for name in names} | {
            "actors": [str(pk) for pk in party_ids(collaboration)],
            "next_step_owner": str(collaboration.next_step_owner_id or ""),
            "themes": [str(theme.pk) for theme in collaboration.themes.all()],
            "target_groups": [str(group.pk) for group in collaboration.target_groups.all()],
        }
        made = cls(data, center=collaboration.center, access=access, kept=collaboration, initial=initial)
        del made.fields["token"]
        if collaboration.is_confirmed:
            del made.fields["form"]
        made.form_now = CollaborationKind(collaboration.form)
        return made

    form_now: CollaborationKind | None = None

    def clean_actors(self) -> list[str]:
        """At least two, and one of one's own among them."""
        chosen: list[str] = self.cleaned_data["actors"]
        if len(set(chosen)) < 2:
            raise forms.ValidationError(_("Vælg mindst to forskellige aktører."), code="two")
        if self.own is not None and self.own.isdisjoint(int(key) for key in chosen):
            raise forms.ValidationError(_("Sæt også kryds ved den aktør, du selv er med i."), code="own")
        return chosen

    def entry(self) -> CollaborationData:
        """The data of a valid form."""
        said = self.cleaned_data
        return CollaborationData(
            title=said["title"],
            actors=tuple(self.by_key[key] for key in said["actors"]),
            since=said["since"],
            form=CollaborationKind(said["form"]) if "form" in said else self.form_now or CollaborationKind.COORDINATE,
            purpose=said["purpose"],
            until=said["until"],
            themes=tuple(self.all_themes[key] for key in said["themes"]),
            target_groups=tuple(self.all_groups[key] for key in said["target_groups"]),
            learned=said["learned"],
            next_step=said["next_step"],
            next_step_owner=self.by_key.get(said["next_step_owner"]),
            next_step_on=said["next_step_on"],
        )


def _choosable(center: Center, *, staff: bool) -> list[Actor]:
    """The house's actors; those from outside only for staff."""
    actors = Actor.objects.in_house(center.pk)
    if not staff:
        outside = Affiliation.objects.in_force().filter(center=center, tie=Tie.EXTERNAL)
        actors = actors.exclude(pk__in=outside.values("actor"))
    return list(actors)


class KindForm(RefusingForm):
    """Another form, and from when."""

    form = KindChoice()
    since = DayField(label=gettext_lazy("Siden hvornår?"), error_messages=NEEDED_DAY)


class EndForm(RefusingForm):
    """The last day, and what was learned."""

    until = DayField(label=gettext_lazy("Hvornår sluttede det?"), error_messages=NEEDED_DAY)
    learned = LongText(label=gettext_lazy("Hvad har I lært?"), help_text=gettext_lazy("Det, andre i huset kan bruge."))


class LeaveForm(RefusingForm):
    """Which actor steps out; only those of whom the person may say so."""

    actor = forms.ChoiceField(label=gettext_lazy("Hvem træder ud?"), widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None = None, *, actors: list[Actor]) -> None:
        super().__init__(data, initial={"actor": str(actors[0].pk)} if len(actors) == 1 else None)
        self.by_key = {str(actor.pk): actor for actor in actors}
        cast(forms.ChoiceField, self.fields["actor"]).choices = [(key, a.name) for key, a in self.by_key.items()]

    def who(self) -> Actor:
        return self.by_key[self.cleaned_data["actor"]]


class BackForm(forms.Form):
    """Where a button leads back to."""

    back = forms.ChoiceField(choices=[("collaboration", ""), ("me", "")], required=False)


class CoffeeForm(RefusingForm):
    """The words to both."""

    message = Paragraphs(
        label=gettext_lazy("Besked til begge"),
        rows=12,
        max_length=TEXT_LENGTH,
        error_messages={"required": gettext_lazy("Skriv en besked.")},
    )
