"""Checks on what people type freely."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Day, month, two-digit year, then four digits, with the separators people use: 010190-1234, 0101901234, 01 01 90 1234.
_CPR = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])[ .]?(0[1-9]|1[0-2])[ .]?\d\d\s?[-–‐‑ ]?\s?\d{4}(?!\d)")


def no_personal_number(text: str) -> None:
    """Refuse a text that holds what looks like a CPR number. Raises ValidationError."""
    if _CPR.search(text):
        raise ValidationError(_("Det ligner et CPR-nummer. Skriv aldrig personnumre her."), code="cpr")


def no_control_characters(text: str) -> None:
    """Refuse NUL and other control characters, but for line breaks and tabs. Raises ValidationError."""
    if any(ord(c) < 32 and c not in "\r\n\t" for c in text):
        raise ValidationError(_("Teksten indeholder tegn, der ikke kan bruges."), code="control")
