"""Five hundred seats in the last ten seconds, and forty people who log in behind one address."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from time import perf_counter

from django.conf import settings
from django.db import connection

from actors.council.ballots import verify
from actors.council.models import Ballot, Entitlement
from actors.models import User
from benchmark.client import Answer, Client, session_of
from benchmark.council_house import PASSWORD, Assembly
from benchmark.meter import Meter
from benchmark.races import at_once
from benchmark.report import Line
from benchmark.volley import Volley, fire, request
from medborger.common.models import Message
from medborger.embedded.process import Child

SECONDS = 10  # in which everybody votes
LAST_DUE = 9.0  # seconds after the beginning at which the last one presses the button
PEOPLE = 40
TWO_MINUTES = 120  # seconds
CODE = re.compile(r"\b\d{6}\b")


def everybody_votes(house: Assembly, ballot: Ballot, meter: Meter, worker: Child) -> tuple[list[Line], str]:
    """Each seat's representative votes once, at an instant of chance; the worker sends the receipts meanwhile."""
    posts = list(zip(_dues(len(house.holders)), _votes(house, ballot), strict=True))
    mails = meter.used_by(worker)
    with meter.cpu() as spent:
        echo = fire(Volley(house.port, posts))
        app, database = spent()
    mails = meter.used_by(worker) - mails
    seats, waits = len(posts), sorted(echo.waits)
    counted = Entitlement.objects.filter(ballot=ballot).voted().count()
    lost, p95 = seats - counted, waits[int(seats * 0.95) - 1]
    holds = verify.check(ballot).holds and set(echo.statuses) == {302}
    lines = [
        Line(f"{seats} seats voting: lost", f"{lost}, answers {dict(Counter(echo.statuses))}", "0", not lost and holds),
        Line(
            f"{seats} seats voting: all answered after",
            f"{echo.seconds:.1f} s",
            f"{SECONDS} s",
            echo.seconds <= SECONDS,
        ),
        Line(f"{seats} seats voting: p95", f"{p95 * 1000:.0f} ms", "under 1000 ms", p95 < 1),
    ]
    each = [
        f"{seconds / seats * 1000:.1f} ms {who}"
        for who, seconds in (("app", app), ("database", database), ("worker", mails))
    ]
    note = (
        f"{seats} votes, due at instants of chance within {LAST_DUE:.0f} s: CPU of each {', '.join(each)}; "
        f"p50 {waits[seats // 2] * 1000:.0f} ms, slowest {waits[-1] * 1000:.0f} ms; "
        f"the client that posted them used {echo.cpu:.2f} s of CPU in all"
    )
    return lines, note


def _dues(number: int) -> list[float]:
    chance = random.Random(number)
    return sorted(chance.uniform(0, LAST_DUE) for _ in range(number))


def _votes(house: Assembly, ballot: Ballot) -> Iterator[str]:
    token = "b" * 32  # as the cookie says, so the form
    for number, (seat, user) in enumerate(house.holders):
        cookies = {settings.SESSION_COOKIE_NAME: session_of(user), settings.CSRF_COOKIE_NAME: token}
        choice = ("for", "against", "blank")[number % 3]
        fields = {"csrfmiddlewaretoken": token, "seat": str(seat.pk), "choice": choice, "reason": ""}
        yield request(house.path(ballot, "stem/"), cookies, fields)


def forty_log_in(house: Assembly) -> Iterator[Line]:
    """All at once from the same address, first by password and then by a code; no worker sends and wipes the codes meanwhile."""
    people = [user for _seat, user in house.holders]
    ways: dict[str, tuple[Callable[[Client, User], Answer], list[User]]] = {
        "password": (_by_password, people[:PEOPLE]),
        "code": (_by_code, people[PEOPLE : 2 * PEOPLE]),
    }
    for way, (log_in, users) in ways.items():
        began = perf_counter()
        answers = at_once([lambda user=user, log_in=log_in: log_in(Client(house.port), user) for user in users])  # type: ignore[misc]
        seconds, inside = perf_counter() - began, sum(answer.status == 200 for answer in answers)
        yield Line(
            f"{PEOPLE} people behind one address logging in by {way}",
            f"{inside} in, after {seconds:.0f} s",
            f"all within {TWO_MINUTES} s",
            inside == PEOPLE and seconds <= TWO_MINUTES,
        )


def _by_password(client: Client, user: User) -> Answer:
    client.get("/konto/log-ind/")
    client.post("/konto/log-ind/", [("login", user.email or ""), ("password", PASSWORD)])
    return client.get("/mig/")


def _by_code(client: Client, user: User) -> Answer:
    client.get("/konto/log-ind/")
    client.post("/konto/log-ind/kode/", [("login", user.email or "")])
    (found,) = CODE.findall(Message.objects.filter(recipient=user.email).latest("pk").text)
    connection.close()  # there are fewer of them than people
    client.post("/konto/log-ind/kode/skriv/", [("code", found), ("action", "verify")])
    return client.get("/mig/")
