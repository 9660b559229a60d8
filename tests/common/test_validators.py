"""What people may not write in a line of text."""

import pytest
from django.core.exceptions import ValidationError

from medborger.common.validators import MaxKilobytesValidator, no_control_characters, no_hidden_characters


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


def test_a_text_of_several_lines_may_break_them() -> None:
    no_hidden_characters("Regel 6\r\n\r\n- Ro efter kl. 21.30\n\t- også i gården")


@pytest.mark.parametrize("text", ["a\0b", "a\rb", "Kl. \u202e03.22", "a\u2028b", "\x1b[2J"])
def test_a_text_of_several_lines_hides_nothing(text: str) -> None:
    with pytest.raises(ValidationError):
        no_hidden_characters(text)


@pytest.mark.parametrize("text", ["", "a" * 2048, "ø" * 1024])
def test_a_text_within_its_kilobytes_is_accepted(text: str) -> None:
    MaxKilobytesValidator(2)(text)


@pytest.mark.parametrize("text", ["a" * 2049, "ø" * 1024 + "a", "\ud800" * 1000])
def test_a_text_over_its_kilobytes_is_refused_with_the_limit(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        MaxKilobytesValidator(2)(text)
    assert refused.value.messages == ["Teksten er for lang: højst 2 KB."]
