"""Voting on the house's tablet with a one-time code, for who has no phone."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from actors.council import emails, errors
from actors.council.actions.ballots.tellers import check_teller, put_entry
from actors.council.bench import Bench
from actors.council.enums import Capacity, Choice, Method, Verb
from actors.council.ledger import check_open, entitlement_of
from actors.council.models import Ballot, Seat, TabletCode, TellerEntry
from centers.models import Center
from medborger.common import audit, clock, outbox

DIGITS = 8
LASTS = timedelta(minutes=15)


@transaction.atomic
def issue_code(*, ballot: Ballot, seat: Seat, issuer: Seat, by: Bench) -> str:
    """A code of eight digits to hand to somebody from another seat; it lasts 15 minutes. The seat's people are told at once.

    Raises TellerFromAnotherSeat, BallotClosed, NotByHands, NotEntitled, IsRecused, HasVoted.
    """
    check_teller(issuer, by)
    if issuer.pk == seat.pk:
        raise errors.TellerFromAnotherSeat
    locked = Ballot.objects.locked(ballot.pk)
    check_open(locked)
    if locked.secret or locked.method == Method.HANDS:
        raise errors.NotByHands
    if entitlement_of(locked, seat.pk).counting is not None:
        raise errors.HasVoted
    code = _unused_code(by.council.center_id)
    now = clock.now()
    issued = TabletCode.objects.create(
        ballot=locked,
        seat=seat,
        code_hash=_hashed(code, by.council.center_id),
        issuer=issuer,
        issued_by_id=by.person.pk,
        issued_at=now,
        expires_at=now + LASTS,
    )
    audit.record(Verb.CODE_ISSUED, locked, by=by.person, center_id=by.council.center_id, seat=seat.pk, issuer=issuer.pk)
    outbox.post(emails.ballots.code_issued(issued))
    return code


def code_for(*, code: str, center: Center) -> TabletCode:
    """The code as it stands, for the tablet to show what is voted on. Raises CodeUnknown for any that cannot be used now."""
    digits = "".join(sign for sign in code if sign.isdigit())
    found = (
        TabletCode.objects.select_related(
            "ballot__motion", "ballot__council", "seat__actor", "issuer__actor", "issued_by"
        )
        .filter(code_hash=_hashed(digits, center.pk), used_at=None, expires_at__gt=clock.now())
        .first()
    )
    if found is None or not found.ballot.is_open():
        raise errors.CodeUnknown
    return found


@transaction.atomic
def vote_with_code(*, code: str, center: Center, choice: Choice) -> TellerEntry:
    """Vote on the tablet; the code is spent. As on paper it counts when a third seat has countersigned it, and the seat can void it:
    else one seat could issue codes and use them itself.

    Raises CodeUnknown, BallotClosed, NotEntitled, IsRecused, HasVoted.
    """
    found = code_for(code=code, center=center)
    locked = Ballot.objects.locked(found.ballot_id)
    if not TabletCode.objects.filter(pk=found.pk, used_at=None).update(used_at=clock.now()):
        raise errors.CodeUnknown
    check_open(locked)
    entry = put_entry(locked, found.seat_id, choice, Capacity.TABLET, teller=found.issuer, user=found.issued_by)
    audit.record(Verb.ENTERED, locked, by=None, center_id=center.pk, seats=[found.seat_id], teller=found.issuer_id)
    outbox.post(emails.ballots.entered(locked, [entry]))
    return entry


def _unused_code(center_id: int) -> str:
    while True:
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        if not TabletCode.objects.filter(code_hash=_hashed(code, center_id)).exists():
            return code


def _hashed(code: str, center_id: int) -> str:
    return salted_hmac("council.tablet", f"{center_id}:{code}", algorithm="sha256").hexdigest()
