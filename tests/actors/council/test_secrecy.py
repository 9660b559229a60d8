"""What a dump of the whole database tells of who voted what in a secret ballot: nothing, neither while it is open nor afterwards.

Each seat votes in a transaction of its own, as in production. The attack puts seats and codes in every order that the
database gives away, and says of the n-th seat that it has the n-th code. By chance one of them is right on average, and
twelve or more once in a thousand million times.
"""

import logging
import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from actors.council.ballots import actions
from actors.council.enums import Choice, EventKind
from actors.council.models import Ballot, BoxVote, SecretVote, VoteEvent
from centers.models import Center
from medborger.common.models import Audit, Message
from tests.actors.council.conftest import close, council_of
from tests.actors.council.factories import council_member
from tests.actors.council.motions import open_ballot

SEATS = 60
MORE_THAN_CHANCE = 12
# A correlation of 0.7 between two random orders of sixty comes once in a hundred million times.
ALIKE = 0.7

# What names seats, in which orders: the tables that a vote writes.
TURNOUT = {
    "events": (
        "SELECT seat_id FROM council_voteevent AS t WHERE kind = 'cast'",
        ("number", "at", "hash", "commitment"),
    ),
    "persons": (
        "SELECT e.seat_id FROM council_cast AS t JOIN council_voteevent AS e ON e.id = t.event_id WHERE e.kind = 'cast'",
        ("t.event_id", "t.salt", "t.user_id"),
    ),
    "entitlements": ("SELECT seat_id FROM council_entitlement AS t", ("id", "seat_id", "counting_id", "named_id")),
    "acts": (
        "SELECT (parameters->>'seat')::bigint FROM common_audit AS t WHERE verb = 'ballot.voted'",
        ("id", "at", "request_id"),
    ),
    "letters": (
        "SELECT e.seat_id FROM common_message AS t JOIN council_voteevent AS e"
        " ON t.dedupe_key LIKE 'vote:' || e.id || ':%%'",
        ("t.id", "t.created_at", "t.message_id"),
    ),
}
HIDDEN = ("t.xmin::text::bigint", "t.ctid", "t.cmin::text::bigint")

Truth = Mapping[int, str]
Order = tuple[str, list[Any]]


def rows(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()]


def dumped(table: str, column: str) -> list[str]:
    """As `pg_dump` writes them."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(f"COPY {table} ({column}) TO STDOUT") as copy:
        return [row[0] for row in copy.rows()]


def orders_of_seats() -> list[Order]:
    found = []
    for table, (statement, columns) in TURNOUT.items():
        for column in (*columns, *HIDDEN):
            found.append((f"{table} by {column}", rows(f"{statement} ORDER BY {column}, t.ctid")))
    return found


def orders_of_codes(table: str) -> list[Order]:
    found = [
        (f"{table} by {column}", rows(f"SELECT code FROM {table} AS t ORDER BY {column}, t.ctid")) for column in HIDDEN
    ]
    return [*found, (f"{table} as dumped", dumped(table, "code"))]


def correct(truth: Truth, seats: Sequence[int], codes: Sequence[str]) -> int:
    return sum(truth[seat] == code for seat, code in zip(seats, codes, strict=True))


def alike(truth: Truth, seats: Sequence[int], codes: Sequence[str]) -> float:
    """Spearman's rank correlation between where a seat stands and where its code does: 1 when one tells the other."""
    place = {code: at for at, code in enumerate(codes)}
    squares = sum((at - place[truth[seat]]) ** 2 for at, seat in enumerate(seats))
    number = len(seats)
    return 1 - 6 * squares / (number * (number**2 - 1))


def best_attack(truth: Truth, table: str) -> tuple[int, float]:
    """The most codes that one order puts on the right seat, and how much the two most alike orders are so."""
    attacks = [(seats, codes) for _name, seats in orders_of_seats() for _named, codes in orders_of_codes(table)]
    attacks += [(seats, codes[::-1]) for seats, codes in attacks]
    return (
        max(correct(truth, seats, codes) for seats, codes in attacks),
        max(abs(alike(truth, seats, codes)) for seats, codes in attacks),
    )


def written_together(truth: Truth, table: str) -> int:
    """How many codes stand in a row that the same transaction wrote as the turnout of their seat."""
    statement = f"""
        SELECT e.seat_id, v.code FROM council_voteevent AS e JOIN {table} AS v ON v.xmin::text = e.xmin::text
        WHERE e.kind = 'cast'
    """
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return sum(truth[seat] == code for seat, code in cursor.fetchall())


def vote_in_secret(center: Center) -> tuple[Ballot, Truth]:
    """All seats vote, in an order of chance. Gives what nobody but the voters should know: which code is whose."""
    council, holders = council_of(SEATS, center, secret=True)
    ballot = open_ballot(council, holders[0])
    queue, chance = list(holders), random.Random(1918)
    chance.shuffle(queue)
    truth = {
        seat.pk: actions.cast_secret(
            ballot=ballot, seat=seat, choice=chance.choice(list(Choice)), by=council_member(user, council)
        )
        for seat, user in queue
    }
    return ballot, truth


@pytest.mark.django_db(transaction=True)
def test_one_dump_of_the_open_box_links_no_seat_to_its_vote(house: Center) -> None:
    """Two dumps can be compared, and who runs the server sees what is cast between them: that is not promised."""
    _ballot, truth = vote_in_secret(house)
    right, likeness = best_attack(truth, "council_boxvote")
    assert right < MORE_THAN_CHANCE
    assert likeness < ALIKE
    assert written_together(truth, "council_boxvote") <= 1


@pytest.mark.django_db(transaction=True)
def test_the_attack_finds_everybody_in_a_box_that_is_filled_in_the_order_of_votes(house: Center) -> None:
    ballot, truth = vote_in_secret(house)
    BoxVote.objects.all().delete()
    turnout = VoteEvent.objects.filter(ballot=ballot, kind=EventKind.CAST).order_by("number")
    for seat in turnout.values_list("seat", flat=True):
        BoxVote.objects.create(ballot=ballot, code=truth[seat or 0], choice=Choice.FOR)
    assert best_attack(truth, "council_boxvote") == (SEATS, 1.0)


@pytest.mark.django_db(transaction=True)
def test_after_closing_nothing_in_the_database_links_a_seat_to_its_vote(house: Center) -> None:
    ballot, truth = vote_in_secret(house)
    close(ballot)

    right, likeness = best_attack(truth, "council_secretvote")
    assert right < MORE_THAN_CHANCE
    assert likeness < ALIKE
    assert written_together(truth, "council_secretvote") == 0
    assert rows("SELECT count(*) FROM council_boxvote") == [0]
    by_code = sorted(truth.values())
    assert dumped("council_secretvote", "code") == by_code
    assert rows("SELECT code FROM council_secretvote ORDER BY ctid") == by_code
    assert rows("SELECT DISTINCT xmin::text FROM council_secretvote") == rows(
        "SELECT xmin::text FROM council_voteevent WHERE kind = 'list'"
    )


@pytest.mark.parametrize("model", [BoxVote, SecretVote])
def test_a_secret_vote_has_no_column_that_could_tell_when_or_who(model: type[BoxVote | SecretVote]) -> None:
    assert [field.name for field in model._meta.get_fields()] == ["code", "ballot", "choice"]


# --- through the browser ----------------------------------------------------------------------------------------------


def cached() -> str:
    """Everything that Valkey holds for the site."""
    client: Any = cache._cache.get_client(None, write=True)  # type: ignore[attr-defined]
    return " ".join(f"{key!r} {client.dump(key)!r} {client.get(key)!r}" for key in client.scan_iter("*"))


@pytest.mark.django_db
def test_a_secret_vote_leaves_neither_choice_nor_code_outside_the_box(
    open_box: Ballot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    left = open_box.entitlements.get(counting=None)
    assert left.named is not None and left.named.user is not None
    client = Client()
    client.force_login(left.named.user)
    vote = reverse("ballot_vote", kwargs={"hus": open_box.council.center.slug, "pk": open_box.pk})
    known = set(BoxVote.objects.values_list("code", flat=True))
    acts, letters = Audit.objects.count(), Message.objects.count()

    page = client.post(vote, {"seat": left.seat_id, "choice": Choice.AGAINST})

    (code,) = set(BoxVote.objects.values_list("code", flat=True)) - known
    assert page.status_code == 201
    assert page.headers["Cache-Control"] == "no-store"
    assert code in page.content.decode()
    assert (
        client.get(reverse("ballot", kwargs={"hus": open_box.council.center.slug, "pk": open_box.pk})).status_code
        == 200
    )

    written = {
        "acts": [str(row) for row in Audit.objects.order_by("pk").values()[acts:]],
        "letters": [str(row) for row in Message.objects.order_by("pk").values()[letters:]],
        "sessions": [str(session.get_decoded()) for session in Session.objects.all()],
        "cache": [cached()],
        "log": [f"{record.getMessage()} {vars(record)}" for record in caplog.records],
        "events": [str(row) for row in VoteEvent.objects.filter(kind=EventKind.CAST).values()],
        "cookies": [client.cookies.output()],
    }
    assert all(written.values())
    for place, texts in written.items():
        for text in texts:
            assert code not in text, place
            assert code.replace("-", "") not in text, place
            assert Choice.AGAINST.value not in text, place
            assert str(Choice.AGAINST.label) not in text, place
