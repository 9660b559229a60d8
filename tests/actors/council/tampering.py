"""What somebody with the owner's right to the database does behind the application's back."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from actors.council.ballots import chain, verify
from actors.council.enums import Choice, EventKind, Verdict
from actors.council.models import Ballot, Result, Seat, VoteEvent

Tamper = Callable[[Ballot], object]
# The chain of the fixture `ballot`: 1 opened, 2 the first seat for, 3 the second against, 4 the first against, 5 the third's
# proxy to the second, 6 its vote for, 7 closed.
VOTE, CHANGED_VOTE, PROXY, PROXYS_VOTE, CLOSED = 3, 4, 5, 6, 7
GUARDED = ("council_voteevent", "council_result", "council_secretvote", "council_standingorders")


@contextmanager
def behind_the_back() -> Iterator[None]:
    """The triggers are off and keys are not checked; afterwards everything is as it was."""
    with transaction.atomic():
        switch_off_the_guards()
        yield
        transaction.set_rollback(True)


def switch_off_the_guards() -> None:
    """For the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks that wait cannot be altered
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def run(statement: str, *values: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def event(ballot: Ballot, number: int) -> VoteEvent:
    return VoteEvent.objects.get(ballot=ballot, number=number)


def change(ballot: Ballot, number: int, /, **fields: Any) -> None:
    VoteEvent.objects.filter(ballot=ballot, number=number).update(**fields)


def delete(ballot: Ballot, number: int) -> None:
    run("DELETE FROM council_voteevent WHERE ballot_id = %s AND number = %s", ballot.pk, number)


def make_room_at(ballot: Ballot, number: int) -> None:
    """Move the events from `number` on one up."""
    run("UPDATE council_voteevent SET number = number + 1000 WHERE ballot_id = %s AND number >= %s", ballot.pk, number)
    run("UPDATE council_voteevent SET number = number - 999 WHERE ballot_id = %s AND number > 1000", ballot.pk)


def close_the_gap_at(ballot: Ballot, number: int) -> None:
    """Move the events after a deleted one down."""
    run("UPDATE council_voteevent SET number = number + 999 WHERE ballot_id = %s AND number > %s", ballot.pk, number)
    run("UPDATE council_voteevent SET number = number - 1000 WHERE ballot_id = %s AND number > 1000", ballot.pk)


def insert(ballot: Ballot, like: VoteEvent, number: int, previous: str) -> VoteEvent:
    """An event like another, with a hash that is right for where it stands."""
    forged = VoteEvent.objects.get(pk=like.pk)
    forged.pk, forged.number, forged.previous, forged.commitment = None, number, previous, ""
    forged.hash = chain.link(previous, forged.content())
    forged.save(force_insert=True)
    return forged


def rewrite(ballot: Ballot) -> None:
    """Every event gets the hash that fits what it says now, and the ballot knows the new ends."""
    last = chain.Head()
    for link in VoteEvent.objects.filter(ballot=ballot).order_by("number"):
        link.previous, link.hash = last.hash, chain.link(last.hash, link.content())
        change(ballot, link.number, previous=link.previous, hash=link.hash)
        if link.kind == EventKind.OPENED:
            Ballot.objects.filter(pk=ballot.pk).update(opening_hash=link.hash)
        last = chain.Head(link.number, link.hash)
    Ballot.objects.filter(pk=ballot.pk).update(head_number=last.number, head_hash=last.hash)


def set_result(ballot: Ballot, **fields: Any) -> None:
    Result.objects.filter(ballot=ballot).update(**fields)


def findings(ballot: Ballot) -> list[str]:
    return verify.check(ballot).findings


def found_and_restored(ballot: Ballot, tamper: Tamper) -> list[str]:
    """What is found when it is done; put back, everything holds."""
    assert findings(ballot) == []
    with behind_the_back():
        tamper(ballot)
        found = findings(ballot)
    assert findings(ballot) == []
    return found


def seat_of(ballot: Ballot, number: int) -> Seat:
    seat = event(ballot, number).seat
    assert seat is not None
    return seat


def forge_adoption(ballot: Ballot) -> None:
    """One vote turned, and everything that follows from it made to fit."""
    change(ballot, VOTE, choice=Choice.FOR)
    run("UPDATE council_cast SET user_id = NULL, salt = '' WHERE event_id = %s", event(ballot, VOTE).pk)
    says = event(ballot, CLOSED).says | {"votes_for": 2, "against": 1, "verdict": Verdict.ADOPTED}
    change(ballot, CLOSED, payload=json.dumps(says, sort_keys=True, ensure_ascii=False))
    set_result(ballot, votes_for=2, against=1, verdict=Verdict.ADOPTED)
    rewrite(ballot)
