"""A seat lets another vote for it, in one ballot. Its own vote beats the proxy's."""

from django.db import IntegrityError, transaction

from actors.council import errors
from actors.council.ballots import emails
from actors.council.ballots.vote_log import append, check_open, entitlement_of, void_vote
from actors.council.enums import Capacity, CouncilEvent, EventKind
from actors.council.member import CouncilMember
from actors.council.models import Ballot, Proxy, Seat
from medborger.common import audit, clock
from medborger.common.errors import violated
from medborger.common.messaging import outbox


@transaction.atomic
def give_proxy(*, ballot: Ballot, giver: Seat, holder: Seat, by: CouncilMember) -> Proxy:
    """Raises NotYourSeat, BallotClosed, NoProxies, NotEntitled, IsRecused, ProxyAlready, TooManyProxies."""
    if not by.holds(giver.pk) or giver.pk == holder.pk:
        raise errors.NotYourSeat
    locked = Ballot.objects.locked(ballot.pk)
    check_open(locked)
    if not locked.orders.proxies:
        raise errors.NoProxies
    entitlement_of(locked, giver.pk)
    entitlement_of(locked, holder.pk)
    if Proxy.objects.in_force().filter(ballot=locked, holder=holder).count() >= locked.orders.proxies:
        raise errors.TooManyProxies
    proxy = _create(locked, giver, holder, by)
    append(locked, EventKind.PROXY_GIVEN, seat_id=giver.pk, person=(by.person, ""), holder=holder.pk)
    audit.record(
        CouncilEvent.PROXY_GIVEN,
        locked,
        by=by.person,
        center_id=by.council.center_id,
        giver=giver.pk,
        holder=holder.pk,
    )
    outbox.post(emails.proxy_given(proxy))
    return proxy


def _create(ballot: Ballot, giver: Seat, holder: Seat, by: CouncilMember) -> Proxy:
    try:
        with transaction.atomic():
            return Proxy.objects.create(
                ballot=ballot, giver=giver, holder=holder, given_by_id=by.person.pk, given_at=clock.now()
            )
    except IntegrityError as error:
        if violated(error) == "proxy_once":
            raise errors.ProxyAlready from error
        raise


@transaction.atomic
def end_proxy(*, proxy: Proxy, by: CouncilMember) -> None:
    """Take a proxy back; a vote cast by it counts no more. One that has ended already is left as it is.

    Raises NotYourSeat, BallotClosed.
    """
    if not by.holds(proxy.giver_id):
        raise errors.NotYourSeat
    locked = Ballot.objects.locked(proxy.ballot_id)
    check_open(locked)
    held = Proxy.objects.select_for_update().get(pk=proxy.pk)
    if held.ended_at is not None:
        return
    held.ended_at = clock.now()
    held.save(update_fields=["ended_at"])
    append(locked, EventKind.PROXY_ENDED, seat_id=held.giver_id, person=(by.person, ""), holder=held.holder_id)
    entitlement = entitlement_of(locked, held.giver_id)
    if entitlement.counting is not None and entitlement.counting.capacity == Capacity.PROXY:
        void_vote(locked, entitlement, because="proxy")
    audit.record(CouncilEvent.PROXY_ENDED, locked, by=by.person, center_id=by.council.center_id, giver=held.giver_id)
