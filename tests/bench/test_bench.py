"""The benchmark's own arithmetic, where a slip would flatter."""

from collections import Counter
from typing import Any

from tests.bench.client import hidden_fields
from tests.bench.meter import _difference
from tests.bench.races import Race
from tests.bench.report import verdicts


def test_hidden_fields_are_those_a_browser_sends_without_the_token_that_the_client_adds_itself() -> None:
    csrf = b'<input type="hidden" name="csrfmiddlewaretoken" value="x">'
    page = csrf + b'<input type="text" name="title"><input value="a&amp;b" name="token" type="hidden">'
    assert hidden_fields(page) == [("token", "a&b")]


def test_a_process_that_came_meanwhile_counts_whole_and_one_that_went_takes_nothing_back() -> None:
    assert _difference({1: 2.0, 2: 5.0}, {1: 3.5, 3: 0.25}) == 1.75


def test_a_race_is_won_only_when_every_round_is_right_and_every_loser_was_helped() -> None:
    fair = Race("x", rounds=2, right=2, statuses=Counter({302: 2, 409: 30}))
    assert fair.is_won
    assert not Race("x", rounds=2, right=1, statuses=fair.statuses).is_won
    assert not Race("x", rounds=2, right=2, statuses=Counter({302: 2, 409: 29, 500: 1})).is_won
    assert not Race("x", rounds=2, right=2, statuses=fair.statuses, without_alternatives=1).is_won


def figures(bookings: int, *, cpu: float, database: float, failed: int = 0) -> dict[str, Any]:
    week = {"name": "week page, fresh", "app": cpu - database, "database": database, "sql": 8, "raw": 120 * 1024}
    return {
        "bookings": bookings,
        "costs": [week],
        "throughput": {"rate": 60, "p95": 100, "statuses": {"302": 320, **({"409": failed} if failed else {})}},
        "load": {"cold": 90_000, "requests": 10, "warm": 8_000},
        "memory": {"web": (119.0, 80.0)},
        "races": [Race("x", rounds=1, right=1).as_dict()],
    }


def missed(*sizes: dict[str, Any]) -> list[str]:
    return [line.what for line in verdicts(sizes) if not line.met]


def test_a_goal_that_is_just_reached_is_met_and_one_that_is_passed_is_missed() -> None:
    assert missed(figures(100_000, cpu=50, database=10)) == []
    assert missed(figures(100_000, cpu=50.1, database=10)) == ["week page, fresh: CPU"]
    assert missed(figures(100_000, cpu=50, database=10, failed=1)) == ["8 clients booking: per second"]


def test_growth_is_measured_on_the_largest_against_the_smallest() -> None:
    small, large = figures(100_000, cpu=40, database=10), figures(1_000_000, cpu=49, database=13.1)
    assert missed(small, large) == [
        "week page, fresh, database, at 1.000.000 against 100.000",
        "week page, fresh, whole, at 1.000.000 against 100.000",
    ]
