"""Cells that a spreadsheet would run are made text."""

import pytest

from medborger.common.csv_file import cell, csv_response


@pytest.mark.parametrize(
    "text", ["=1+1", "+45 20", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\ufeff=1", "＝1", "\x00=1", "\x1f"]
)
def test_what_begins_like_a_formula_is_made_text(text: str) -> None:
    """Also behind a blank, a control character or a full-width sign (docs/security.md, check 21)."""
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "text"), [("Sang", "Sang"), ("1=1", "1=1"), (3, "3"), (None, ""), ("", "")])
def test_other_values_are_left_as_they_are(value: object, text: str) -> None:
    assert cell(value) == text


def test_a_file_is_read_by_a_danish_spreadsheet() -> None:
    answer = csv_response("log.csv", [("Hvad", "Til"), ("Æg; mel", "=1"), ('"Sang"', None)])
    assert answer.content.decode() == '\ufeffHvad;Til\r\n"Æg; mel";\'=1\r\n"""Sang""";\r\n'
    assert answer.headers["Content-Disposition"] == 'attachment; filename="log.csv"'
