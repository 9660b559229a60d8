"""Charts of a ballot's votes and turnout, as SVG with the numbers in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from actors.council.ballots.counting import Rules, counted_seats, quorum_needed

EDGE = 0.4  # percent of air between two parts
NEAR_AN_END = 12  # percent: a word centred there would stick out of the drawing


class Votes(Protocol):
    @property
    def votes_for(self) -> int: ...
    @property
    def against(self) -> int: ...
    @property
    def blank(self) -> int: ...


@dataclass(frozen=True)
class BarSegment:
    """A rectangle from the bar's left end; a later one is painted over the earlier."""

    css: str
    width: str
    hatched: bool = False


@dataclass(frozen=True)
class VoteBar:
    """The votes of one ballot: for filled, against hatched, blank pale."""

    votes_for: int
    against: int
    blank: int

    @classmethod
    def of(cls, votes: Votes) -> VoteBar:
        return cls(votes.votes_for, votes.against, votes.blank)

    @property
    def total(self) -> int:
        return self.votes_for + self.against + self.blank

    @property
    def label(self) -> str:
        return _("For %(votes_for)s, imod %(against)s, blank %(blank)s") % vars(self)

    @property
    def parts(self) -> Iterator[BarSegment]:
        """From the longest to the shortest, all but the longest with air after it. Nothing when nobody voted."""
        yes_and_no = self.votes_for + self.against
        for css, votes, end in (
            ("r-blank", self.blank, self.total),
            ("r-no", self.against, yes_and_no),
            ("r-yes", self.votes_for, self.votes_for),
        ):
            if votes:
                width = 100 * end / self.total
                if end < self.total:
                    yield BarSegment("r-edge", percent(width + EDGE))
                yield BarSegment(css, percent(width), hatched=css == "r-no")


@dataclass(frozen=True)
class Turnout:
    """How many of the seats that are not recused have voted; `needed` by the quorum, 0 without one."""

    cast: int
    left: int
    needed: int
    entitled: str

    @classmethod
    def of(cls, cast: int, left: int, rules: Rules, entitled: str) -> Turnout:
        return cls(cast, left, quorum_needed(rules, left), entitled)

    @property
    def heading(self) -> str:
        return _("%(cast)s af %(seats)s har stemt") % {
            "cast": self.cast,
            "seats": counted_seats(self.entitled, self.left),
        }

    @property
    def label(self) -> str:
        if not self.needed:
            return f"{self.heading}."
        return _("%(heading)s. Der skal mindst %(needed)s til.") % {"heading": self.heading, "needed": self.needed}

    @property
    def is_quorate(self) -> bool:
        return self.cast >= self.needed

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.cast)

    @property
    def fill(self) -> str:
        return percent(100 * self.cast / self.left if self.left else 0)

    @property
    def mark(self) -> str:
        return percent(self._mark)

    @property
    def anchor(self) -> str:
        """Which end of the mark's word stands at the mark."""
        if self._mark < NEAR_AN_END:
            return "start"
        return "end" if self._mark > 100 - NEAR_AN_END else "middle"

    @property
    def _mark(self) -> float:
        return 100 * self.needed / self.left if self.left else 0


def percent(value: float) -> str:
    """A length in an SVG, which is written with a point in every language."""
    return f"{min(value, 100):.1f}%"
