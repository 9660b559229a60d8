"""A council's matters for the guards that ask what is kept of people, and for how long."""

import time_machine
from django.db.models import Model

from actors.council.ballots import actions
from actors.council.discussion import actions as discussion_actions
from actors.council.enums import Choice, Entitled, MotionKind, Quorum
from actors.council.models import Ballot, Comment, Dispute, HandVote, RuleNotice, Seat, StandingOrders
from actors.models import User
from centers.models import Center
from medborger.common import clock
from tests.actors.council.factories import council_member, fill_seats, make_council, make_rule, make_seat, seat_person
from tests.actors.council.motions import open_amendment, open_ballot, open_motion
from tests.factories import MembershipFactory, RoomFactory


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
    proxy = actions.give_proxy(ballot=ballot, giver=seat, holder=other, by=council_member(user, ballot.council))
    entry = HandVote.objects.create(
        ballot=ballot,
        seat=third,
        choice=Choice.FOR,
        entering_seat=seat,
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
    actions.vote(ballot=ballot, seat=seat, choice=Choice.FOR, reason="Fordi", by=council_member(user, council))
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


def written_for_good(house: Center) -> Ballot:
    """A ballot that made a rule for a room, a secret one, and a comment that was edited: something in each append-only table."""
    council = make_council(house, entitled=Entitled.CHOSEN)
    holders = fill_seats(council, 5)
    (seat, user) = holders[0]
    motion = open_motion(council, seat, kind=MotionKind.NEW_RULE, text="Musikken slukkes kl. 22.")
    motion.rooms.add(RoomFactory.create(center=house))
    comment = discussion_actions.comment(motion=motion, seat=seat, text="Godt", by=council_member(user, council))
    discussion_actions.edit_comment(comment=comment, text="Rigtig godt", by=council_member(user, council))
    (ballot,) = actions.open_ballots(motion=motion, by=council_member(user, council))
    actions.vote(ballot=ballot, seat=seat, choice=Choice.FOR, by=council_member(user, council))
    with time_machine.travel(ballot.closes_at, tick=False):
        actions.close(ballot=ballot)
    StandingOrders.objects.create(
        council=council,
        version=2,
        entitled=Entitled.CHOSEN,
        notice_days=0,
        quorum=Quorum.NONE,
        secret=True,
        in_force_at=clock.now(),
    )
    in_secret = open_ballot(council, holders[0])
    actions.cast_secret(ballot=in_secret, seat=seat, choice=Choice.FOR, by=council_member(user, council))
    with time_machine.travel(in_secret.closes_at, tick=False):
        actions.close(ballot=in_secret)
    ballot.refresh_from_db()
    return ballot
