"""Write a ballot's chain of events. The caller holds the ballot's row lock (`Ballot.objects.locked`)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from actors.council import errors
from actors.council.ballots import chain
from actors.council.enums import CAPACITY_RANK, Capacity, Choice, EventKind, Method
from actors.council.models import Ballot, Cast, Entitlement, ProposedOrders, VoteEvent
from medborger.common import clock

if TYPE_CHECKING:
    from actors.models import User


NOBODY = 0  # stands for the person of an event that nobody logged in has caused


def check_open(ballot: Ballot) -> None:
    """By the clock, read now that the row is locked. Raises BallotClosed."""
    if not ballot.is_open(clock.now()):
        raise errors.BallotClosed


def entitlement_of(ballot: Ballot, seat_id: int) -> Entitlement:
    """The seat's right to vote. Raises NotEntitled, IsRecused."""
    found = Entitlement.objects.select_related("counting").filter(ballot=ballot, seat_id=seat_id).first()
    if found is None:
        raise errors.NotEntitled
    if found.recused:
        raise errors.IsRecused
    return found


def append(
    ballot: Ballot,
    kind: EventKind,
    *,
    seat_id: int | None = None,
    choice: str = "",
    capacity: str = "",
    person: tuple[User | None, str] | None = None,
    **says: Any,
) -> VoteEvent:
    """Add a link. `person` is who did it and the reason given: the chain holds a salted commitment, the rest can be erased."""
    salt = chain.new_salt() if person else ""
    user, reason = person or (None, "")
    event = VoteEvent(
        ballot=ballot,
        number=ballot.head_number + 1,
        kind=kind,
        seat_id=seat_id,
        choice=choice,
        capacity=capacity,
        commitment=chain.commitment(salt, user.pk if user else NOBODY, reason) if person else "",
        payload=json.dumps(says, sort_keys=True, ensure_ascii=False) if says else "",
        at=clock.now(),
        previous=ballot.head_hash,
    )
    event.hash = chain.link(event.previous, event.content())
    event.save(force_insert=True)
    if person:
        Cast.objects.create(event=event, user=user, salt=salt, reason=reason)
    ballot.head_number, ballot.head_hash = event.number, event.hash
    ballot.save(update_fields=["head_number", "head_hash"])
    return event


def put_vote(
    ballot: Ballot, seat_id: int, choice: Choice, capacity: Capacity, *, user: User | None, reason: str = ""
) -> VoteEvent:
    """Write an open vote, which from now on counts for the seat.

    Raises BallotClosed, WrongKindOfVote, NotEntitled, IsRecused; RepresentativeHasVoted or OwnVoteCounts when one that ranks
    higher counts already.
    """
    check_open(ballot)
    if ballot.secret or (ballot.method == Method.HANDS) != (capacity == Capacity.HANDS):
        raise errors.WrongKindOfVote
    entitlement = entitlement_of(ballot, seat_id)
    counting = entitlement.counting
    if counting is not None and CAPACITY_RANK[capacity] < CAPACITY_RANK[Capacity(counting.capacity)]:
        raise errors.OwnVoteCounts if capacity == Capacity.PROXY else errors.RepresentativeHasVoted
    event = append(ballot, EventKind.VOTE, seat_id=seat_id, choice=choice, capacity=capacity, person=(user, reason))
    _count(entitlement, event)
    return event


def void_vote(ballot: Ballot, entitlement: Entitlement, *, because: str) -> None:
    """The vote that counts for the seat counts no more; it stays in the chain."""
    if entitlement.counting is not None:
        append(
            ballot,
            EventKind.VOIDED,
            seat_id=entitlement.seat_id,
            voided=entitlement.counting.number,
            because=because,
        )
        _count(entitlement, None)


def _count(entitlement: Entitlement, event: VoteEvent | None) -> None:
    entitlement.counting = event
    entitlement.save(update_fields=["counting"])


def proposal_digest(ballot: Ballot) -> str:
    """What the chain holds of what is voted on: every word and figure of it, none of which changes once it is open."""
    if ballot.amendment:
        return chain.digest(of="amendment", text=ballot.amendment.text, short=ballot.amendment.short)
    if ballot.recusal:
        return chain.digest(of="recusal", seat=ballot.recusal.seat_id, reason=ballot.recusal.reason)
    motion = ballot.motion
    orders = ProposedOrders.objects.filter(motion=motion).first()
    return chain.digest(
        of="motion",
        kind=motion.kind,
        title=motion.title,
        meaning=motion.meaning,
        why=motion.why,
        text=ballot.text.text,
        short=ballot.text.short,
        rule=motion.rule_id,
        based_on=motion.based_on_id,
        rooms=sorted(motion.rooms.values_list("pk", flat=True)),
        hours=[motion.from_minute, motion.to_minute],
        weekdays=motion.weekdays,
        effective_on=str(motion.effective_on or ""),
        review_on=str(motion.review_on or ""),
        figures=[list(figure) for figure in motion.figures.order_by("position").values_list("label", "kroner")],
        # `reviews` is younger than the first chains: it is left out while it is off.
        orders=[[name, setting] for name, setting in sorted(orders.settings().items()) if name != "reviews" or setting]
        if orders
        else None,
    )
