"""Notices: staff record, the actor's own people answer and appeal, and nobody else does it for them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from actors.council import errors
from actors.council.disputes import notice_actions
from actors.council.enums import CouncilEvent, DisputeState, Follows, HolderRole
from actors.council.models import Council, Dispute, HouseRuleVersion, RuleNotice, Seat
from actors.errors import ActorNotInHouse
from actors.models import Actor, User
from centers.models import Center, Room
from medborger.common import clock
from medborger.common.errors import NotAllowed
from medborger.common.models import Audit, Message
from tests.actors.council.factories import council_member, make_council, make_rule, make_seat, seat_person
from tests.factories import ActorFactory, UserFactory
from tests.fixtures import access

pytestmark = pytest.mark.django_db
NOW = "2026-11-24T20:45:00+00:00"  # a Tuesday, 21.45 in Copenhagen


@pytest.fixture(autouse=True)
def _evening() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house)


@pytest.fixture
def seat(council: Council, association: Actor) -> Seat:
    return make_seat(council, association)


@pytest.fixture
def version(house: Center, council: Council) -> HouseRuleVersion:
    return make_rule(house, 4)


def record(version: HouseRuleVersion, actor: Actor, by: User, **said: Any) -> RuleNotice:
    return notice_actions.record(
        **{
            "center": version.rule.center,
            "actor": actor,
            "rule": version.rule,
            "room": None,
            "happened_at": clock.now(),
            "what": "Musikken spillede til kl. 22.40.",
            "follows": Follows.REMINDER,
            "token": uuid4(),
            "by": access(by),
            **said,
        }
    )


@pytest.fixture
def notice(version: HouseRuleVersion, association: Actor, staff: User) -> RuleNotice:
    return record(version, association, staff)


class TestRecording:
    def test_it_keeps_the_rule_as_it_stood_that_day(
        self, version: HouseRuleVersion, association: Actor, staff: User, room: Room
    ) -> None:
        newer = HouseRuleVersion.objects.create(
            rule=version.rule,
            number=2,
            title="Ro",
            text="Kl. 21.",
            in_force_on=date(2026, 11, 24),
            created_at=clock.now(),
        )
        after_midnight = clock.midnight(date(2026, 11, 24))
        before = after_midnight - timedelta(minutes=1)
        made = record(version, association, staff, room=room, happened_at=before)
        assert (made.number, made.version, made.room) == (1, version, room)
        assert record(version, association, staff, happened_at=after_midnight).version == newer
        assert Audit.objects.filter(verb=CouncilEvent.NOTICE_RECORDED, person=staff).count() == 2

    def test_a_rule_that_did_not_stand_that_day_is_refused(
        self, house: Center, council: Council, association: Actor, staff: User
    ) -> None:
        coming = make_rule(house, 5, in_force_on=date(2026, 11, 25))
        with pytest.raises(errors.RuleNotThatDay):
            record(coming, association, staff)

    @pytest.mark.parametrize("who", ["member", "contact", "other_manager"])
    def test_only_the_houses_staff_record(
        self, request: pytest.FixtureRequest, version: HouseRuleVersion, association: Actor, who: str
    ) -> None:
        with pytest.raises(NotAllowed):
            record(version, association, request.getfixturevalue(who))

    def test_the_future_is_refused(self, version: HouseRuleVersion, association: Actor, staff: User) -> None:
        with pytest.raises(errors.InTheFuture):
            record(version, association, staff, happened_at=clock.now() + timedelta(minutes=1))

    def test_an_actor_of_another_house_is_refused(
        self, version: HouseRuleVersion, other_house: Center, staff: User
    ) -> None:
        with pytest.raises(ActorNotInHouse):
            record(version, ActorFactory.create(house=other_house), staff)

    def test_a_warning_needs_an_earlier_reminder_to_the_same_actor(
        self, version: HouseRuleVersion, association: Actor, house: Center, staff: User
    ) -> None:
        record(version, ActorFactory.create(house=house), staff)
        with pytest.raises(errors.WarningNeedsReminder):
            record(version, association, staff, follows=Follows.WARNING)
        record(version, association, staff)
        assert record(version, association, staff, follows=Follows.WARNING).follows == Follows.WARNING

    def test_the_same_form_sent_twice_notes_it_once(
        self, version: HouseRuleVersion, association: Actor, contact: User, staff: User
    ) -> None:
        token = uuid4()
        assert record(version, association, staff, token=token) == record(version, association, staff, token=token)
        assert Message.objects.count() == 1

    def test_a_matter_for_the_council_becomes_a_dispute_with_the_house_as_the_other_side(
        self, version: HouseRuleVersion, association: Actor, staff: User
    ) -> None:
        made = record(version, association, staff, follows=Follows.COUNCIL)
        dispute = Dispute.objects.get(notice=made)
        assert (dispute.title, dispute.raised_by, dispute.state) == ("Påmindelse 1", None, DisputeState.MEDIATION)
        assert list(dispute.parties.all()) == [association]

    @pytest.mark.parametrize("has_chair", [True, False])
    def test_the_chair_is_told_of_a_matter_and_without_a_chair_every_seat_but_the_actors(
        self, version: HouseRuleVersion, council: Council, seat: Seat, association: Actor, staff: User, has_chair: bool
    ) -> None:
        seat_person(seat)
        chair = seat_person(make_seat(council, is_chair=has_chair))
        other = seat_person(make_seat(council))
        record(version, association, staff, follows=Follows.COUNCIL)
        told = {letter.user for letter in Message.objects.filter(subject="En sag for rådet")}
        assert told == ({chair} if has_chair else {chair, other})

    def test_the_actors_contacts_and_representative_are_told_at_once_in_their_own_language(
        self, version: HouseRuleVersion, association: Actor, seat: Seat, contact: User, member: User, staff: User
    ) -> None:
        speaker = seat_person(seat, UserFactory.create(member_of=association, language="da"))
        seat_person(seat, member, HolderRole.DEPUTY)
        record(version, association, staff)
        told = {message.user_id: message for message in Message.objects.all()}
        assert set(told) == {contact.pk, speaker.pk}
        letter = told[contact.pk]
        assert letter.subject == "Påmindelse om husregel 4"
        assert "Folkedanserne tirsdag 24. november kl. 21.45" in letter.text
        assert "22.40" not in letter.text
        assert letter.link.endswith("/foreningernes-hus/paamindelser/1/")


class TestAnswering:
    @pytest.mark.parametrize("who", ["member", "contact"])
    def test_the_actors_people_answer_once(
        self, request: pytest.FixtureRequest, notice: RuleNotice, staff: User, who: str
    ) -> None:
        person = request.getfixturevalue(who)
        answered = notice_actions.answer(notice=notice, text="Det var os.", by=access(person))
        assert (answered.answer, answered.answered_by, answered.answered_at) == ("Det var os.", person, clock.now())
        with pytest.raises(errors.AlreadyAnswered):
            notice_actions.answer(notice=notice, text="Eller ikke.", by=access(person))
        assert Message.objects.filter(user=staff, subject="Folkedanserne har svaret på påmindelse 1").count() == 1

    def test_the_same_answer_twice_is_one(self, notice: RuleNotice, member: User) -> None:
        for _ in range(2):
            notice_actions.answer(notice=notice, text="Det var os.", by=access(member))
        assert Audit.objects.filter(verb=CouncilEvent.NOTICE_ANSWERED).count() == 1

    @pytest.mark.parametrize("who", ["staff", "manager", "other_manager", "admin"])
    def test_nobody_answers_for_them(self, request: pytest.FixtureRequest, notice: RuleNotice, who: str) -> None:
        with pytest.raises(errors.NotYourMatter):
            notice_actions.answer(notice=notice, text="Det var dem.", by=access(request.getfixturevalue(who)))


class TestAppealing:
    def test_a_contact_makes_it_a_dispute_for_mediation(
        self, notice: RuleNotice, council: Council, association: Actor, contact: User, staff: User
    ) -> None:
        dispute = notice_actions.appeal(notice=notice, why="Det var ikke os.", by=council_member(contact, council))
        assert (dispute.notice, dispute.state, dispute.what) == (notice, DisputeState.MEDIATION, "Det var ikke os.")
        assert (dispute.title, dispute.raised_by) == ("Indsigelse mod påmindelse 1", association)
        assert list(dispute.parties.all()) == [association]
        assert Message.objects.filter(user=staff).count() == 1

    @pytest.mark.parametrize("part", list(HolderRole))
    def test_so_does_who_holds_the_actors_seat(
        self, notice: RuleNotice, council: Council, seat: Seat, member: User, part: HolderRole
    ) -> None:
        seat_person(seat, member, part)
        assert notice_actions.appeal(notice=notice, why="Nej.", by=council_member(member, council)).author == member

    @pytest.mark.parametrize("who", ["member", "staff", "manager", "admin"])
    def test_others_do_not_and_never_staff_on_its_behalf(
        self, request: pytest.FixtureRequest, notice: RuleNotice, council: Council, who: str
    ) -> None:
        with pytest.raises(errors.NotYourMatter):
            notice_actions.appeal(notice=notice, why="Nej.", by=council_member(request.getfixturevalue(who), council))

    def test_once_only(self, notice: RuleNotice, council: Council, contact: User) -> None:
        by = council_member(contact, council)
        notice_actions.appeal(notice=notice, why="Nej.", by=by)
        with pytest.raises(errors.AppealedAlready):
            notice_actions.appeal(notice=notice, why="Nej!", by=by)


class TestWhoSees:
    def seen_by(self, user: User, council: Council) -> list[int]:
        seen = RuleNotice.objects.visible_to(access(user), council_member(user, council), council.center_id)
        return list(seen.values_list("number", flat=True))

    def test_staff_and_the_actors_people_and_who_holds_a_seat(
        self, notice: RuleNotice, council: Council, staff: User, member: User, contact: User
    ) -> None:
        holder = seat_person(make_seat(council))
        assert [self.seen_by(user, council) for user in (staff, member, contact, holder)] == [[1]] * 4

    def test_not_another_associations_member_nor_another_house(
        self, notice: RuleNotice, council: Council, house: Center, other_manager: User, outsider: User
    ) -> None:
        neighbour = UserFactory.create(member_of=ActorFactory.create(house=house))
        assert [self.seen_by(user, council) for user in (neighbour, other_manager, outsider)] == [[], [], []]

    def test_nor_a_plain_member_of_an_association_with_a_seat(self, notice: RuleNotice, council: Council) -> None:
        other = make_seat(council)
        assert self.seen_by(UserFactory.create(member_of=other.actor), council) == []
