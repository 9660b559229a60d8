"""Charts of the log, as numbers for SVGs; the same numbers stand in words or a table beside them.

Every form is drawn at the same size on the same scale, in the order of `CollaborationKind`: the drawings compare weeks, not forms.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from django.utils.translation import gettext as _

from collaboration.enums import CollaborationKind
from collaboration.figures import Weekly
from collaboration.models import Introduction

WIDEST_NAME = 18  # letters on one line of the triangle
SHORTEST = 4.0  # percent: one is seen beside ten


@dataclass(frozen=True)
class ChartBar:
    """How many have a form: `width` in percent of the longest."""

    form: CollaborationKind
    number: int
    width: str


@dataclass(frozen=True)
class ChartColumn:
    """One week of one form, in percent of its drawing from the top left corner."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class ChartRow:
    """One form over the weeks, oldest first; `label` says in words what the columns show."""

    form: CollaborationKind
    numbers: tuple[int, ...]
    columns: tuple[ChartColumn, ...]
    label: str

    @property
    def last(self) -> int:
        return self.numbers[-1]


def bars(numbers: Mapping[CollaborationKind, int]) -> list[ChartBar]:
    """A bar for each form, those without any too."""
    most = max(numbers.values(), default=0)
    return [ChartBar(form, number, _percent(100 * number / most if most else 0)) for form, number in numbers.items()]


def rows(weekly: Weekly) -> list[ChartRow]:
    """A row for each form, those without any too."""
    return [
        ChartRow(form, numbers, tuple(_columns(numbers, weekly.highest)), _in_words(weekly.mondays, numbers))
        for form, numbers in weekly.counts.items()
    ]


def week_numbers(weekly: Weekly) -> list[int]:
    """The ISO week numbers that the columns stand for."""
    return [monday.isocalendar().week for monday in weekly.mondays]


@dataclass(frozen=True)
class Corner:
    """A dot with its name on one line or two, the first of them at `y`."""

    x: int
    y: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Triangle:
    """Two who are not connected, and what both are connected with: an actor, or the house."""

    top: Corner
    left: Corner
    right: Corner
    label: str

    @property
    def corners(self) -> tuple[Corner, ...]:
        return self.top, self.left, self.right


def triangle(introduction: Introduction, common: str) -> Triangle:
    """`common` is the name of an actor that has worked with both; empty: the house stands there."""
    first, second = introduction.first.name, introduction.second.name
    top = common or introduction.center.name
    said = {"first": first, "second": second, "top": top}
    label = _("%(first)s og %(second)s er ikke forbundet. Begge er forbundet med %(top)s.") % said
    above = _lines(top)
    return Triangle(
        top=Corner(150, 36 - 17 * (len(above) - 1), above),
        left=Corner(72, 168, _lines(first)),
        right=Corner(228, 168, _lines(second)),
        label=label,
    )


def _lines(name: str) -> tuple[str, ...]:
    return tuple(wrap(name, WIDEST_NAME, max_lines=3, placeholder="…"))


def _columns(numbers: tuple[int, ...], highest: int) -> Iterator[ChartColumn]:
    step = 100 / len(numbers)
    for place, number in enumerate(numbers):
        height = max(100 * number / highest, SHORTEST) if number else 0.0
        yield ChartColumn(_percent(place * step), _percent(100 - height), _percent(step * 0.76), _percent(height))


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
