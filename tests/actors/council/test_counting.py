"""The result calculation against a plain one written from the standing orders, and against examples counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import event, given, settings, strategies as st

from actors.council.ballots.counting import Outcome, Rules, Tally, result
from actors.council.enums import Choice, Majority, Quorum, TieRule, Verdict
from actors.council.models import Result

FOR, AGAINST, BLANK = Choice.FOR, Choice.AGAINST, Choice.BLANK
ADOPTED, REJECTED = Verdict.ADOPTED, Verdict.REJECTED
many = settings(max_examples=500)
SIMPLE = Rules(Quorum.NONE, 50, 1, Majority.SIMPLE, blanks_count=False, tie=TieRule.FALLS)


@dataclass(frozen=True)
class Chair:
    """One seat at the table: what it votes, whether it is recused, and whether it presides."""

    choice: Choice | None = None
    recused: bool = False
    presides: bool = False


def tally_of(table: list[Chair]) -> Tally:
    votes = [seat.choice for seat in table if seat.choice]
    presiding = [seat.choice for seat in table if seat.presides]
    recused = sum(seat.recused for seat in table)
    return Tally.of(votes, seats=len(table), recused=recused, chair=presiding[0] if presiding else None)


def smallest(fits: Callable[[int], bool]) -> int:
    return next(number for number in range(10_000) if fits(number))


def plainly(rules: Rules, table: list[Chair]) -> dict[str, Any]:
    """The result again, sentence by sentence from the standing orders:

    "Den, der er inhabil, regnes ikke med. Rådet er beslutningsdygtigt, når mindst så mange procent af pladserne har stemt
    (eller så mange pladser, dog højst alle, der er tilbage), og altid mindst én. Den, der stemmer blankt, har stemt.
    Et forslag er vedtaget, når mere end halvdelen (mindst to tredjedele) af de afgivne stemmer er for. Blanke stemmer er kun
    afgivne stemmer, hvis forretningsordenen siger det. Ved absolut flertal skal mere end halvdelen af alle pladser stemme for.
    Uden en stemme for er intet vedtaget. Er lige mange for og imod, og afgør blanke stemmer det ikke, gælder reglen om
    stemmelighed, når der er simpelt flertal."
    """
    table = [seat for seat in table if not seat.recused]
    voted = [seat for seat in table if seat.choice is not None]
    in_favour = [seat for seat in voted if seat.choice == "for"]
    opposed = [seat for seat in voted if seat.choice == "against"]
    of = voted if rules.blanks_count else in_favour + opposed
    if rules.majority == "absolute":
        of = table

    def quorate(count: int) -> bool:
        if rules.quorum == "share":
            return count > 0 and Fraction(count) >= Fraction(rules.quorum_share, 100) * len(table)
        if rules.quorum == "number":
            return count > 0 and (count >= rules.quorum_number or count >= len(table))
        return True

    def enough(count: int) -> bool:
        if rules.majority == "two_thirds":
            return count > 0 and Fraction(count) >= Fraction(2, 3) * len(of)
        return Fraction(count) > Fraction(1, 2) * len(of)

    half_for = Fraction(len(in_favour), len(of)) == Fraction(1, 2) if of else False
    tied = quorate(len(voted)) and rules.majority == "simple" and half_for and len(in_favour) == len(opposed)
    presiding = (
        [seat.choice for seat in table if seat.presides and seat.choice] if tied and rules.tie == "chair" else []
    )
    if not quorate(len(voted)):
        verdict = "not_quorate"
    elif enough(len(in_favour)) or presiding == ["for"]:
        verdict = "adopted"
    else:
        verdict = "again" if tied and rules.tie == "again" else "rejected"
    return {
        "verdict": verdict,
        "cast": len(voted),
        "quorum_needed": smallest(quorate),
        "base": len(of),
        "needed": smallest(enough),
        "tied": tied,
        "chair": presiding[0] if presiding else "",
    }


RULES = st.builds(
    Rules,
    quorum=st.sampled_from(Quorum),
    quorum_share=st.integers(1, 100),
    quorum_number=st.integers(1, 40),
    majority=st.sampled_from(Majority),
    blanks_count=st.booleans(),
    tie=st.sampled_from(TieRule),
)
VOTES_CAST = st.integers(0, 12)


@st.composite
def tables(draw: st.DrawFn) -> list[Chair]:
    """Up to sixty seats, often with as many for as against, and mostly with a chair, who may be recused or silent."""
    votes_for = draw(VOTES_CAST)
    against = draw(st.just(votes_for) | VOTES_CAST)
    choices = [FOR] * votes_for + [AGAINST] * against + [BLANK] * draw(st.just(0) | VOTES_CAST)
    silent, recused = draw(VOTES_CAST), draw(st.just(0) | VOTES_CAST)
    table = [*map(Chair, choices), *[Chair()] * silent, *[Chair(recused=True)] * recused]
    presides = draw(st.integers(-1, len(table) - 1))
    return [replace(seat, presides=place == presides) for place, seat in enumerate(table)]


SOMEONE = st.builds(Chair, choice=st.sampled_from([None, FOR, AGAINST, BLANK]))


@many
@given(RULES, tables())
def test_the_result_is_that_of_a_plain_calculation(rules: Rules, table: list[Chair]) -> None:
    outcome = asdict(result(rules, tally_of(table)))
    plain = plainly(rules, table)
    event(f"{plain['verdict']}, tied: {plain['tied']}, broken by: {plain['chair']}")
    assert {name: outcome[name] for name in plain} == plain


@given(RULES, tables())
def test_the_numbers_of_the_votes_are_kept_as_they_were(rules: Rules, table: list[Chair]) -> None:
    outcome = result(rules, tally_of(table))
    votes = [seat.choice for seat in table]
    assert (outcome.votes_for, outcome.against, outcome.blank) == tuple(map(votes.count, (FOR, AGAINST, BLANK)))
    assert (outcome.seats, outcome.recused) == (len(table), sum(seat.recused for seat in table))


@given(RULES, tables(), st.data())
def test_the_order_of_the_seats_changes_nothing(rules: Rules, table: list[Chair], data: st.DataObject) -> None:
    assert result(rules, tally_of(data.draw(st.permutations(table)))) == result(rules, tally_of(table))


@many
@given(RULES, tables(), SOMEONE)
def test_one_more_for_never_undoes_an_adoption(rules: Rules, table: list[Chair], someone: Chair) -> None:
    """Whether that seat had not voted yet, or changes its mind."""
    before = result(rules, tally_of([*table, someone])).verdict
    after = result(rules, tally_of([*table, replace(someone, choice=FOR)])).verdict
    event(f"{before} → {after}")
    assert before != ADOPTED or after == ADOPTED


@many
@given(RULES, tables(), SOMEONE)
def test_one_more_against_never_adopts_what_was_rejected(rules: Rules, table: list[Chair], someone: Chair) -> None:
    before = result(rules, tally_of([*table, someone])).verdict
    after = result(rules, tally_of([*table, replace(someone, choice=AGAINST)])).verdict
    event(f"{before} → {after}")
    assert before != REJECTED or after != ADOPTED


@many
@given(RULES, tables())
def test_recusing_a_seat_that_has_not_voted_never_raises_the_need(rules: Rules, table: list[Chair]) -> None:
    before = result(rules, tally_of([*table, Chair()]))
    after = result(rules, tally_of([*table, Chair(recused=True)]))
    event(f"{before.verdict} → {after.verdict}")
    assert after.quorum_needed <= before.quorum_needed
    assert after.needed <= before.needed
    assert before.verdict != ADOPTED or after.verdict == ADOPTED


@many
@given(RULES, tables(), st.sampled_from([Majority.TWO_THIRDS, Majority.ABSOLUTE]))
def test_what_a_stricter_majority_adopts_a_simple_one_adopts(
    rules: Rules, table: list[Chair], strict: Majority
) -> None:
    tally = tally_of(table)
    stricter = result(replace(rules, majority=strict), tally).verdict
    simple = result(replace(rules, majority=Majority.SIMPLE), tally).verdict
    event(f"{stricter} → {simple}")
    assert stricter != ADOPTED or simple == ADOPTED


def counted(
    rules: Rules, seats: int, votes: tuple[int, int, int], *, recused: int = 0, chair: Choice | None = None
) -> Outcome:
    return result(rules, Tally(seats, recused, *votes, chair=chair))


def orders(**changed: Any) -> Rules:
    return replace(SIMPLE, **changed)


QUORUM_EXAMPLES = [
    # rules, seats, recused, cast, needed, quorate
    (orders(), 32, 0, 0, 0, True),
    (orders(quorum="share", quorum_share=50), 32, 0, 16, 16, True),
    (orders(quorum="share", quorum_share=50), 32, 0, 15, 16, False),
    (orders(quorum="share", quorum_share=50), 33, 0, 16, 17, False),
    (orders(quorum="share", quorum_share=50), 33, 1, 16, 16, True),
    (orders(quorum="share", quorum_share=33), 100, 0, 33, 33, True),
    (orders(quorum="share", quorum_share=34), 3, 0, 1, 2, False),
    (orders(quorum="share", quorum_share=1), 1, 0, 1, 1, True),
    (orders(quorum="share", quorum_share=1), 500, 0, 5, 5, True),
    (orders(quorum="share", quorum_share=100), 7, 0, 6, 7, False),
    (orders(quorum="share", quorum_share=100), 7, 1, 6, 6, True),
    (orders(quorum="share", quorum_share=50), 4, 4, 0, 1, False),
    (orders(quorum="number", quorum_number=5), 32, 0, 5, 5, True),
    (orders(quorum="number", quorum_number=5), 32, 0, 4, 5, False),
    (orders(quorum="number", quorum_number=5), 32, 27, 5, 5, True),
    (orders(quorum="number", quorum_number=5), 7, 3, 4, 4, True),
    (orders(quorum="number", quorum_number=5), 7, 3, 3, 4, False),
    (orders(quorum="number", quorum_number=5), 0, 0, 0, 1, False),
]


@pytest.mark.parametrize(("rules", "seats", "recused", "cast", "needed", "quorate"), QUORUM_EXAMPLES)
def test_the_quorum_counts_seats_left_and_blank_votes(
    rules: Rules, seats: int, recused: int, cast: int, needed: int, quorate: bool
) -> None:
    outcome = counted(rules, seats, (0, 0, cast), recused=recused)
    assert outcome.quorum_needed == needed
    assert outcome.verdict == (REJECTED if quorate else Verdict.NOT_QUORATE)


BLANKS, THIRDS, ABSOLUTE = orders(blanks_count=True), orders(majority="two_thirds"), orders(majority="absolute")
MAJORITY_EXAMPLES = [
    # rules, seats left, (for, against, blank), base, needed, verdict
    (SIMPLE, 32, (11, 5, 2), 16, 9, ADOPTED),
    (SIMPLE, 32, (9, 7, 10), 16, 9, ADOPTED),
    (SIMPLE, 32, (1, 0, 31), 1, 1, ADOPTED),
    (SIMPLE, 32, (0, 1, 31), 1, 1, REJECTED),
    (SIMPLE, 32, (0, 0, 32), 0, 1, REJECTED),
    (SIMPLE, 32, (0, 0, 0), 0, 1, REJECTED),
    (SIMPLE, 0, (0, 0, 0), 0, 1, REJECTED),
    (SIMPLE, 1, (1, 0, 0), 1, 1, ADOPTED),
    (SIMPLE, 3, (2, 1, 0), 3, 2, ADOPTED),
    (BLANKS, 32, (11, 5, 2), 18, 10, ADOPTED),
    (BLANKS, 32, (9, 7, 2), 18, 10, REJECTED),
    (BLANKS, 32, (9, 4, 5), 18, 10, REJECTED),
    (BLANKS, 32, (1, 0, 1), 2, 2, REJECTED),
    (BLANKS, 32, (0, 0, 8), 8, 5, REJECTED),
    (THIRDS, 32, (2, 1, 0), 3, 2, ADOPTED),
    (THIRDS, 32, (12, 6, 9), 18, 12, ADOPTED),
    (THIRDS, 32, (11, 6, 9), 17, 12, REJECTED),
    (THIRDS, 32, (11, 7, 0), 18, 12, REJECTED),
    (THIRDS, 32, (13, 6, 0), 19, 13, ADOPTED),
    (THIRDS, 32, (1, 1, 0), 2, 2, REJECTED),
    (THIRDS, 32, (1, 0, 0), 1, 1, ADOPTED),
    (THIRDS, 32, (0, 0, 0), 0, 1, REJECTED),
    (THIRDS, 32, (0, 0, 5), 0, 1, REJECTED),
    (orders(majority="two_thirds", blanks_count=True), 32, (12, 5, 1), 18, 12, ADOPTED),
    (orders(majority="two_thirds", blanks_count=True), 32, (12, 6, 1), 19, 13, REJECTED),
    (ABSOLUTE, 32, (17, 0, 0), 32, 17, ADOPTED),
    (ABSOLUTE, 32, (16, 16, 0), 32, 17, REJECTED),
    (ABSOLUTE, 32, (16, 0, 16), 32, 17, REJECTED),
    (ABSOLUTE, 33, (17, 16, 0), 33, 17, ADOPTED),
    (ABSOLUTE, 31, (16, 15, 0), 31, 16, ADOPTED),
    (ABSOLUTE, 1, (1, 0, 0), 1, 1, ADOPTED),
    (ABSOLUTE, 0, (0, 0, 0), 0, 1, REJECTED),
    (orders(majority="absolute", blanks_count=True), 32, (17, 0, 15), 32, 17, ADOPTED),
]


@pytest.mark.parametrize(("rules", "left", "votes", "base", "needed", "verdict"), MAJORITY_EXAMPLES)
@pytest.mark.parametrize("recused", [0, 3])
def test_the_majority_is_of_the_votes_or_of_the_seats_left(
    rules: Rules, left: int, votes: tuple[int, int, int], base: int, needed: int, verdict: Verdict, recused: int
) -> None:
    outcome = counted(rules, left + recused, votes, recused=recused)
    assert (outcome.base, outcome.needed, outcome.verdict, outcome.tied) == (base, needed, verdict, False)


CASTING, ANEW = orders(tie="chair"), orders(tie="again")
TIE_EXAMPLES = [
    # rules, votes, the chair's, tied, what broke it, verdict
    (SIMPLE, (4, 4, 0), FOR, True, "", REJECTED),
    (SIMPLE, (4, 4, 2), None, True, "", REJECTED),
    (ANEW, (4, 4, 0), FOR, True, "", Verdict.AGAIN),
    (CASTING, (4, 4, 0), FOR, True, "for", ADOPTED),
    (CASTING, (4, 4, 0), AGAINST, True, "against", REJECTED),
    (CASTING, (4, 4, 1), BLANK, True, "blank", REJECTED),
    (CASTING, (4, 4, 0), None, True, "", REJECTED),
    (CASTING, (5, 4, 0), AGAINST, False, "", ADOPTED),
    (CASTING, (4, 5, 0), FOR, False, "", REJECTED),
    (ANEW, (0, 0, 0), None, False, "", REJECTED),
    (CASTING, (0, 0, 3), BLANK, False, "", REJECTED),
    (orders(tie="again", blanks_count=True), (4, 4, 0), None, True, "", Verdict.AGAIN),
    (orders(tie="again", blanks_count=True), (4, 4, 1), None, False, "", REJECTED),
    (orders(tie="chair", blanks_count=True), (4, 3, 1), FOR, False, "", REJECTED),
    (orders(tie="again", majority="absolute"), (6, 6, 0), None, False, "", REJECTED),
    (orders(tie="chair", majority="two_thirds"), (6, 6, 0), FOR, False, "", REJECTED),
    (orders(tie="again", quorum="share", quorum_share=75), (4, 4, 0), None, False, "", Verdict.NOT_QUORATE),
    (orders(tie="chair", quorum="number", quorum_number=9), (4, 4, 0), FOR, False, "", Verdict.NOT_QUORATE),
]


@pytest.mark.parametrize(("rules", "votes", "chair", "tied", "broken_by", "verdict"), TIE_EXAMPLES)
def test_a_tie_is_decided_by_its_rule_and_nothing_else_is_a_tie(
    rules: Rules, votes: tuple[int, int, int], chair: Choice | None, tied: bool, broken_by: str, verdict: Verdict
) -> None:
    outcome = counted(rules, 12, votes, chair=chair)
    assert (outcome.tied, outcome.chair, outcome.verdict) == (tied, broken_by, verdict)


@pytest.mark.parametrize(
    "impossible",
    [
        (10, 0, -1, 0, 0),
        (10, -1, 0, 0, 0),
        (-1, 0, 0, 0, 0),
        (10, 0, 4, 4, 3),
        (10, 3, 4, 4, 0),
        (3, 4, 0, 0, 0),
        (10, 0, 0, 4, 0, FOR),
        (10, 10, 0, 0, 0, AGAINST),
    ],
)
def test_votes_that_cannot_be_are_not_counted(impossible: tuple[Any, ...]) -> None:
    with pytest.raises(ValueError, match="Tally"):
        Tally(*impossible)


def test_choices_are_counted_as_the_database_gives_them() -> None:
    assert Tally.of(["for", "blank", "for", "against"], seats=9, recused=2) == Tally(9, 2, 2, 1, 1)
    with pytest.raises(ValueError, match="maybe"):
        Tally.of(["maybe"], seats=9, recused=0)


def test_an_outcome_has_the_columns_of_a_stored_result() -> None:
    columns = {field.name for field in Result._meta.fields}
    assert {field.name for field in fields(Outcome)} == columns - {"ballot", "counted_at"}
