"""Forms of notices and disputes. They check shape; the actions check the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, cast
from uuid import uuid4

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from actors.council.disputes import actions
from actors.council.enums import Follows
from actors.council.models import Dispute, HouseRule, HouseRuleVersion, RuleNotice, Seat
from actors.council.rules.rulebook import rules_for
from actors.models import Actor, CenterRole, User
from centers.models import Center, Room
from medborger.common import clock
from medborger.common.fields import ClockField, DayField, LongSelect
from medborger.common.forms import LINE, Paragraphs, RefusingForm

if TYPE_CHECKING:
    from actors.council.member import CouncilMember


DAY = gettext_lazy("Skriv en dato.")
CLOCK = gettext_lazy("Skriv et klokkeslæt.")


class Account(Paragraphs):
    """Paragraphs as long as the model's field allows."""

    def __init__(self, model: type[Model], name: str, *, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(rows=rows, max_length=getattr(model._meta.get_field(name), "max_length", None), **kwargs)


class OfferingForm(RefusingForm):
    def offer(self, name: str, queryset: QuerySet[Any]) -> None:
        cast(Any, self.fields[name]).queryset = queryset


class NoticeForm(OfferingForm):
    """What staff note about a breach. The link that leads here fills in actor, room and time; the rules offered are all the house's."""

    error_fields: ClassVar = {"happened_at": "date"}

    actor = forms.ModelChoiceField(
        Actor.objects.none(),
        label=gettext_lazy("Hvem gælder det?"),
        empty_label=gettext_lazy("Vælg aktør"),
        widget=LongSelect(attrs={"data-combobox": gettext_lazy("Ingen med det navn")}),
        error_messages={"required": gettext_lazy("Vælg en aktør.")},
    )
    date = DayField(label=gettext_lazy("Dato"), error_messages={"required": DAY})
    time = ClockField(label=gettext_lazy("Kl."), error_messages={"required": CLOCK})
    room = forms.ModelChoiceField(
        Room.objects.none(), label=gettext_lazy("Lokale"), required=False, empty_label=gettext_lazy("Intet lokale")
    )
    rule = forms.ChoiceField(
        label=gettext_lazy("Hvilken husregel?"), error_messages={"required": gettext_lazy("Vælg en husregel.")}
    )
    what = Account(
        RuleNotice,
        "what",
        label=gettext_lazy("Hvad skete der?"),
        help_text=gettext_lazy("Kort og sagligt. Skriv ikke navne på personer. Aktøren kan læse det."),
        error_messages={"required": gettext_lazy("Skriv kort, hvad der skete.")},
    )
    follows = forms.ChoiceField(
        label=gettext_lazy("Hvad er konsekvensen?"),
        choices=Follows.choices,
        initial=Follows.REMINDER,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Først en påmindelse, så en advarsel. En sag for rådet begynder med mægling."),
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, center: Center) -> None:
        super().__init__(data, initial={"token": uuid4(), "date": clock.today()})
        self.center = center
        self.offer("actor", Actor.objects.in_house(center.pk).in_danish_order())
        self.offer("room", self.rooms)
        self.rules = {str(rule.pk): rule for rule in HouseRule.objects.of_house(center.pk).prefetch_related("versions")}
        self.offer_rules([])

    def prefill(self, query: Mapping[str, str]) -> None:
        """Take over what the link says: `aktoer`, `lokale` (a slug) and `tidspunkt` (local, 2026-11-24T20:00); wrong parts are left out."""
        actor = query.get("aktoer", "")
        if actor.isdecimal() and len(actor) < 19:
            self.initial["actor"] = int(actor)
        slug = query.get("lokale", "")
        room = self.rooms.filter(slug=slug).first() if slug and "\0" not in slug else None
        if room:
            self.initial["room"] = room.pk
        date, _sign, time = query.get("tidspunkt", "").partition("T")
        for name, raw in (("date", date), ("time", time)):
            try:
                self.initial[name] = self.fields[name].clean(raw)
            except forms.ValidationError:
                continue
        self.offer_rules(self._likely(room))

    @property
    def rooms(self) -> QuerySet[Room]:
        return Room.objects.in_use().filter(center=self.center)

    def offer_rules(self, likely: Iterable[int]) -> None:
        """All the rules of the house, `likely` ones by number first, and chosen when it is one alone."""
        first = [pk for pk, rule in self.rules.items() if rule.number in set(likely)]
        rest = [pk for pk in self.rules if pk not in first]
        groups: list[Any] = [("", _("Vælg en husregel"))]
        groups += [(_("Om det lokale og den tid"), [self._named(pk) for pk in first])] if first else []
        groups += [(_("Andre husregler"), [self._named(pk) for pk in rest])] if first else map(self._named, rest)
        cast(forms.ChoiceField, self.fields["rule"]).choices = groups
        if len(first) == 1:
            self.initial["rule"] = first[0]

    def _named(self, pk: str) -> tuple[str, str]:
        """A rule by its number and what it is called now, or was called last."""
        versions: list[HouseRuleVersion] = list(self.rules[pk].versions.all())
        begun = [version for version in versions if version.in_force_on <= clock.today()] or versions
        return pk, f"{self.rules[pk].number}. {begun[-1].title}"

    def _likely(self, room: Room | None) -> list[int]:
        day, minute = self.initial.get("date"), self.initial.get("time")
        if room is None or day is None:
            return []
        start, end = (0, clock.MINUTES_A_DAY) if minute is None else (minute, minute + 1)
        lines = rules_for(
            hus=self.center.slug, center_id=self.center.pk, room_ids=[room.pk], day=day, start=start, end=end
        )
        return [line.number for line in lines]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "date" in said and "time" in said:
            try:
                said["happened_at"] = clock.at(said["date"], said["time"])
            except clock.NonexistentTime as error:
                self.add_error("time", str(error.message))
        return said

    def clean_rule(self) -> HouseRule:
        return self.rules[self.cleaned_data["rule"]]


class NoticeFilter(forms.Form):
    """Which notices a list shows, by GET; its names stand in the address."""

    aktoer = forms.ModelChoiceField(
        Actor.objects.none(), label=gettext_lazy("Aktør"), required=False, empty_label=gettext_lazy("Alle aktører")
    )
    foelger = forms.ChoiceField(
        label=gettext_lazy("Hvad fulgte"), required=False, choices=[("", gettext_lazy("Alle")), *Follows.choices]
    )

    def __init__(self, data: Mapping[str, Any], *, notices: QuerySet[RuleNotice]) -> None:
        super().__init__(data)
        noted = Actor.objects.filter(pk__in=notices.values("actor")).in_danish_order()
        cast(Any, self.fields["aktoer"]).queryset = noted

    def chosen(self) -> dict[str, Any]:
        """What to filter by; what was not understood is left out."""
        self.is_valid()
        said = {"actor": self.cleaned_data.get("aktoer"), "follows": self.cleaned_data.get("foelger")}
        return {name: value for name, value in said.items() if value}


class AnswerForm(RefusingForm):
    """The actor's side of a notice."""

    answer = Account(
        RuleNotice,
        "answer",
        label=gettext_lazy("Jeres svar"),
        help_text=gettext_lazy("I kan svare én gang. Husets medarbejdere og rådet kan læse det."),
        error_messages={"required": gettext_lazy("Skriv jeres svar.")},
    )


class AppealForm(RefusingForm):
    """Why a notice is wrong."""

    why = Account(
        Dispute,
        "what",
        label=gettext_lazy("Hvorfor er I uenige?"),
        error_messages={"required": gettext_lazy("Skriv, hvorfor I er uenige.")},
    )


class DisputeForm(OfferingForm):
    """A conflict between actors of the house."""

    raised_by = forms.ModelChoiceField(
        Actor.objects.none(), label=gettext_lazy("Hvem rejser den?"), empty_label=None, widget=LongSelect
    )
    parties = forms.ModelMultipleChoiceField(
        Actor.objects.none(),
        label=gettext_lazy("Hvem er I uenige med?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Vælg mindst én anden part.")},
    )
    title = forms.CharField(
        label=gettext_lazy("Hvad drejer det sig om, i få ord?"),
        max_length=80,
        validators=LINE,
        error_messages={"required": gettext_lazy("Skriv en overskrift.")},
    )
    what = Account(
        Dispute,
        "what",
        rows=8,
        label=gettext_lazy("Hvad er der sket?"),
        help_text=gettext_lazy("Skriv ikke navne på personer. Parterne, husets medarbejdere og rådet kan læse det."),
        error_messages={"required": gettext_lazy("Skriv, hvad der er sket.")},
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, by: CouncilMember) -> None:
        super().__init__(data, initial={"token": uuid4()})
        center_id = by.council.center_id
        own = [pk for pk in by.access.actors_in(center_id) if actions.speaks_for(pk, by)]
        house = Actor.objects.in_house(center_id).in_danish_order()
        self.offer("raised_by", house.filter(pk__in=own))
        self.offer("parties", house.exclude(pk=own[0]) if len(own) == 1 else house)
        if len(own) == 1:
            self.initial["raised_by"] = own[0]
            self.fields["raised_by"].widget = forms.HiddenInput()


class MediatorForm(RefusingForm):
    """Who mediates: another seat of the council or, when staff choose, one of the house's staff."""

    mediator = forms.ChoiceField(
        label=gettext_lazy("Hvem skal mægle?"), error_messages={"required": gettext_lazy("Vælg en mægler.")}
    )

    def __init__(self, data: Mapping[str, Any] | None, *, dispute: Dispute, by: CouncilMember) -> None:
        super().__init__(data)
        parties = [actor.pk for actor in dispute.parties.all()]
        seats = Seat.objects.in_force().filter(council=by.council).exclude(actor__in=parties).in_danish_order()
        self.choices: dict[str, User | Seat] = {f"seat-{seat.pk}": seat for seat in seats}
        offered: list[Any] = [(value, seat.name) for value, seat in self.choices.items()]
        if by.access.is_staff_in(by.council.center_id):
            staff = self._staff(by.council.center_id)
            self.choices |= staff
            offered = [
                (_("Husets medarbejdere"), [(value, str(user)) for value, user in staff.items()]),
                (by.council.name, offered),
            ]
        cast(forms.ChoiceField, self.fields["mediator"]).choices = [("", _("Vælg")), *offered]

    @staticmethod
    def _staff(center_id: int) -> dict[str, User]:
        held = CenterRole.objects.in_force().filter(center=center_id).values("user")
        people = User.objects.filter(pk__in=held, is_active=True).order_by("name", "pk")
        return {f"user-{user.pk}": user for user in people}

    def clean_mediator(self) -> User | Seat:
        return self.choices[self.cleaned_data["mediator"]]


class MediationForm(RefusingForm):
    """What mediation led to."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Hvordan gik det?"),
        choices=[
            ("agreed", gettext_lazy("Parterne er enige")),
            ("not_agreed", gettext_lazy("De blev ikke enige")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Vælg, hvordan det gik.")},
    )
    text = Account(
        Dispute,
        "mediation",
        label=gettext_lazy("Aftalen, eller hvad der er prøvet"),
        error_messages={"required": gettext_lazy("Skriv aftalen, eller hvad der er prøvet.")},
    )
    follow_up_on = DayField(
        label=gettext_lazy("Følg op"),
        help_text=gettext_lazy("En dag, hvor nogen spørger, om aftalen holder."),
        required=False,
    )


class CouncilForm(RefusingForm):
    """What the council is asked to decide."""

    tried = Account(
        Dispute,
        "mediation",
        label=gettext_lazy("Hvad er der prøvet?"),
        help_text=gettext_lazy("Mægling kommer først. Skriv, hvem der har talt sammen, og hvad det førte til."),
        error_messages={"required": gettext_lazy("Skriv, hvad I har prøvet for at blive enige.")},
    )
    proposal = Account(
        Dispute,
        "decision",
        label=gettext_lazy("Hvad skal rådet bestemme?"),
        help_text=gettext_lazy("Det er den tekst, der stemmes om."),
        error_messages={"required": gettext_lazy("Skriv et forslag til en afgørelse.")},
    )
    follow_up_on = DayField(
        label=gettext_lazy("Følg op"),
        help_text=gettext_lazy("En dag, hvor rådet ser på, om afgørelsen virker."),
        required=False,
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, dispute: Dispute) -> None:
        super().__init__(data, initial={"token": uuid4()})
        if dispute.mediation:
            del self.fields["tried"]
