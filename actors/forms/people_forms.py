"""Forms about people and their ties. They check shape; the actions check the rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.access import Access
from actors.addresses import AddressField
from actors.enums import RANK, ActorRole, Role
from actors.models import CenterRole, User
from centers.models import Center
from medborger.common import clock
from medborger.common.fields import ClockField, DayField
from medborger.common.forms import RefusingForm
from medborger.common.generic import ModelForm
from medborger.common.validators import no_control_characters, no_personal_number


def roles_within(rank: int) -> list[tuple[str, Any]]:
    """The roles that a person of this rank may give, lowest first."""
    return [(role.value, role.label) for role in sorted(Role, key=RANK.__getitem__) if RANK[role] <= rank]


class InviteToHouseForm(RefusingForm):
    """Whom to invite to which role in the house."""

    address = AddressField(help_text=_("Vi sender et link. Det virker i 14 dage og kun én gang."))
    role = forms.ChoiceField(label=_("Rolle"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, access: Access, center: Center, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("Rolle"), widget=forms.RadioSelect, choices=roles_within(access.rank_in(center.pk))
        )

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class InviteToActorForm(RefusingForm):
    """Whom to invite to an actor."""

    address = AddressField(help_text=_("Vi sender et link. Det virker i 14 dage og kun én gang."))
    role = forms.TypedChoiceField(
        label=_("Rolle"),
        widget=forms.RadioSelect,
        choices=ActorRole.choices,
        initial=ActorRole.MEMBER,
        coerce=ActorRole,
        help_text=_("En kontaktperson kan invitere og fjerne andre."),
    )


class GrantRoleForm(RefusingForm):
    """A further role for somebody who has one in the house."""

    role = forms.ChoiceField(label=_("Rolle"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, rank: int, held: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [choice for choice in roles_within(rank) if choice[0] not in held]
        self.fields["role"] = forms.ChoiceField(label=_("Rolle"), widget=forms.RadioSelect, choices=choices)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class DutyForm(RefusingForm):
    """Who is at the desk, and when; on one date."""

    person = forms.ModelChoiceField(label=_("Hvem"), queryset=User.objects.none())
    date = DayField(label=_("Dato"))
    start = ClockField(label=_("Fra"))
    end = ClockField(label=_("Til"))

    def __init__(self, *args: Any, center: Center, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = CenterRole.objects.in_force().filter(center=center).values("user")
        self.fields["person"] = forms.ModelChoiceField(
            label=_("Hvem"),
            queryset=User.objects.filter(pk__in=staff, is_active=True).order_by("name", "id"),
            empty_label=_("Vælg"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("start", "end"):
            if "date" in data and name in data:
                self._put_instant(data, name)
        return data

    def _put_instant(self, data: dict[str, Any], name: str) -> None:
        try:
            data[f"{name}s_at"] = clock.at(data["date"], data[name])
        except clock.NonexistentTime as error:
            self.add_error(name, str(error.message))


class ProfileForm(ModelForm):
    """What a person says of themself."""

    class Meta:
        model = User
        fields = ["name", "language", "notices_by_sms"]
        labels = {"name": _("Navn"), "language": _("Sprog"), "notices_by_sms": _("Send mig beskeder på SMS")}
        widgets = {"language": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (self.instance.email and self.instance.phone):
            del self.fields["notices_by_sms"]


class AcceptForm(forms.Form):
    """What a new person is called."""

    name = forms.CharField(
        label=_("Dit navn"),
        max_length=80,
        validators=[no_personal_number, no_control_characters],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Kun dine egne og husets medarbejdere ser det."),
    )
