"""Forms of the council and its seats. They check shape; the actions check the rules."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from actors.council.enums import HolderRole
from actors.council.models import Council, Seat
from actors.council.standing_orders import PRESETS
from actors.models import Actor, CenterRole, Membership, User
from medborger.common.forms import RefusingForm
from medborger.common.validators import no_control_characters


class FoundForm(RefusingForm):
    """What the council is called, and which standing orders it begins with."""

    name = forms.CharField(
        label=_("Hvad hedder rådet?"),
        max_length=60,
        validators=[no_control_characters],
        help_text=_("Skriv navnet, som I bruger det: Husrådet, Kvarterhusledelsen, Bestyrelsen."),
    )
    preset = forms.ChoiceField(
        label=_("Sådan beslutter det"),
        widget=forms.RadioSelect,
        choices=[(preset.key, preset.label) for preset in PRESETS.values()],
        help_text=_("Det er kun begyndelsen. Bagefter er det rådet selv, der ændrer sin forretningsorden."),
    )


class ActorSeatForm(RefusingForm):
    """Which actor of the house gets a seat."""

    actor = forms.ModelChoiceField(label=_("Aktør"), queryset=Actor.objects.none(), empty_label=_("Vælg"))

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seated = Seat.objects.in_force().filter(council=council, actor__isnull=False).values("actor")
        without = Actor.objects.in_house(council.center_id).exclude(pk__in=seated).in_danish_order()
        self.fields["actor"] = forms.ModelChoiceField(label=_("Aktør"), queryset=without, empty_label=_("Vælg"))


class BoardSeatForm(RefusingForm):
    """What a seat in a board is called."""

    name = forms.CharField(
        label=_("Hvad hedder pladsen?"),
        max_length=80,
        validators=[no_control_characters],
        help_text=_("For eksempel »Formand«, »Kasserer« eller »Beboer, opgang 12«. Alle i huset kan se navnet."),
    )


class HolderForm(RefusingForm):
    """Who is put on a seat, and as what."""

    person = forms.ModelChoiceField(label=_("Hvem"), queryset=User.objects.none(), empty_label=_("Vælg"))
    part = forms.TypedChoiceField(
        label=_("Som"),
        widget=forms.RadioSelect,
        choices=HolderRole.choices,
        initial=HolderRole.REPRESENTATIVE,
        coerce=HolderRole,
        help_text=_("Der er én repræsentant ad gangen. En suppleant kan stemme, når repræsentanten ikke har stemt."),
    )

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.ModelChoiceField(label=_("Hvem"), queryset=eligible(seat), empty_label=_("Vælg"))


def eligible(seat: Seat) -> QuerySet[User]:
    """Who can be on the seat: the actor's own people; on a board's seat those who belong to the house and do not work there."""
    places = Membership.objects.in_force().filter(actor__in=Actor.objects.in_house(seat.council.center_id))
    if seat.actor_id is not None:
        places = places.filter(actor=seat.actor_id)
    people = User.objects.filter(is_active=True, pk__in=places.values("user"))
    if seat.actor_id is None:
        roles = CenterRole.objects.in_force().filter(center=seat.council.center_id)
        people = people.filter(is_admin=False).exclude(pk__in=roles.values("user"))
    return people.order_by("name", "id")
