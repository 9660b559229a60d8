"""allauth's forms of the second factor, in the words and with the fields of the house."""

from allauth.mfa.base.forms import (
    AuthenticateForm as AllauthAuthenticateForm,
    ReauthenticateForm as AllauthReauthenticateForm,
)
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as AllauthAddForm, EditWebAuthnForm as AllauthEditForm
from django import forms
from django.utils.translation import gettext_lazy as _


class FactorCodeField(forms.CharField):
    """Six digits from a code app, or eight from the list of emergency codes."""

    def __init__(self) -> None:
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "w-date"}
        super().__init__(label=_("Kode"), max_length=20, widget=forms.TextInput(attrs=attrs))


class KeyNameField(forms.CharField):
    def __init__(self, *, required: bool = True) -> None:
        super().__init__(label=_("Hvad skal nøglen hedde?"), max_length=60, required=required)


class AuthenticateForm(AllauthAuthenticateForm):  # type: ignore[misc]
    code = FactorCodeField()


class ReauthenticateForm(AllauthReauthenticateForm):  # type: ignore[misc]
    code = FactorCodeField()


class ActivateForm(AllauthActivateForm):  # type: ignore[misc]
    code = FactorCodeField()


class AddKeyForm(AllauthAddForm):  # type: ignore[misc]
    name = KeyNameField(required=False)
    passwordless = forms.BooleanField(
        label=_("Log ind med nøglen alene, uden adgangskode"),
        help_text=_("Så spørger telefonen eller computeren om finger, ansigt eller pinkode."),
        required=False,
        initial=True,
    )


class EditKeyForm(AllauthEditForm):  # type: ignore[misc]
    name = KeyNameField()
