"""Numbers and mails as people write them."""

import pytest
from django.core.exceptions import ValidationError

from actors.addresses import Address, parse, readable


@pytest.mark.parametrize("text", ["22 33 44 55", "22334455", "+45 22 33 44 55", "0045 22334455", " 22-33-44-55 "])
def test_a_danish_number_is_read_however_it_is_written(text: str) -> None:
    assert parse(text) == Address(phone="+4522334455")


def test_a_number_from_abroad_keeps_its_country() -> None:
    assert parse("+46 70 123 45 67") == Address(phone="+46701234567")


def test_a_mail_address_is_kept_in_lower_case() -> None:
    assert parse(" Mette@Folkedanserne.DK ") == Address(email="mette@folkedanserne.dk")


@pytest.mark.parametrize(
    "text", ["112", "mette", "mette@", "@dk", "12345678901234567890", "22 33 44 5x", "a@b\r\nBcc: c@d.dk"]
)
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValidationError):
        parse(text)


def test_numbers_are_shown_in_groups() -> None:
    assert [readable("+4522334455"), readable("+46701234567"), readable("")] == ["22 33 44 55", "+46 70 123 45 67", ""]
