"""A show of hands: entered by the seat that leads the vote, confirmed by another seat, never by staff."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from actors.council import errors
from actors.council.ballots import chain, emails
from actors.council.ballots.vote_log import check_open, entitlement_of, put_vote, void_vote
from actors.council.enums import Capacity, Choice, CouncilEvent, Method
from actors.council.member import CouncilMember
from actors.council.models import Ballot, Entitlement, HandVote
from medborger.common import audit, clock
from medborger.common.errors import Stale
from medborger.common.messaging import outbox


def fingerprint(votes: Iterable[HandVote]) -> str:
    """What a page has shown of the list, to be compared with what it is when somebody acts on it."""
    shown = sorted((vote.seat_id, vote.choice, vote.event_id or 0) for vote in votes)
    return chain.digest(of="hands", votes=shown)


@transaction.atomic
def enter(*, ballot: Ballot, choices: Mapping[int, Choice], seen: str, by: CouncilMember) -> None:
    """Enter what the seats held up their hands for, by seat id, in the place of what was entered and is not confirmed yet.

    Raises HandsByTwoSeats, WrongKindOfVote, BallotClosed, Stale when the list is no longer the one that was `seen`.
    """
    if not leads(ballot, by) or _works_in_the_house(by):
        raise errors.HandsByTwoSeats
    locked, _votes = _locked(ballot, seen)
    if Entitlement.objects.not_voted().filter(ballot=locked, seat__in=choices).count() != len(choices):
        raise Stale
    HandVote.objects.waiting().filter(ballot=locked).delete()
    HandVote.objects.bulk_create(
        HandVote(
            ballot=locked,
            seat_id=seat_id,
            choice=choice,
            entering_seat_id=locked.leading_seat_id,
            entered_by_id=by.person.pk,
            entered_at=clock.now(),
        )
        for seat_id, choice in choices.items()
    )
    audit.record(CouncilEvent.ENTERED, locked, by=by.person, center_id=by.council.center_id, seats=sorted(choices))


@transaction.atomic
def confirm(*, ballot: Ballot, seen: str, by: CouncilMember) -> list[HandVote]:
    """Confirm the whole list that was `seen`: from now on its votes count, and the seats are told.

    Raises HandsByTwoSeats, WrongKindOfVote, BallotClosed, Stale when the list has changed or nothing waits.
    """
    if leads(ballot, by) or not by.holds_a_seat or _works_in_the_house(by):
        raise errors.HandsByTwoSeats
    locked, votes = _locked(ballot, seen)
    waiting = [vote for vote in votes if vote.event_id is None]
    if not waiting:
        raise Stale
    if any(vote.entered_by_id == by.person.pk for vote in waiting):
        raise errors.HandsByTwoSeats
    for vote in waiting:
        vote.event = put_vote(locked, vote.seat_id, Choice(vote.choice), Capacity.HANDS, user=by.person)
        vote.confirming_seat = by.held_seats[0]
    HandVote.objects.bulk_update(waiting, ["event", "confirming_seat"])
    seats = [vote.seat_id for vote in waiting]
    audit.record(CouncilEvent.CONFIRMED, locked, by=by.person, center_id=by.council.center_id, seats=seats)
    outbox.post(emails.entered(locked, waiting))
    return waiting


@transaction.atomic
def void(*, ballot: Ballot, seat_id: int, by: CouncilMember) -> None:
    """The seat says that it did not vote so: until closing its vote counts no more, and can be entered again.

    Raises NotYourSeat, BallotClosed, Stale when no vote by hand counts for it, IsRecused.
    """
    if not by.holds(seat_id):
        raise errors.NotYourSeat
    locked = Ballot.objects.locked(ballot.pk)
    check_open(locked)
    vote = HandVote.objects.not_voided().filter(ballot=locked, seat=seat_id).exclude(event=None).first()
    if vote is None:
        raise Stale
    vote.voided_at = clock.now()
    vote.save(update_fields=["voided_at"])
    void_vote(locked, entitlement_of(locked, seat_id), because="seat")
    audit.record(CouncilEvent.VOIDED, locked, by=by.person, center_id=by.council.center_id, seat=seat_id)
    outbox.post(emails.voided(locked, vote))


def leads(ballot: Ballot, by: CouncilMember) -> bool:
    """Whether the person holds the seat that enters the hands and ends the vote."""
    return ballot.leading_seat_id in by.parts


def _works_in_the_house(by: CouncilMember) -> bool:
    return by.access.is_staff_in(by.council.center_id)


def _locked(ballot: Ballot, seen: str) -> tuple[Ballot, list[HandVote]]:
    locked = Ballot.objects.locked(ballot.pk)
    check_open(locked)
    if locked.method != Method.HANDS:
        raise errors.WrongKindOfVote
    votes = list(HandVote.objects.not_voided().filter(ballot=locked).order_by("seat"))
    if fingerprint(votes) != seen:
        raise Stale
    return locked, votes
