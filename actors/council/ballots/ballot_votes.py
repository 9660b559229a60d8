"""The list of votes seat by seat: who has voted, and what where everybody may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from actors.council.enums import Capacity, Choice, Verdict
from actors.council.models import Entitlement, SecretVote

if TYPE_CHECKING:
    from actors.council.ballots.ballot_panel import BallotPanel


FEW = 100  # so many are shown at once; of more one opens the group one asks for
OF_THE_SEAT = (Capacity.REPRESENTATIVE, Capacity.DEPUTY)


class VoteRow(NamedTuple):
    """A seat in the list. What is not to be seen is empty."""

    seat_id: int
    name: str
    recused: bool
    event_id: int | None
    choice: str
    capacity: str
    reason: str
    person: str

    @property
    def how(self) -> str:
        """How it voted, where that is not the ordinary way."""
        return str(Capacity(self.capacity).label) if self.capacity and self.capacity not in OF_THE_SEAT else ""


@dataclass(frozen=True)
class VoteGroup:
    """The seats that voted alike. Many are folded away until one asks for them."""

    title: str
    rows: list[VoteRow]
    open: bool


@dataclass(frozen=True)
class Code:
    """A line of a secret ballot's list; `choice` only where the standing orders publish it."""

    code: str
    choice: str


def groups(panel: BallotPanel, search: str = "") -> list[VoteGroup]:
    """The seats in Danish order: by choice where votes are shown, else who has voted and who has not. One statement.

    Nothing where turnout is not shown before closing, and nothing of a ballot that was broken off.
    """
    broken_off = panel.result is not None and panel.result.verdict == Verdict.CANCELLED
    if panel.turnout is None or broken_off:
        return []
    rows = [_seen(row, panel) for row in _rows(panel) if search.casefold() in row.name.casefold()]
    unfolded = len(rows) <= FEW or bool(search)
    return [VoteGroup(title, found, unfolded) for title, found in _grouped(rows, panel) if found]


def codes(panel: BallotPanel) -> list[Code]:
    """The published list of a secret ballot, in the order of the random codes."""
    if not panel.ballot.secret or panel.result is None:
        return []
    published = SecretVote.objects.filter(ballot=panel.ballot)
    shown = panel.ballot.orders.shows_choices
    return [Code(vote.code, str(vote.get_choice_display()) if shown else "") for vote in published]


def _rows(panel: BallotPanel) -> Iterable[VoteRow]:
    of_the_vote = ("choice", "capacity", "cast__reason", "cast__user__name")
    columns: list[str | Coalesce] = [
        "seat_id",
        Coalesce("seat__actor__name", "seat__own_name"),
        "recused",
        "counting_id",
    ]
    columns += [Coalesce(f"counting__{column}", Value("")) for column in of_the_vote]
    rows = Entitlement.objects.filter(ballot=panel.ballot).with_names().values_list(*columns)
    return (VoteRow(*row) for row in rows)


def _seen(row: VoteRow, panel: BallotPanel) -> VoteRow:
    """As much of the row as the reader may know."""
    open_to_all = panel.shows_votes and not panel.ballot.secret
    own = row.seat_id in panel.member.seats
    if open_to_all:
        return row if own else row._replace(person="")
    return row._replace(choice="", capacity="", reason="", person=row.person if own else "")


def _grouped(rows: Collection[VoteRow], panel: BallotPanel) -> Iterator[tuple[str, list[VoteRow]]]:
    by_word: dict[str, list[VoteRow]] = defaultdict(list)
    for row in rows:
        by_word["recused" if row.recused else row.choice or ("voted" if row.event_id else "missing")].append(row)
    yield _("For"), by_word[Choice.FOR]
    yield _("Imod"), by_word[Choice.AGAINST]
    yield _("Blank"), by_word[Choice.BLANK]
    yield (_("Har stemt") if panel.is_open else _("Stemte")), by_word["voted"]
    yield (_("Har ikke stemt") if panel.is_open else _("Stemte ikke")), by_word["missing"]
    yield _("Inhabile"), by_word["recused"]
