"""A result in words: exact, plain, and the same from a stored row."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from hypothesis import given, strategies as st

from actors.council.ballots.counting import Outcome, Rules, counted_seats, explain, result
from actors.council.enums import Choice, Entitled, Verdict
from actors.council.models import Result
from tests.actors.council.test_counting import (
    ABSOLUTE,
    AGAINST,
    ANEW,
    BLANK,
    BLANKS,
    CASTING,
    FOR,
    RULES,
    SIMPLE,
    THIRDS,
    Chair,
    counted,
    orders,
    tables,
    tally_of,
)

HALF = {"quorum": "share", "quorum_share": 50}
VOTES = "11 for, 5 imod, 2 blankt."
TIED = "4 for, 4 imod, 0 blankt."
EXPLANATIONS: list[tuple[Outcome, Rules, list[str]]] = [
    (
        counted(orders(**HALF), 33, (11, 5, 2), recused=1),
        orders(**HALF),
        [
            "18 af 32 foreninger stemte; kravet var 16.",
            "1 forening var inhabil og regnes ikke med.",
            VOTES,
            "Simpelt flertal: mindst 9 af 16 afgivne stemmer.",
            "Blanke stemmer tæller ikke med.",
        ],
    ),
    (
        counted(BLANKS, 34, (11, 5, 2), recused=2),
        BLANKS,
        [
            "18 af 32 foreninger stemte.",
            "2 foreninger var inhabile og regnes ikke med.",
            VOTES,
            "Simpelt flertal: mindst 10 af 18 afgivne stemmer.",
            "Blanke stemmer tæller med.",
        ],
    ),
    (
        counted(orders(**HALF), 32, (9, 2, 1)),
        orders(**HALF),
        [
            "12 af 32 foreninger stemte; kravet var 16.",
            "Det var for få til at beslutte noget.",
            "9 for, 2 imod, 1 blankt.",
        ],
    ),
    (
        counted(THIRDS, 32, (12, 6, 0)),
        THIRDS,
        [
            "18 af 32 foreninger stemte.",
            "12 for, 6 imod, 0 blankt.",
            "To tredjedele: mindst 12 af 18 afgivne stemmer.",
        ],
    ),
    (
        counted(ABSOLUTE, 32, (11, 5, 2)),
        ABSOLUTE,
        ["18 af 32 foreninger stemte.", VOTES, "Flertal af alle: mindst 17 af 32 foreninger."],
    ),
    (
        counted(SIMPLE, 1, (1, 0, 0)),
        SIMPLE,
        [
            "1 af 1 forening stemte.",
            "1 for, 0 imod, 0 blankt.",
            "Simpelt flertal: mindst 1 af 1 afgivet stemme.",
        ],
    ),
    (
        counted(THIRDS, 9, (0, 1, 0)),
        THIRDS,
        [
            "1 af 9 foreninger stemte.",
            "0 for, 1 imod, 0 blankt.",
            "To tredjedele: mindst 1 af 1 afgivet stemme.",
        ],
    ),
    (
        counted(SIMPLE, 9, (0, 0, 3)),
        SIMPLE,
        ["3 af 9 foreninger stemte.", "0 for, 0 imod, 3 blankt.", "Ingen stemte for eller imod."],
    ),
    (
        counted(SIMPLE, 9, (4, 4, 0)),
        SIMPLE,
        [
            "8 af 9 foreninger stemte.",
            TIED,
            "Simpelt flertal: mindst 5 af 8 afgivne stemmer.",
            "Stemmerne stod lige, og så falder forslaget.",
        ],
    ),
]


@pytest.mark.parametrize(("outcome", "rules", "said"), EXPLANATIONS)
def test_the_calculation_is_said_in_plain_words(outcome: Outcome, rules: Rules, said: list[str]) -> None:
    assert explain(outcome, rules, Entitled.ASSOCIATIONS) == said


@pytest.mark.parametrize(
    ("rules", "votes", "chair", "said"),
    [
        (ANEW, (4, 4, 0), None, "Stemmerne stod lige. Forslaget drøftes, og der stemmes igen."),
        (CASTING, (4, 4, 0), FOR, "Stemmerne stod lige, og formanden stemte for."),
        (CASTING, (4, 4, 0), AGAINST, "Stemmerne stod lige, og formanden stemte imod."),
        (CASTING, (4, 4, 1), BLANK, "Stemmerne stod lige, og formanden stemte blankt. Så falder forslaget."),
        (CASTING, (4, 4, 0), None, "Stemmerne stod lige, og formanden stemte ikke. Så falder forslaget."),
    ],
)
def test_the_last_sentence_says_what_a_tie_led_to(
    rules: Rules, votes: tuple[int, int, int], chair: Choice | None, said: str
) -> None:
    assert explain(counted(rules, 9, votes, chair=chair), rules, Entitled.ASSOCIATIONS)[-1] == said


def test_a_cancelled_ballot_is_said_to_be_uncounted() -> None:
    """Its stored numbers are none of a calculation: they would tell of a quorum of 0."""
    cancelled = replace(counted(SIMPLE, 9, (0, 0, 0)), verdict=Verdict.CANCELLED)
    assert explain(cancelled, SIMPLE, Entitled.BOARD) == ["Afstemningen blev afbrudt, og stemmerne er ikke talt."]


@pytest.mark.parametrize(
    ("entitled", "one", "many"),
    [
        (Entitled.ASSOCIATIONS, "1 forening", "0 foreninger"),
        (Entitled.CHOSEN, "1 aktør", "0 aktører"),
        (Entitled.BOARD, "1 plads", "0 pladser"),
    ],
)
def test_a_seat_is_called_what_it_is_in_that_council(entitled: Entitled, one: str, many: str) -> None:
    assert (counted_seats(entitled, 1), counted_seats(entitled, 0)) == (one, many)
    assert explain(counted(SIMPLE, 1, (0, 0, 0), recused=1), SIMPLE, entitled)[:2] == [
        f"0 af {many} stemte.",
        f"{one} var inhabil og regnes ikke med.",
    ]


def test_a_stored_result_is_explained_like_the_outcome_it_was_made_of() -> None:
    outcome = counted(CASTING, 12, (4, 4, 1), recused=1, chair=FOR)
    assert explain(Result(**asdict(outcome)), CASTING, Entitled.BOARD) == explain(outcome, CASTING, Entitled.BOARD)


@given(RULES, tables(), st.sampled_from(Entitled))
def test_every_result_can_be_explained(rules: Rules, table: list[Chair], entitled: Entitled) -> None:
    said = explain(result(rules, tally_of(table)), rules, entitled)
    assert all(sentence.endswith(".") and "%" not in sentence for sentence in said)
    assert len(said) == len(set(said)) >= 2
