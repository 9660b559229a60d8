"""Count a ballot under the standing orders, in whole numbers, and explain the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _, ngettext

from actors.council.enums import Choice, Entitled, Majority, Quorum, TieRule, Verdict


@dataclass(frozen=True)
class Rules:
    """What the standing orders say of counting. `quorum_share` is in percent (1-100); it and `quorum_number` count by their quorum."""

    quorum: str
    quorum_share: int
    quorum_number: int
    majority: str
    blanks_count: bool
    tie: str


@dataclass(frozen=True)
class Tally:
    """The votes of a ballot. `seats` were entitled at the opening; the recused among them have no vote.

    `chair` is the choice that counts for the chair's seat, already among the votes; None when it has none or is recused.
    Raises ValueError for votes that cannot be: fewer than none, more than there are seats left, a chair's that is not among them.
    """

    seats: int
    recused: int
    votes_for: int
    against: int
    blank: int
    chair: Choice | None = None

    def __post_init__(self) -> None:
        votes = {Choice.FOR: self.votes_for, Choice.AGAINST: self.against, Choice.BLANK: self.blank}
        if min(self.seats, self.recused, *votes.values()) < 0:
            raise ValueError(f"Fewer than none: {self}")
        if self.cast > self.left:
            raise ValueError(f"More votes than seats: {self}")
        if self.chair and not votes[self.chair]:
            raise ValueError(f"The chair's vote is not among the votes: {self}")

    @classmethod
    def of(cls, choices: Iterable[str], *, seats: int, recused: int, chair: Choice | None = None) -> Tally:
        """The tally of the choices that count, in any order. Raises ValueError for one that does not exist."""
        count = Counter(Choice(choice) for choice in choices)
        return cls(seats, recused, count[Choice.FOR], count[Choice.AGAINST], count[Choice.BLANK], chair)

    @property
    def left(self) -> int:
        """Seats that may vote."""
        return self.seats - self.recused

    @property
    def cast(self) -> int:
        """Seats that took part: a blank vote is one."""
        return self.votes_for + self.against + self.blank


@dataclass(frozen=True)
class Outcome:
    """A result with its whole calculation; the fields are the columns of `Result`.

    quorum_needed: seats that had to take part; 0 without a quorum. base: the number that the majority is of.
    needed: votes for that adopt. tied: the tie rule decided. chair: the choice that broke the tie, empty where none did.
    """

    verdict: Verdict
    seats: int
    recused: int
    cast: int
    votes_for: int
    against: int
    blank: int
    quorum_needed: int
    base: int
    needed: int
    tied: bool
    chair: str


def result(rules: Rules, tally: Tally) -> Outcome:
    """Count.

    Recused seats are out of everything. The quorum is of seats left: a share is rounded up, a fixed number never asks for
    more than are left, and with a quorum somebody must vote. A simple majority is more than half of the votes cast, two
    thirds at least two thirds of them (for and against, and blank where blanks count); an absolute majority is more than
    half of the seats left. Nothing is adopted without a vote for.
    """
    base = _base(rules, tally)
    quorum = quorum_needed(rules, tally.left)
    quorate = tally.cast >= quorum
    tied = quorate and _is_tied(rules, tally)
    breaks = tally.chair if tied and rules.tie == TieRule.CHAIR else None
    needed = _needed(rules.majority, base)
    if not quorate:
        verdict = Verdict.NOT_QUORATE
    elif tied and rules.tie == TieRule.AGAIN:
        verdict = Verdict.AGAIN
    else:
        verdict = Verdict.ADOPTED if tally.votes_for >= needed or breaks == Choice.FOR else Verdict.REJECTED
    return Outcome(
        verdict=verdict,
        seats=tally.seats,
        recused=tally.recused,
        cast=tally.cast,
        votes_for=tally.votes_for,
        against=tally.against,
        blank=tally.blank,
        quorum_needed=quorum,
        base=base,
        needed=needed,
        tied=tied,
        chair=breaks or "",
    )


def quorum_needed(rules: Rules, left: int) -> int:
    """Of `left` seats, how many must vote; 0 without a quorum."""
    if rules.quorum == Quorum.NONE:
        return 0
    if rules.quorum == Quorum.SHARE:
        return max(1, _divided_up(left * rules.quorum_share, 100))
    return max(1, min(rules.quorum_number, left))


def _base(rules: Rules, tally: Tally) -> int:
    if rules.majority == Majority.ABSOLUTE:
        return tally.left
    return tally.votes_for + tally.against + (tally.blank if rules.blanks_count else 0)


def _needed(majority: str, base: int) -> int:
    if majority == Majority.TWO_THIRDS:
        return max(1, _divided_up(2 * base, 3))
    return base // 2 + 1


def _divided_up(number: int, by: int) -> int:
    return -(-number // by)


def _is_tied(rules: Rules, tally: Tally) -> bool:
    """As many for as against, at least one of each, under a simple majority, and no blank vote that counts.

    Where blanks count, even one leaves less than half for: the blanks have decided, not a tie. The other majorities ask for
    more than half, so the half that a tie is does not adopt, and there is nothing for a tie rule to decide.
    """
    decided_by_blanks = rules.blanks_count and tally.blank > 0
    return rules.majority == Majority.SIMPLE and tally.votes_for == tally.against > 0 and not decided_by_blanks


class Counted(Protocol):
    """The numbers of an outcome: an `Outcome`, or the `Result` it was stored as."""

    @property
    def verdict(self) -> str: ...
    @property
    def seats(self) -> int: ...
    @property
    def recused(self) -> int: ...
    @property
    def cast(self) -> int: ...
    @property
    def votes_for(self) -> int: ...
    @property
    def against(self) -> int: ...
    @property
    def blank(self) -> int: ...
    @property
    def quorum_needed(self) -> int: ...
    @property
    def base(self) -> int: ...
    @property
    def needed(self) -> int: ...
    @property
    def tied(self) -> bool: ...
    @property
    def chair(self) -> str: ...


def explain(outcome: Counted, rules: Rules, entitled: str) -> list[str]:
    """The calculation in sentences, in the reader's language: turnout, the recused, the votes, the majority, the tie.

    `entitled` says what a seat is called: forening, aktør or plads.
    """
    if outcome.verdict == Verdict.CANCELLED:
        return [_("Afstemningen blev afbrudt, og stemmerne er ikke talt.")]
    said = _turnout(outcome, rules, entitled)
    said.append(
        _("%(votes_for)s for, %(against)s imod, %(blank)s blankt.")
        % {"votes_for": outcome.votes_for, "against": outcome.against, "blank": outcome.blank}
    )
    if outcome.verdict == Verdict.NOT_QUORATE:
        return said
    said += _majority(outcome, rules, entitled)
    if outcome.tied:
        said.append(_tie(outcome, rules))
    return said


def counted_seats(entitled: str, count: int) -> str:
    """So many of what has a seat: 1 forening, 32 foreninger, 7 pladser."""
    match Entitled(entitled):
        case Entitled.ASSOCIATIONS:
            text = ngettext("%(count)s forening", "%(count)s foreninger", count)
        case Entitled.CHOSEN:
            text = ngettext("%(count)s aktør", "%(count)s aktører", count)
        case Entitled.BOARD:
            text = ngettext("%(count)s plads", "%(count)s pladser", count)
    return text % {"count": count}


def _turnout(outcome: Counted, rules: Rules, entitled: str) -> list[str]:
    words = {
        "cast": outcome.cast,
        "seats": counted_seats(entitled, outcome.seats - outcome.recused),
        "needed": outcome.quorum_needed,
    }
    if rules.quorum == Quorum.NONE:
        said = [_("%(cast)s af %(seats)s stemte.") % words]
    else:
        said = [_("%(cast)s af %(seats)s stemte; kravet var %(needed)s.") % words]
    if outcome.verdict == Verdict.NOT_QUORATE:
        said.append(_("Det var for få til at beslutte noget."))
    if outcome.recused:
        text = ngettext(
            "%(seats)s var inhabil og regnes ikke med.", "%(seats)s var inhabile og regnes ikke med.", outcome.recused
        )
        said.append(text % {"seats": counted_seats(entitled, outcome.recused)})
    return said


def _majority(outcome: Counted, rules: Rules, entitled: str) -> list[str]:
    if not outcome.base:
        return [_("Ingen stemte for eller imod.")]
    words = {"needed": outcome.needed, "base": outcome.base}
    if rules.majority == Majority.ABSOLUTE:
        return [
            _("Flertal af alle: mindst %(needed)s af %(seats)s.")
            % {"needed": outcome.needed, "seats": counted_seats(entitled, outcome.base)}
        ]
    if rules.majority == Majority.TWO_THIRDS:
        text = ngettext(
            "To tredjedele: mindst %(needed)s af %(base)s afgivet stemme.",
            "To tredjedele: mindst %(needed)s af %(base)s afgivne stemmer.",
            outcome.base,
        )
    else:
        text = ngettext(
            "Simpelt flertal: mindst %(needed)s af %(base)s afgivet stemme.",
            "Simpelt flertal: mindst %(needed)s af %(base)s afgivne stemmer.",
            outcome.base,
        )
    return [text % words, *_blanks(outcome, rules)]


def _blanks(outcome: Counted, rules: Rules) -> list[str]:
    if not outcome.blank:
        return []
    return [_("Blanke stemmer tæller med.") if rules.blanks_count else _("Blanke stemmer tæller ikke med.")]


def _tie(outcome: Counted, rules: Rules) -> str:
    if rules.tie == TieRule.AGAIN:
        return _("Stemmerne stod lige. Forslaget drøftes, og der stemmes igen.")
    if rules.tie == TieRule.FALLS:
        return _("Stemmerne stod lige, og så falder forslaget.")
    match outcome.chair:
        case Choice.FOR:
            return _("Stemmerne stod lige, og formanden stemte for.")
        case Choice.AGAINST:
            return _("Stemmerne stod lige, og formanden stemte imod.")
        case Choice.BLANK:
            return _("Stemmerne stod lige, og formanden stemte blankt. Så falder forslaget.")
        case _:
            return _("Stemmerne stod lige, og formanden stemte ikke. Så falder forslaget.")
