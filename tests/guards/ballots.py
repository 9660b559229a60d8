"""Ballots for the guards to open, vote in and look at."""

from actors.council.ballots import actions
from actors.council.models import Ballot, Proxy
from tests.actors.council.factories import Holder, council_member
from tests.actors.council.motions import open_ballot, open_hands


def make_ballots(voter: Holder, other: Holder) -> tuple[Ballot, Proxy, Ballot]:
    """An open ballot in which the other seat has given the voter its proxy, and a show of hands that the other seat leads."""
    others_seat, others_user = other
    council = others_seat.council
    ballot = open_ballot(council, other)
    proxy = actions.give_proxy(
        ballot=ballot, giver=others_seat, holder=voter[0], by=council_member(others_user, council)
    )
    return ballot, proxy, open_hands(council, other)
