"""The drawings of votes and turnout: lengths in percent, written with a point whatever the language."""

from datetime import timedelta

import pytest

from actors.council.ballots.ballot_panel import time_left
from actors.council.ballots.charts import Turnout, VoteBar


@pytest.mark.parametrize(
    ("bar", "parts"),
    [
        (
            VoteBar(44, 5, 3),
            [
                ("r-blank", "100.0%", False),
                ("r-edge", "94.6%", False),
                ("r-no", "94.2%", True),
                ("r-edge", "85.0%", False),
                ("r-yes", "84.6%", False),
            ],
        ),
        (VoteBar(3, 0, 0), [("r-yes", "100.0%", False)]),
        (VoteBar(0, 2, 0), [("r-no", "100.0%", True)]),
        (VoteBar(1, 0, 1), [("r-blank", "100.0%", False), ("r-edge", "50.4%", False), ("r-yes", "50.0%", False)]),
        (VoteBar(0, 0, 0), []),
    ],
)
def test_the_parts_of_a_bar_lie_over_each_other_from_the_longest(
    bar: VoteBar, parts: list[tuple[str, str, bool]]
) -> None:
    assert [(part.css, part.width, part.hatched) for part in bar.parts] == parts


@pytest.mark.parametrize(
    ("turnout", "drawn"),
    [
        (Turnout(38, 60, 31, "associations"), ("63.3%", "51.7%", "middle", True, 0)),
        (Turnout(0, 60, 1, "associations"), ("0.0%", "1.7%", "start", False, 1)),
        (Turnout(3, 4, 4, "board"), ("75.0%", "100.0%", "end", False, 1)),
        (Turnout(0, 0, 0, "chosen"), ("0.0%", "0.0%", "start", True, 0)),
    ],
)
def test_the_turnout_is_drawn_with_the_quorums_mark(turnout: Turnout, drawn: tuple[str, str, str, bool, int]) -> None:
    assert (turnout.fill, turnout.mark, turnout.anchor, turnout.is_quorate, turnout.missing) == drawn


def test_the_turnout_is_said_in_the_councils_own_words() -> None:
    assert Turnout(38, 60, 31, "associations").label == "38 af 60 foreninger har stemt. Der skal mindst 31 til."
    assert Turnout(1, 1, 0, "board").label == "1 af 1 plads har stemt."


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=6, hours=23, minutes=50), "6 dage"),
        (timedelta(days=2, hours=5), "2 dage og 5 timer"),
        (timedelta(days=1, minutes=30), "1 dag"),
        (timedelta(hours=1, minutes=59), "1 time"),
        (timedelta(minutes=35, seconds=59), "35 minutter"),
        (timedelta(seconds=59), "under et minut"),
        (timedelta(seconds=-1), "under et minut"),
    ],
)
def test_the_time_left_is_as_exact_as_one_needs(left: timedelta, words: str) -> None:
    assert time_left(left) == words
