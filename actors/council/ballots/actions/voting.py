"""Casting a seat's vote, openly or secretly."""

from django.db import transaction

from actors.council import errors
from actors.council.ballots import chain, emails
from actors.council.ballots.vote_log import append, check_open, entitlement_of, put_vote
from actors.council.enums import Capacity, Choice, CouncilEvent, EventKind, HolderRole
from actors.council.member import CouncilMember
from actors.council.models import Ballot, BoxVote, Entitlement, Proxy, Seat, SeatHolder, VoteEvent
from medborger.common import audit
from medborger.common.messaging import outbox


@transaction.atomic
def vote(*, ballot: Ballot, seat: Seat, choice: Choice, reason: str = "", by: CouncilMember) -> VoteEvent:
    """Vote openly for a seat that the person holds, or that has given one of theirs its proxy; changed by voting again.

    Raises NotYourSeat and what `ledger.put_vote` does.
    """
    locked = Ballot.objects.locked(ballot.pk)
    capacity = capacity_for(locked, seat, by)
    user = by.person
    event = put_vote(locked, seat.pk, choice, capacity, user=user, reason=reason)
    audit.record(CouncilEvent.VOTED, locked, by=user, center_id=by.council.center_id, seat=seat.pk, event=event.number)
    outbox.post(emails.receipt(event, ballot, seat, by))
    return event


def capacity_for(ballot: Ballot, seat: Seat, by: CouncilMember) -> Capacity:
    """As what the person votes for the seat. Raises NotYourSeat: also for staff, who have no vote by being staff.

    A proxy whose own seat is recused takes no part by another's vote either.
    """
    match by.part_on(seat.pk):
        case HolderRole.REPRESENTATIVE:
            return Capacity.REPRESENTATIVE
        case HolderRole.DEPUTY:
            return Capacity.DEPUTY
    taking_part = Entitlement.objects.left().filter(ballot=ballot, seat__in=by.parts).values("seat")
    if Proxy.objects.in_force().filter(ballot=ballot, giver=seat, holder__in=taking_part).exists():
        return Capacity.PROXY
    raise errors.NotYourSeat


@transaction.atomic
def cast_secret(*, ballot: Ballot, seat: Seat, choice: Choice, by: CouncilMember) -> str:
    """Cast the seat's one secret vote, for good. Returns its code, which nobody sees again.

    The chain gets the turnout; the choice lies in a box without time or order. Nothing else holds it, nor the code.
    Raises BallotClosed, WrongKindOfVote, NotYourSeat, NotEntitled, IsRecused, NotNamed, AlreadyCast.
    """
    part = by.part_on(seat.pk)
    if part is None:
        raise errors.NotYourSeat
    locked = Ballot.objects.locked(ballot.pk)
    check_open(locked)
    if not locked.secret:
        raise errors.WrongKindOfVote
    entitlement = entitlement_of(locked, seat.pk)
    if entitlement.counting is not None:
        raise errors.AlreadyCast
    named = named_for(entitlement)
    user = by.person
    if named is None or named.user_id != user.pk:
        raise errors.NotNamed
    entitlement.counting = append(
        locked, EventKind.CAST, seat_id=seat.pk, capacity=Capacity(named.part), person=(user, "")
    )
    entitlement.save(update_fields=["counting"])
    code = chain.receipt_code()
    _put_in_the_box(locked, code, choice)
    audit.record(CouncilEvent.VOTED, locked, by=user, center_id=by.council.center_id, seat=seat.pk)
    outbox.post(emails.receipt(entitlement.counting, ballot, seat, by))
    return code


def _put_in_the_box(ballot: Ballot, code: str, choice: Choice) -> None:
    """Write the whole box anew, in the order of the random codes: neither a row's place nor its version tells when it came."""
    box = BoxVote.objects.filter(ballot=ballot)
    votes = sorted([*box.values_list("code", "choice"), (code, choice)])
    box.delete()
    BoxVote.objects.bulk_create(BoxVote(ballot=ballot, code=code, choice=choice) for code, choice in votes)


def named_for(entitlement: Entitlement) -> SeatHolder | None:
    """Who casts the seat's secret vote: the person named, or when that one has left the seat, its representative now."""
    holders = SeatHolder.objects.in_force().filter(seat=entitlement.seat_id)
    by_id = {holder.pk: holder for holder in holders}
    if entitlement.named_id in by_id:
        return by_id[entitlement.named_id]
    return next((holder for holder in by_id.values() if holder.part == HolderRole.REPRESENTATIVE), None)


@transaction.atomic
def hand_over(*, ballot: Ballot, seat: Seat, to: SeatHolder, by: CouncilMember) -> None:
    """Let another holder of the seat cast its secret vote; only before it is cast, and only by who is named now.

    Raises BallotClosed, WrongKindOfVote, NotEntitled, IsRecused, AlreadyCast, NotNamed.
    """
    locked = Ballot.objects.locked(ballot.pk)
    check_open(locked)
    if not locked.secret:
        raise errors.WrongKindOfVote
    entitlement = entitlement_of(locked, seat.pk)
    if entitlement.counting is not None:
        raise errors.AlreadyCast
    named = named_for(entitlement)
    if named is None or named.user_id != by.person.pk:
        raise errors.NotNamed
    if not SeatHolder.objects.in_force().filter(pk=to.pk, seat=seat).exists():
        raise errors.NotNamed
    entitlement.named = to
    entitlement.save(update_fields=["named"])
    audit.record(
        CouncilEvent.HANDED_OVER, locked, by=by.person, center_id=by.council.center_id, seat=seat.pk, holder=to.pk
    )
    outbox.post(emails.handed_over(locked, seat, to))
