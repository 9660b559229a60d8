"""The drawings of the log, as numbers for SVGs; the same numbers stand in words or a table beside them.

Every form is drawn at the same size on the same scale, in the order of `Form`: the drawings compare weeks, not forms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from collaboration.enums import Form
from collaboration.figures import Weekly

SHORTEST = 4.0  # percent: one is seen beside ten


@dataclass(frozen=True)
class Bar:
    """How many have a form: `width` in percent of the longest."""

    form: Form
    number: int
    width: str


@dataclass(frozen=True)
class Column:
    """One week of one form, in percent of its drawing from the top left corner."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Row:
    """One form over the weeks, oldest first; `label` says in words what the columns show."""

    form: Form
    numbers: tuple[int, ...]
    columns: tuple[Column, ...]
    label: str

    @property
    def last(self) -> int:
        return self.numbers[-1]


def bars(numbers: Mapping[Form, int]) -> list[Bar]:
    """A bar for each form, those without any too."""
    most = max(numbers.values(), default=0)
    return [Bar(form, number, _percent(100 * number / most if most else 0)) for form, number in numbers.items()]


def rows(weekly: Weekly) -> list[Row]:
    """A row for each form, those without any too."""
    return [
        Row(form, numbers, tuple(_columns(numbers, weekly.highest)), _in_words(weekly.mondays, numbers))
        for form, numbers in weekly.counts.items()
    ]


def week_numbers(weekly: Weekly) -> list[int]:
    """The ISO week numbers that the columns stand for."""
    return [monday.isocalendar().week for monday in weekly.mondays]


def _columns(numbers: tuple[int, ...], highest: int) -> Iterator[Column]:
    step = 100 / len(numbers)
    for place, number in enumerate(numbers):
        height = max(100 * number / highest, SHORTEST) if number else 0.0
        yield Column(_percent(place * step), _percent(100 - height), _percent(step * 0.76), _percent(height))


def _in_words(mondays: tuple[date, ...], numbers: tuple[int, ...]) -> str:
    """From 2 in week 36 to 5 in week 47."""
    return _("Fra %(first)s i uge %(first_week)s til %(last)s i uge %(last_week)s") % {
        "first": numbers[0],
        "first_week": mondays[0].isocalendar().week,
        "last": numbers[-1],
        "last_week": mondays[-1].isocalendar().week,
    }


def _percent(value: float) -> str:
    """A length in an SVG, which is written with a point in every language."""
    return f"{value:.1f}%"
