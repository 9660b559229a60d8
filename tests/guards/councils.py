"""A council's matters for the guards that ask what is kept of people, and for how long."""

from django.db.models import Model

from actors.council.actions import ballots
from actors.council.enums import Capacity, Choice, Entitled
from actors.council.models import Ballot, Comment, Seat, TellerEntry
from actors.models import User
from centers.models import Center
from medborger.common import clock
from tests.actors.council.factories import bench, fill_seats, make_council
from tests.actors.council.motions import open_amendment, open_ballot


def held_ballot(house: Center, seats: int = 4) -> tuple[Ballot, list[tuple[Seat, User]]]:
    """An open ballot in which proxies may be given, and the seats with their representatives."""
    council = make_council(house, entitled=Entitled.CHOSEN, proxies=1)
    holders = fill_seats(council, seats)
    return open_ballot(council, holders[0]), holders


def done_for_a_seat(house: Center) -> list[tuple[Model, str]]:
    """One of each thing that a person does for a seat, done now, and which field names the person."""
    ballot, ((seat, user), (other, _other_user), (third, _third_user), *_rest) = held_ballot(house)
    motion = ballot.motion
    motion.author, motion.created_at = user, clock.now()
    motion.save()
    amendment = open_amendment(motion, seat, "Vi køber ingen stole.")
    amendment.author = user
    amendment.save()
    comment = Comment.objects.create(motion=motion, seat=seat, author=user, text="Godt", created_at=clock.now())
    proxy = ballots.give_proxy(ballot=ballot, giver=seat, holder=other, by=bench(user, ballot.council))
    entry = TellerEntry.objects.create(
        ballot=ballot,
        seat=third,
        choice=Choice.FOR,
        capacity=Capacity.PAPER,
        teller=seat,
        entered_by=user,
        entered_at=clock.now(),
    )
    return [
        (motion, "author"),
        (amendment, "author"),
        (comment, "author"),
        (proxy, "given_by"),
        (entry, "entered_by"),
    ]
