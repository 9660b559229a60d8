"""What people may not write in a line of text."""

import pytest
from django.core.exceptions import ValidationError

from medborger.common.validators import no_control_characters


@pytest.mark.parametrize("text", ["Øveaften", "Kaffe & kage 😀", "Fødselsdag 👨‍👩‍👧", "Kor\t2", "اجتماع"])
def test_a_line_of_text_is_accepted(text: str) -> None:
    no_control_characters(text)


@pytest.mark.parametrize(
    "text",
    [
        "a\0b",
        "Kor\r\n\r\nDin konto lukkes: https://ond.example",
        "a\nb",
        "a\rb",
        "a\x85b",
        "a\u2028b",
        "\u202egp.exe",
        "a\x7f",
    ],
)
def test_line_breaks_and_signs_that_hide_or_turn_text_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        no_control_characters(text)
