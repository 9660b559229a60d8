"""Votes on paper and by a show of hands: entered by one seat, countersigned by another, never by staff."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction

from actors.council import emails, errors
from actors.council.bench import Bench
from actors.council.enums import Capacity, Choice, Method, Verb
from actors.council.ledger import check_open, entitlement_of, put_vote, void_vote
from actors.council.models import Ballot, Seat, TellerEntry
from actors.models import User
from medborger.common import audit, clock, outbox


@transaction.atomic
def enter(*, ballot: Ballot, choices: Mapping[int, Choice], teller: Seat, by: Bench) -> list[TellerEntry]:
    """Enter what other seats voted on paper or by hand, by seat id; the seats are told at once. It counts when countersigned.

    Raises TellerFromAnotherSeat, BallotClosed, NotByHands, NotEntitled, IsRecused, HasVoted.
    """
    check_teller(teller, by)
    if teller.pk in choices:
        raise errors.TellerFromAnotherSeat
    locked = Ballot.objects.locked(ballot.pk)
    check_open(locked)
    if locked.secret:
        raise errors.NotByHands
    capacity = Capacity.HANDS if locked.method == Method.HANDS else Capacity.PAPER
    entries = [
        put_entry(locked, seat_id, choice, capacity, teller=teller, user=by.person)
        for seat_id, choice in choices.items()
    ]
    audit.record(
        Verb.ENTERED,
        locked,
        by=by.person,
        center_id=by.council.center_id,
        seats=sorted(choices),
        teller=teller.pk,
    )
    outbox.post(emails.ballots.entered(locked, entries))
    return entries


def put_entry(
    ballot: Ballot, seat_id: int, choice: Choice, capacity: Capacity, *, teller: Seat, user: User | None
) -> TellerEntry:
    """Write what others hand in for a seat. The ballot is locked, so nothing comes between looking and writing.

    Raises NotEntitled, IsRecused, HasVoted.
    """
    if entitlement_of(ballot, seat_id).counting is not None:
        raise errors.HasVoted
    if TellerEntry.objects.filter(ballot=ballot, seat_id=seat_id, voided_at=None).exists():
        raise errors.HasVoted
    return TellerEntry.objects.create(
        ballot=ballot,
        seat_id=seat_id,
        choice=choice,
        capacity=capacity,
        teller=teller,
        entered_by=user,
        entered_at=clock.now(),
    )


@transaction.atomic
def countersign(*, ballot: Ballot, entries: Collection[int], second: Seat, by: Bench) -> list[TellerEntry]:
    """Confirm what another seat has entered: from now on it counts. An entry that is no longer waiting is passed over.

    Raises TellerFromAnotherSeat, BallotClosed, EntryOver when none is left to confirm.
    """
    check_teller(second, by)
    locked = Ballot.objects.locked(ballot.pk)
    check_open(locked)
    waiting = list(TellerEntry.objects.waiting().filter(ballot=locked, pk__in=entries).order_by("pk"))
    if not waiting:
        raise errors.EntryOver
    for entry in waiting:
        if second.pk in (entry.teller_id, entry.seat_id) or entry.entered_by_id == by.person.pk:
            raise errors.TellerFromAnotherSeat
        entry.event = put_vote(locked, entry.seat_id, Choice(entry.choice), Capacity(entry.capacity), user=by.person)
        entry.second = second
        entry.save(update_fields=["event", "second"])
    audit.record(
        Verb.COUNTERSIGNED,
        locked,
        by=by.person,
        center_id=by.council.center_id,
        seats=sorted(entry.seat_id for entry in waiting),
        second=second.pk,
    )
    return waiting


@transaction.atomic
def void(*, entry: TellerEntry, by: Bench) -> None:
    """The seat says that it did not vote so: until closing it counts no more. The teller's seat takes back what waits.

    Raises NotYourSeat, BallotClosed, EntryOver.
    """
    by_seat = by.holds(entry.seat_id)
    if not by_seat and not by.holds(entry.teller_id):
        raise errors.NotYourSeat
    locked = Ballot.objects.locked(entry.ballot_id)
    check_open(locked)
    held = TellerEntry.objects.get(pk=entry.pk)
    if held.voided_at is not None or (held.second_id is not None and not by_seat):
        raise errors.EntryOver
    held.voided_at = clock.now()
    held.save(update_fields=["voided_at"])
    entitlement = entitlement_of(locked, held.seat_id)
    if held.event_id is not None and entitlement.counting_id == held.event_id:
        void_vote(locked, entitlement, because="seat")
    audit.record(Verb.VOIDED, locked, by=by.person, center_id=by.council.center_id, seat=held.seat_id)
    outbox.post(emails.ballots.voided(locked, held) if by_seat else emails.ballots.taken_back(locked, held))


def check_teller(seat: Seat, by: Bench) -> None:
    """Somebody who holds the seat and no role in the house. Raises TellerFromAnotherSeat."""
    if not by.holds(seat.pk) or by.standing.is_staff_in(by.council.center_id):
        raise errors.TellerFromAnotherSeat
