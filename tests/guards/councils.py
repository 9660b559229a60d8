"""A council's matters for the guards that ask what is kept of people, and for how long."""

from django.db.models import Model

from actors.council.actions import ballots
from actors.council.enums import Capacity, Choice, Entitled
from actors.council.models import Ballot, Comment, Dispute, RuleNotice, Seat, TabletCode, TellerEntry
from actors.models import User
from centers.models import Center
from medborger.common import clock
from tests.actors.council.factories import bench, fill_seats, make_council, make_rule, make_seat, seat_person
from tests.actors.council.motions import open_amendment, open_ballot
from tests.factories import MembershipFactory


def held_ballot(house: Center, first: User | None = None) -> tuple[Ballot, list[tuple[Seat, User]]]:
    """An open ballot of four seats in which proxies may be given, and the seats with their representatives."""
    council = make_council(house, entitled=Entitled.CHOSEN, proxies=1)
    seat = make_seat(council)
    if first is not None:
        MembershipFactory.create(user=first, actor=seat.actor)
    holders = [(seat, seat_person(seat, first)), *fill_seats(council, 3)]
    return open_ballot(council, holders[0]), holders


def done_for_a_seat(house: Center, by: User | None = None) -> list[tuple[Model, str]]:
    """One of each thing that a person does for a seat, done now, and which field names the person."""
    ballot, ((seat, user), (other, _other_user), (third, _third_user), *_rest) = held_ballot(house, by)
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


def in_every_table(house: Center, user: User) -> Ballot:
    """Somebody whom every table of the council knows. Gives the ballot that they voted in."""
    done_for_a_seat(house, user)
    ballot = Ballot.objects.get()
    seat = ballot.motion.mover
    council, now = ballot.council, clock.now()
    ballots.vote(ballot=ballot, seat=seat, choice=Choice.FOR, reason="Fordi", by=bench(user, council))
    TabletCode.objects.create(
        ballot=ballot,
        seat=make_seat(council),
        code_hash="3" * 64,
        issuer=seat,
        issued_by=user,
        issued_at=now,
        expires_at=now,
    )
    assert seat.actor is not None
    notice = RuleNotice.objects.create(
        center=house,
        number=1,
        actor=seat.actor,
        version=make_rule(house),
        happened_at=now,
        what="Høj musik",
        recorded_by=user,
        created_at=now,
        answer="Undskyld",
        answered_by=user,
        answered_at=now,
    )
    Dispute.objects.create(
        council=council,
        number=1,
        title="Musik",
        what="Høj musik",
        notice=notice,
        author=user,
        mediator=user,
        created_at=now,
    )
    return ballot
