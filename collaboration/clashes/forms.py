"""The shape of what is said about clashes and neighbours; the rules are the actions'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _, gettext_lazy

from bookings.models import Booking
from centers.models import Center
from collaboration.clashes.clash_view import ClashView
from collaboration.clashes.enums import ClashState
from collaboration.clashes.models import ANSWER_LENGTH, MESSAGE_LENGTH
from collaboration.models import Neighbour
from medborger.common.fields import LongSelect
from medborger.common.forms import Paragraphs, RefusingForm, VersionField

LEAVES_LENGTH = 400


class VersionForm(RefusingForm):
    """A button about a clash as it was when the page was made."""

    version = VersionField()


class AskForm(VersionForm):
    """Asking the other side to make one event of the two."""

    side = forms.ChoiceField(label=gettext_lazy("Hvem spørger?"), widget=forms.RadioSelect)
    kept = forms.ChoiceField(
        label=gettext_lazy("Hvilket arrangement bliver?"),
        help_text=gettext_lazy("Det andet aflyses, når de svarer ja, og dets lokale bliver frit."),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Vælg, hvilket arrangement der bliver.")},
    )
    message = Paragraphs(
        label=gettext_lazy("Besked til dem"),
        help_text=gettext_lazy("Ret den til, så den passer. Skriv ikke om enkelte personer."),
        max_length=MESSAGE_LENGTH,
        rows=5,
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, clash_view: ClashView, **kwargs: Any) -> None:
        asking = clash_view.may_ask
        initial = {
            "version": clash_view.clash.version,
            "side": str(asking[0].event.pk) if asking else "",
            "message": ready_message(),
        }
        super().__init__(data, initial=initial, **kwargs)
        self._events = {str(side.event.pk): side.event for side in clash_view.sides}
        sides = [(str(side.event.pk), side.actor) for side in asking]
        titles = [
            (str(s.event.pk), _("»%(title)s« i %(place)s") % {"title": s.event.title, "place": s.place})
            for s in clash_view.sides
        ]
        cast(forms.ChoiceField, self.fields["side"]).choices = sides
        cast(forms.ChoiceField, self.fields["kept"]).choices = titles
        if len(sides) == 1:
            self.fields["side"].widget = forms.HiddenInput()

    def event(self, name: str) -> Booking:
        """The event that a valid form chose."""
        return self._events[self.cleaned_data[name]]


class DeclineForm(VersionForm):
    """Saying no, and why if one likes."""

    reason = Paragraphs(label=gettext_lazy("Vil I sige hvorfor?"), max_length=ANSWER_LENGTH, rows=3, required=False)


class LeaveForm(VersionForm):
    """For which event both are let stand; staff may act for either."""

    side = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


class LogFilter(forms.Form):
    """What of the log is shown; the name is Danish, since it stands in the address."""

    blev = forms.ChoiceField(
        label=gettext_lazy("Hvad blev der af det?"),
        required=False,
        choices=[
            ("", gettext_lazy("Alt")),
            *(
                (state.value, state.label)
                for state in (ClashState.MOVED, ClashState.MERGED, ClashState.LEFT, ClashState.GONE, ClashState.OPEN)
            ),
        ],
    )

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.is_valid()

    @property
    def state(self) -> str:
        """Empty for all, also where the address says something unknown."""
        return str(self.cleaned_data.get("blev", ""))


class NeighbourForm(RefusingForm):
    """A house nearby, and what is left to it."""

    neighbour = forms.ChoiceField(
        label=gettext_lazy("Hus"),
        widget=LongSelect,
        error_messages={
            "required": gettext_lazy("Vælg et hus."),
            "invalid_choice": gettext_lazy("Vælg et hus på listen."),
        },
    )
    leaves = Paragraphs(
        label=gettext_lazy("Hvad overlader I til dem?"),
        help_text=gettext_lazy("Fx: Frivillige foreninger. Så konkurrerer husene ikke om de samme."),
        max_length=LEAVES_LENGTH,
        rows=3,
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, center: Center, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        named = Neighbour.objects.filter(center=center).values("neighbour")
        houses = Center.objects.open_to_visitors().exclude(pk=center.pk).exclude(pk__in=named).order_by("name")
        self.houses = {str(house.pk): house for house in houses}
        choices = [("", _("Vælg hus")), *((key, house.name) for key, house in self.houses.items())]
        cast(forms.ChoiceField, self.fields["neighbour"]).choices = choices


class LeavesForm(RefusingForm):
    """What is left to a house that is named already. Several stand on one page: their fields' ids carry the neighbour's."""

    leaves = Paragraphs(
        label=gettext_lazy("Hvad overlader I til dem?"), max_length=LEAVES_LENGTH, rows=3, required=False
    )

    @classmethod
    def of(cls, neighbour: Neighbour, data: Mapping[str, Any] | None = None) -> LeavesForm:
        return cls(data, initial={"leaves": neighbour.leaves}, auto_id=f"id_{neighbour.pk}_%s")


def ready_message() -> str:
    """A message that can be sent as it stands."""
    return _(
        "Hej. Vi kan se, at vi holder noget på samme tid og for de samme mennesker. Skal vi slå det sammen, "
        "så der kommer flere, og vi kan deles om arbejdet? Vi aftaler gerne, hvem der gør hvad."
    )
