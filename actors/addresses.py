"""Where a person is reached: a mail address or a phone number, as people write them."""

from dataclasses import dataclass
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _, gettext_lazy

HOME = "DK"


@dataclass(frozen=True)
class Address:
    """One of the two: `email` in lower case, or `phone` as E.164 (+4522334455)."""

    email: str = ""
    phone: str = ""

    def __str__(self) -> str:
        return self.email or readable(self.phone)


def parse(text: str) -> Address:
    """Read "navn@forening.dk", "22 33 44 55", "+45 22334455" or "0046…". Raises ValidationError for anything else."""
    text = text.strip()
    if "@" not in text:
        return Address(phone=parse_phone(text))
    email = text.lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise ValidationError(_("Skriv mailadressen som navn@forening.dk."), code="email") from error
    return Address(email=email)


def parse_phone(text: str) -> str:
    """A phone number as E.164; one without a country code is Danish. Raises ValidationError."""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number) or number.extension:
        raise ValidationError(_("Skriv en mailadresse eller et telefonnummer, fx 22 33 44 55."), code="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def readable(phone: str) -> str:
    """The number in groups: 22 33 44 55 for a Danish one, +46 70 … for others."""
    if not phone:
        return ""
    number = phonenumbers.parse(phone, None)
    home = phonenumbers.region_code_for_country_code(number.country_code or 0) == HOME
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


class AddressField(forms.CharField):
    """One field for mail or phone; its value is an Address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Mail eller telefon"))
        kwargs.setdefault("max_length", 254)
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return parse(text) if text else None


class PhoneField(forms.CharField):
    """A phone number; its value is E.164."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Telefon"))
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return parse_phone(text) if text else ""
