"""The benchmark's own arithmetic, where a slip would flatter."""

import socket
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pytest

from benchmark.client import hidden_fields
from benchmark.meter import _difference
from benchmark.races import Race
from benchmark.report import verdicts
from benchmark.volley import Volley, fire, request


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


def test_the_councils_own_goals_are_among_the_verdicts_and_its_costs_are_held_against_theirs() -> None:
    vote = {"name": "vote", "app": 20.0, "database": 5.1, "sql": 14, "raw": 0}
    lost = {"what": "500 seats voting: lost", "measured": "1", "goal": "0", "met": False}
    council = {"costs": [vote], "lines": [lost], "notes": []}
    assert missed(figures(100_000, cpu=50, database=10) | {"council": council}) == [
        "vote: CPU",
        "500 seats voting: lost",
    ]


# --- the volley -------------------------------------------------------------------------------------------------------


class Counting(BaseHTTPRequestHandler):
    """Answers each post with a redirect, and closes the connection on whoever says `last`."""

    protocol_version = "HTTP/1.1"
    posted: ClassVar[list[dict[str, list[str]]]] = []

    def do_POST(self) -> None:
        fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.posted.append({**fields, "cookie": [self.headers["Cookie"]]})
        self.send_response(302)
        self.send_header("Content-Length", "2")
        if "last" in fields:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the test counts for itself."""


@pytest.fixture
def server() -> Iterator[int]:
    Counting.posted.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Counting) as running:
        thread = Thread(target=running.serve_forever)
        thread.start()
        yield running.server_address[1]
        running.shutdown()
        thread.join()


def test_a_volley_posts_every_form_once_also_where_the_server_closes_the_connection(server: int) -> None:
    forms = [{"seat": str(number), "last": "1"} if number % 3 == 0 else {"seat": str(number)} for number in range(100)]
    echo = fire(Volley(server, [(0.0, request("/stem/", {"session": "s"}, form)) for form in forms]))
    assert echo.statuses == [302] * 100
    assert sorted(int(posted["seat"][0]) for posted in Counting.posted) == list(range(100))
    assert {posted["cookie"][0] for posted in Counting.posted} == {"session=s"}


def test_a_post_without_an_answer_is_lost_and_says_so() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        echo = fire(Volley(closed.getsockname()[1], [(0.0, request("/stem/", {}, {"seat": "1"}))]))
    assert echo.statuses == [0]


def test_a_post_is_made_when_it_is_due_and_waits_are_counted_from_then(server: int) -> None:
    echo = fire(Volley(server, [(0.5, request("/stem/", {}, {"seat": "1"}))]))
    assert echo.seconds >= 0.5
    assert 0 < echo.waits[0] < echo.seconds - 0.4
