"""Forms of log-in and security: one field for mail or phone, codes of six digits."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm as AllauthConfirmLoginCodeForm, LoginForm as AllauthLoginForm
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from actors.addresses import Address, AddressField, parse
from actors.login import codes
from actors.models import User


class LoginForm(AllauthLoginForm):  # type: ignore[misc]
    """Mail or phone, and a password; without a password a code is sent."""

    field_order = ["login", "password"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Mail eller telefon"),
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        )
        self.fields["password"] = forms.CharField(
            label=_("Adgangskode"),
            help_text=_("Har du ingen, eller har du glemt den? Få en kode i stedet."),
            required=False,
            strip=False,
            max_length=200,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )
        self.order_fields(self.field_order)

    def clean_login(self) -> str:
        address = parse(self.cleaned_data["login"])
        return address.email or address.phone

    def _clean_without_password(self, email: str | None, phone: str | None) -> dict[str, Any]:
        form = RequestCodeForm({"login": email or phone})
        if form.is_valid():
            self.user = form._user
        else:
            self.add_error("login", form.errors["login"])
        data: dict[str, Any] = self.cleaned_data
        return data


class RequestCodeForm(forms.Form):
    """Asks for a one-time code. Known and unknown addresses answer alike; `_user` is the person, or None."""

    login = AddressField()

    def clean_login(self) -> Address:
        address: Address = self.cleaned_data["login"]
        if not codes.may_send(context.request, address):
            raise get_adapter().validation_error("too_many_codes")
        self._user = _find(address)
        return address

    def clean(self) -> dict[str, Any]:
        """Hands allauth the two fields that it looks for."""
        data = super().clean() or self.cleaned_data
        if address := data.get("login"):
            data["email"], data["phone"] = address.email, address.phone
        return data


def _find(address: Address) -> User | None:
    if address.phone:
        found: User | None = get_adapter().get_user_by_phone(address.phone)
        return found
    users: list[User] = filter_users_by_email(address.email, is_active=True, prefer_verified=True, for_login=True)
    return users[0] if users else None


class CodeForm(forms.Form):
    """A code that was sent to an address."""

    code = forms.CharField(
        label=_("Kode"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "w-date"}),
    )


class ConfirmCodeForm(AllauthConfirmLoginCodeForm):  # type: ignore[misc]
    """The same for the code that allauth sent at log-in."""

    code = CodeForm.base_fields["code"]


class PasswordForm(forms.Form):
    """A new password; who the person is was confirmed just before."""

    password = forms.CharField(
        label=_("Ny adgangskode"),
        help_text=_("Mindst ti tegn. Brug ikke dit navn, din mail eller noget, som mange bruger."),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class AddressForm(forms.Form):
    """A new mail address or phone number of one's own; it counts once its code was shown."""

    address = AddressField(label=_("Ny mail eller nyt telefonnummer"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_address(self) -> Address:
        address: Address = self.cleaned_data["address"]
        if address in (Address(email=self.user.email or "?"), Address(phone=self.user.phone or "?")):
            raise ValidationError(_("Den har vi allerede."), code="same")
        return address
