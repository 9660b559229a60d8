"""Disputes: mediation first, then the council, whose parties take no part in the vote."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from actors.council import errors
from actors.council.ballots import actions
from actors.council.ballots.actions.closing import close
from actors.council.disputes import actions as dispute_actions, notice_actions
from actors.council.enums import (
    Choice,
    DisputeState,
    Entitled,
    Follows,
    MotionKind,
    MotionState,
    RecusalState,
)
from actors.council.member import CouncilMember
from actors.council.models import Council, Dispute, Entitlement, Motion, Recusal, Seat
from actors.council.motions import actions as motion_actions
from actors.errors import ActorNotInHouse
from actors.models import Actor, User
from centers.models import Center
from medborger.common import clock
from medborger.common.models import Message
from tests.actors.council.factories import council_member, fill_seats, make_council, make_rule, make_seat, seat_person
from tests.factories import ActorFactory, UserFactory
from tests.fixtures import access

pytestmark = pytest.mark.django_db
NOW = "2026-11-24T11:00:00+00:00"
NEXT_YEAR = date(2027, 2, 1)


@dataclass
class Quarrel:
    """The dancers and the choir quarrel; three further associations have seats, the first of them the chair's."""

    council: Council
    dancers: Seat
    choir: Seat
    chair: tuple[Seat, User]
    others: list[tuple[Seat, User]]
    dancer: User
    singer: User

    def by(self, user: User) -> CouncilMember:
        return council_member(user, self.council)

    def raised(self, **said: Any) -> Dispute:
        return dispute_actions.raise_dispute(
            **{
                "raised_by": self.dancers.actor,
                "others": [self.choir.actor],
                "title": "Larm om tirsdagen",
                "what": "Koret synger, mens vi danser.",
                "token": uuid4(),
                "by": self.by(self.dancer),
                **said,
            }
        )

    def sent(self, dispute: Dispute, by: User | None = None, **said: Any) -> Motion:
        return dispute_actions.send_to_council(
            **{
                "dispute": dispute,
                "proposal": "Koret øver i Caféen om tirsdagen.",
                "tried": "Vi har talt sammen to gange.",
                "follow_up_on": NEXT_YEAR,
                "token": uuid4(),
                "by": self.by(by or self.dancer),
                **said,
            }
        )

    def decided(self, motion: Motion, choice: Choice) -> Motion:
        """The others vote, and the ballot closes."""
        (ballot,) = actions.open_ballots(motion=motion, by=self.by(self.chair[1]))
        for seat, user in [self.chair, *self.others]:
            actions.vote(ballot=ballot, seat=seat, choice=choice, by=self.by(user))
        with time_machine.travel(ballot.closes_at, tick=False):
            close(ballot=ballot)
        return Motion.objects.get(pk=motion.pk)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def quarrel(house: Center, association: Actor, contact: User) -> Quarrel:
    council = make_council(house, entitled=Entitled.CHOSEN)
    dancers = make_seat(council, association)
    choir = make_seat(council, ActorFactory.create(name="Koret", house=house))
    first, *others = fill_seats(council, 3)
    Seat.objects.filter(pk=first[0].pk).update(is_chair=True)
    return Quarrel(council, dancers, choir, first, others, contact, seat_person(choir))


class TestRaising:
    def test_a_contact_raises_it_with_the_parties_named_and_told(self, quarrel: Quarrel) -> None:
        dispute = quarrel.raised()
        assert (dispute.number, dispute.state) == (1, DisputeState.MEDIATION)
        assert set(dispute.parties.all()) == {quarrel.dancers.actor, quarrel.choir.actor}
        assert [letter.user for letter in Message.objects.all()] == [quarrel.singer]

    def test_so_does_who_holds_the_actors_seat(self, quarrel: Quarrel) -> None:
        dispute = quarrel.raised(
            raised_by=quarrel.choir.actor, others=[quarrel.dancers.actor], by=quarrel.by(quarrel.singer)
        )
        assert dispute.raised_by == quarrel.choir.actor

    @pytest.mark.parametrize("who", ["member", "staff", "manager", "admin"])
    def test_others_do_not_and_never_staff_for_it(
        self, request: pytest.FixtureRequest, quarrel: Quarrel, who: str
    ) -> None:
        with pytest.raises(errors.NotYourMatter):
            quarrel.raised(by=quarrel.by(request.getfixturevalue(who)))

    def test_it_takes_two(self, quarrel: Quarrel) -> None:
        with pytest.raises(errors.NeedsTwoParties):
            quarrel.raised(others=[quarrel.dancers.actor])

    def test_the_other_party_belongs_to_the_house(self, quarrel: Quarrel, other_house: Center) -> None:
        with pytest.raises(ActorNotInHouse):
            quarrel.raised(others=[ActorFactory.create(house=other_house)])

    def test_the_same_form_sent_twice_raises_it_once(self, quarrel: Quarrel) -> None:
        token = uuid4()
        assert quarrel.raised(token=token) == quarrel.raised(token=token)
        assert Message.objects.count() == 1


class TestMediation:
    def test_staff_ask_another_seat(self, quarrel: Quarrel, manager: User) -> None:
        dispute = quarrel.raised()
        seat, holder = quarrel.others[0]
        named = dispute_actions.name_mediator(dispute=dispute, mediator=seat, by=quarrel.by(manager))
        assert (named.mediator_seat, named.mediator) == (seat, None)
        assert Message.objects.filter(user=holder, subject="Vil du mægle?").count() == 1
        assert Message.objects.filter(user=quarrel.singer, subject="I har fået en mægler").count() == 1

    def test_staff_name_one_of_their_own_and_the_parties_are_not_told_the_name(
        self, quarrel: Quarrel, staff: User, manager: User
    ) -> None:
        dispute_actions.name_mediator(dispute=quarrel.raised(), mediator=staff, by=quarrel.by(manager))
        letter = Message.objects.get(user=quarrel.singer, subject="I har fået en mægler")
        assert letter.text == "En af husets medarbejdere mægler i konflikten: Larm om tirsdagen."

    def test_no_party_names_the_mediator(self, quarrel: Quarrel, staff: User) -> None:
        dispute = quarrel.raised()
        for mediator in (staff, quarrel.others[0][0]):
            with pytest.raises(errors.NotYourMatter):
                dispute_actions.name_mediator(dispute=dispute, mediator=mediator, by=quarrel.by(quarrel.dancer))

    def test_a_party_does_not_mediate(self, quarrel: Quarrel, manager: User) -> None:
        dispute, by = quarrel.raised(), quarrel.by(manager)
        for party in (quarrel.choir, quarrel.dancers, quarrel.singer):
            with pytest.raises(errors.MediatorIsParty):
                dispute_actions.name_mediator(dispute=dispute, mediator=party, by=by)

    def test_nor_does_who_recorded_the_notice_it_began_with(
        self, quarrel: Quarrel, house: Center, association: Actor, staff: User, manager: User
    ) -> None:
        notice = notice_actions.record(
            center=house,
            actor=association,
            rule=make_rule(house).rule,
            room=None,
            happened_at=clock.now(),
            what="Larm.",
            follows=Follows.REMINDER,
            token=None,
            by=access(staff),
        )
        dispute = notice_actions.appeal(notice=notice, why="Nej.", by=quarrel.by(quarrel.dancer))
        with pytest.raises(errors.MediatorIsParty):
            dispute_actions.name_mediator(dispute=dispute, mediator=staff, by=quarrel.by(manager))

    def test_the_mediator_writes_the_agreement_down(self, quarrel: Quarrel, manager: User) -> None:
        dispute = quarrel.raised()
        seat, holder = quarrel.others[0]
        dispute_actions.name_mediator(dispute=dispute, mediator=seat, by=quarrel.by(manager))
        dispute = Dispute.objects.get()
        settled = dispute_actions.settle(
            dispute=dispute, agreement="Vi skiftes.", follow_up_on=NEXT_YEAR, by=quarrel.by(holder)
        )
        assert (settled.state, settled.decision, settled.follow_up_on) == (
            DisputeState.SETTLED,
            "Vi skiftes.",
            NEXT_YEAR,
        )
        told = Message.objects.filter(subject="I har en aftale")
        assert {letter.user for letter in told} == {quarrel.dancer, quarrel.singer}

    def test_nobody_else_does(self, quarrel: Quarrel, manager: User) -> None:
        dispute = quarrel.raised()
        for user in (quarrel.dancer, quarrel.singer, manager, quarrel.chair[1]):
            with pytest.raises(errors.NotTheMediator):
                dispute_actions.settle(dispute=dispute, agreement="Vi vandt.", follow_up_on=None, by=quarrel.by(user))

    def test_the_follow_up_is_a_coming_day(self, quarrel: Quarrel, manager: User) -> None:
        dispute = quarrel.raised()
        dispute_actions.name_mediator(dispute=dispute, mediator=quarrel.others[0][0], by=quarrel.by(manager))
        with pytest.raises(errors.NotAComingDay):
            dispute_actions.settle(
                dispute=Dispute.objects.get(),
                agreement="Vi skiftes.",
                follow_up_on=clock.today(),
                by=quarrel.by(quarrel.others[0][1]),
            )


class TestTheCouncil:
    def test_it_becomes_a_motion_of_who_raised_it_open_at_once(self, quarrel: Quarrel) -> None:
        dispute = quarrel.raised()
        motion = quarrel.sent(dispute)
        assert (motion.kind, motion.state, motion.mover) == (MotionKind.DISPUTE, MotionState.OPEN, quarrel.dancers)
        assert (motion.title, motion.why) == ("Konflikt: Larm om tirsdagen", "")
        assert [text.text for text in motion.texts.all()] == ["Koret øver i Caféen om tirsdagen."]
        dispute.refresh_from_db()
        assert (dispute.state, dispute.motion) == (DisputeState.COUNCIL, motion)
        assert dispute.mediation == "Vi har talt sammen to gange."

    def test_the_parties_take_no_part_in_its_ballot(self, quarrel: Quarrel) -> None:
        motion = quarrel.sent(quarrel.raised())
        recused = Recusal.objects.filter(motion=motion, state=RecusalState.IN_FORCE, proposed_by=None)
        assert {recusal.seat for recusal in recused} == {quarrel.dancers, quarrel.choir}
        (ballot,) = actions.open_ballots(motion=motion, by=quarrel.by(quarrel.chair[1]))
        left = Entitlement.objects.filter(ballot=ballot).left()
        assert {entitlement.seat for entitlement in left} == {seat for seat, _ in [quarrel.chair, *quarrel.others]}
        with pytest.raises(errors.IsRecused):
            actions.vote(ballot=ballot, seat=quarrel.choir, choice=Choice.FOR, by=quarrel.by(quarrel.singer))

    def test_a_party_that_gets_its_seat_later_takes_no_part_either(self, quarrel: Quarrel) -> None:
        late = ActorFactory.create(house=quarrel.council.center)
        motion = quarrel.sent(quarrel.raised(others=[late]))
        seat = make_seat(quarrel.council, late)
        (ballot,) = actions.open_ballots(motion=motion, by=quarrel.by(quarrel.chair[1]))
        assert Entitlement.objects.get(ballot=ballot, seat=seat).recused
        assert set(Entitlement.objects.filter(ballot=ballot, recused=True).values_list("seat", flat=True)) == {
            quarrel.dancers.pk,
            seat.pk,
        }

    def test_mediation_comes_first(self, quarrel: Quarrel) -> None:
        with pytest.raises(errors.MediationFirst):
            quarrel.sent(quarrel.raised(), tried="")

    def test_a_mediation_without_agreement_is_enough(self, quarrel: Quarrel, manager: User) -> None:
        dispute = quarrel.raised()
        seat, holder = quarrel.others[0]
        dispute_actions.name_mediator(dispute=dispute, mediator=seat, by=quarrel.by(manager))
        ended = dispute_actions.end_mediation(
            dispute=Dispute.objects.get(), what_was_tried="Et møde.", by=quarrel.by(holder)
        )
        assert quarrel.sent(ended, tried="").dispute.mediation == "Et møde."

    def test_whoever_holds_a_seat_sends_it_too_but_staff_do_not(
        self, quarrel: Quarrel, manager: User, member: User
    ) -> None:
        dispute = quarrel.raised()
        for user in (manager, member):
            with pytest.raises(errors.NotYourMatter):
                quarrel.sent(dispute, by=user)
        assert quarrel.sent(dispute, by=quarrel.others[0][1]).mover == quarrel.dancers

    def test_without_a_seat_of_their_own_the_chairs_moves_it(self, quarrel: Quarrel) -> None:
        dispute = quarrel.raised()
        Seat.objects.filter(pk=quarrel.dancers.pk).update(until=clock.now())
        assert quarrel.sent(dispute).mover == quarrel.chair[0]

    def test_without_a_chair_it_is_moved_by_the_seat_of_who_sends_it(self, quarrel: Quarrel) -> None:
        dispute = quarrel.raised()
        Seat.objects.filter(pk=quarrel.dancers.pk).update(until=clock.now())
        Seat.objects.update(is_chair=False)
        with pytest.raises(errors.NotAMover):
            quarrel.sent(dispute)
        seat, holder = quarrel.others[0]
        assert quarrel.sent(dispute, by=holder).mover == seat

    def test_it_is_sent_once(self, quarrel: Quarrel) -> None:
        dispute, token = quarrel.raised(), uuid4()
        motion = quarrel.sent(dispute, token=token)
        assert quarrel.sent(dispute, token=token) == motion
        with pytest.raises(errors.DisputeBeforeCouncil):
            quarrel.sent(dispute)
        assert Motion.objects.count() == 1

    def test_an_adopted_motion_is_the_decision(self, quarrel: Quarrel) -> None:
        motion = quarrel.decided(quarrel.sent(quarrel.raised()), Choice.FOR)
        dispute = Dispute.objects.get()
        assert motion.state == MotionState.ADOPTED
        assert (dispute.state, dispute.decision) == (DisputeState.SETTLED, "Koret øver i Caféen om tirsdagen.")
        assert dispute.follow_up_on == NEXT_YEAR
        assert Message.objects.filter(subject="Konflikten er afgjort").count() == 2

    def test_a_rejected_one_leaves_it_with_the_council_for_another(self, quarrel: Quarrel) -> None:
        dispute = quarrel.raised()
        first = quarrel.decided(quarrel.sent(dispute), Choice.AGAINST)
        dispute.refresh_from_db()
        assert (first.state, dispute.state) == (MotionState.REJECTED, DisputeState.COUNCIL)
        second = quarrel.sent(dispute, proposal="De skiftes.")
        dispute.refresh_from_db()
        assert (second.number, dispute.motion) == (first.number + 1, second)

    def test_a_withdrawn_motion_too(self, quarrel: Quarrel, association: Actor) -> None:
        dispute = quarrel.raised()
        seat_person(quarrel.dancers, quarrel.dancer)
        motion_actions.withdraw(motion=quarrel.sent(dispute), by=quarrel.by(quarrel.dancer))
        assert quarrel.sent(dispute).state == MotionState.OPEN


class TestAfterwards:
    def test_on_its_day_it_is_to_be_followed_up_and_then_no_more(self, quarrel: Quarrel, manager: User) -> None:
        quarrel.decided(quarrel.sent(quarrel.raised()), Choice.FOR)
        dispute = Dispute.objects.get()
        with time_machine.travel(clock.midnight(NEXT_YEAR) - timedelta(seconds=1), tick=False):
            assert list(Dispute.objects.to_follow_up()) == []
        with time_machine.travel(clock.midnight(NEXT_YEAR), tick=False):
            assert list(Dispute.objects.to_follow_up()) == [dispute]
            with pytest.raises(errors.OnlyTheCouncil):
                dispute_actions.follow_up(dispute=dispute, by=quarrel.by(manager))
            done = dispute_actions.follow_up(dispute=dispute, by=quarrel.by(quarrel.others[0][1]))
            assert done.followed_up_at == clock.now()
            assert list(Dispute.objects.to_follow_up()) == []

    def test_what_is_not_settled_is_not_followed_up(self, quarrel: Quarrel) -> None:
        with pytest.raises(errors.NotSettledYet):
            dispute_actions.follow_up(dispute=quarrel.raised(), by=quarrel.by(quarrel.singer))

    def test_who_raised_it_takes_it_back(self, quarrel: Quarrel, manager: User) -> None:
        dispute = quarrel.raised()
        with pytest.raises(errors.NotYourMatter):
            dispute_actions.withdraw(dispute=dispute, by=quarrel.by(quarrel.singer))
        assert dispute_actions.withdraw(dispute=dispute, by=quarrel.by(quarrel.dancer)).state == DisputeState.WITHDRAWN
        for step in (
            quarrel.sent,
            lambda it: dispute_actions.name_mediator(dispute=it, mediator=quarrel.others[0][0], by=quarrel.by(manager)),
        ):
            with pytest.raises(errors.DisputeOver):
                step(dispute)

    def test_not_while_the_council_has_it(self, quarrel: Quarrel) -> None:
        dispute = quarrel.raised()
        quarrel.sent(dispute)
        with pytest.raises(errors.DisputeBeforeCouncil):
            dispute_actions.withdraw(dispute=dispute, by=quarrel.by(quarrel.dancer))


class TestWhoSees:
    def sees(self, quarrel: Quarrel, user: User) -> bool:
        return Dispute.objects.visible_to(access(user), quarrel.by(user)).exists()

    def test_the_parties_staff_and_the_council(self, quarrel: Quarrel, member: User, staff: User) -> None:
        quarrel.raised()
        for user in (member, quarrel.dancer, quarrel.singer, staff, quarrel.chair[1]):
            assert self.sees(quarrel, user)

    def test_not_others_in_the_house(self, quarrel: Quarrel, house: Center, other_manager: User) -> None:
        quarrel.raised()
        plain = UserFactory.create(member_of=quarrel.others[0][0].actor)
        for user in (plain, UserFactory.create(member_of=ActorFactory.create(house=house)), other_manager):
            assert not self.sees(quarrel, user)
