"""Validators for free text."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext as _, gettext_lazy

# Day, month, two-digit year, then four digits, with the separators people use: 010190-1234, 0101901234, 01 01 90 1234.
_CPR = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])[ .]?(0[1-9]|1[0-2])[ .]?\d\d\s?[-–‐‑ ]?\s?\d{4}(?!\d)")

_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def no_personal_number(text: str) -> None:
    """Refuse a text that holds what looks like a CPR number. Raises ValidationError."""
    if _CPR.search(text):
        raise ValidationError(_("Det ligner et CPR-nummer. Skriv aldrig personnumre her."), code="cpr")


def no_control_characters(text: str) -> None:
    """Refuse what no line of text holds: NUL, line breaks (a paragraph of one's own in the house's mails), signs that turn the
    direction of what follows. Raises ValidationError.
    """
    if any(c in _DIRECTIONS or (c != "\t" and unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")) for c in text):
        raise ValidationError(_("Teksten indeholder tegn, der ikke kan bruges."), code="control")


def no_hidden_characters(text: str) -> None:
    """Refuse what nobody sees in a text of several lines: as `no_control_characters`, but line breaks are fine.

    Raises ValidationError.
    """
    no_control_characters(text.replace("\r\n", "\t").replace("\n", "\t"))


@deconstructible
class MaxKilobytesValidator(BaseValidator):
    """Refuse a text of more than so many kilobytes (of 1024 bytes) in UTF-8. Raises ValidationError."""

    message = gettext_lazy("Teksten er for lang: højst %(limit_value)s KB.")
    code = "max_kilobytes"

    def compare(self, a: int, b: int) -> bool:
        return a > b * 1024

    def clean(self, x: str) -> int:
        return len(x.encode(errors="surrogatepass"))
