"""A ballot for the guards to open, vote in and look at."""

from actors.council.actions import ballots
from actors.council.enums import Choice
from actors.council.models import Ballot, Proxy, TellerEntry
from tests.actors.council.factories import Holder, bench
from tests.actors.council.motions import open_ballot


def make_ballot(voter: Holder, other: Holder) -> tuple[Ballot, Proxy, TellerEntry]:
    """An open ballot in which the other seat has given the voter its proxy, and has entered a vote for it, which waits."""
    (seat, _user), (others_seat, others_user) = voter, other
    council = seat.council
    ballot = open_ballot(council, other)
    by = bench(others_user, council)
    proxy = ballots.give_proxy(ballot=ballot, giver=others_seat, holder=seat, by=by)
    (entry,) = ballots.enter(ballot=ballot, choices={seat.pk: Choice.FOR}, teller=others_seat, by=by)
    return ballot, proxy, entry
