"""Checks on what people type freely."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

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
