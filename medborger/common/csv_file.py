"""Tables to be opened in a spreadsheet: cells that it would read as a formula are made text (docs/security.md, check 21)."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# What a spreadsheet takes for the beginning of a formula; a control character may hide one.
_FORMULA = frozenset("=+-@＝＋－＠")


def cell(value: object) -> str:
    """The value as text that no spreadsheet runs."""
    text = "" if value is None else str(value)
    begins = text.lstrip(" \ufeff\u200b")[:1]
    return f"'{text}" if begins and (begins in _FORMULA or begins < " ") else text


def csv_response(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A file with semicolons, as a Danish spreadsheet expects them, and a mark that says UTF-8."""
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerows([cell(value) for value in row] for row in rows)
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
