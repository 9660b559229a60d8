"""House rules: adopted motions put them in force, and the rule of a day is what its newest version by then says."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from actors.council import errors
from actors.council.ballots import actions
from actors.council.ballots.actions.closing import close
from actors.council.enums import Choice, CouncilEvent, MotionKind
from actors.council.models import Council, HouseRule, HouseRuleVersion, Motion, Seat
from actors.council.rules import actions as rule_actions
from actors.council.rules.rulebook import RuleLine, rules_for
from actors.models import User
from bookings.calendar import calendar_version
from centers.models import Center, Room
from medborger.common import clock
from medborger.common.errors import Stale
from medborger.common.models import Audit
from tests.actors.council.factories import council_member, fill_seats, make_rule, turn_on
from tests.actors.council.motions import open_motion
from tests.factories import RoomFactory

pytestmark = pytest.mark.django_db
NOON = "2026-11-24T11:00:00+00:00"  # a Tuesday
TODAY = date(2026, 11, 24)
SHORT = "I Salen skal musikken slukkes kl. 22.00."


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def holders(council: Council) -> list[tuple[Seat, User]]:
    return fill_seats(council, 2)


def proposed(council: Council, seat: Seat, kind: MotionKind = MotionKind.NEW_RULE, **fields: Any) -> Motion:
    motion = open_motion(council, seat, kind=kind, title="Ro om aftenen", text="Musikken slukkes kl. 22.00.", **fields)
    motion.texts.update(short=SHORT)
    return motion


def in_force(house: Center, day: date) -> dict[int, str]:
    return {version.rule.number: version.text for version in HouseRuleVersion.objects.on(day, house.pk)}


class TestPutInForce:
    def test_a_new_rule_takes_the_houses_next_number(
        self, house: Center, other_house: Center, council: Council, holders: list[tuple[Seat, User]]
    ) -> None:
        make_rule(house, 6)
        make_rule(other_house, 20)
        version = rule_actions.put_in_force(proposed(council, holders[0][0]))
        assert (version.rule.center, version.rule.number, version.number) == (house, 7, 1)

    def test_it_says_what_the_motion_said_last(
        self, council: Council, room: Room, holders: list[tuple[Seat, User]]
    ) -> None:
        motion = proposed(
            council,
            holders[0][0],
            from_minute=1320,
            to_minute=1440,
            weekdays=[4, 5],
            review_on=date(2027, 11, 24),
        )
        motion.rooms.add(room)
        motion.texts.create(number=2, text="Musikken slukkes kl. 21.30.", short="Kort", created_at=clock.now())
        version = rule_actions.put_in_force(motion)
        assert (version.title, version.text, version.short) == ("Ro om aftenen", "Musikken slukkes kl. 21.30.", "Kort")
        assert (version.from_minute, version.to_minute, version.weekdays) == (1320, 1440, [4, 5])
        assert (version.review_on, list(version.rooms.all())) == (date(2027, 11, 24), [room])
        assert version.motion == motion
        assert Audit.objects.filter(verb=CouncilEvent.RULE_IN_FORCE, subject_id=version.pk, person=None).count() == 1

    @pytest.mark.parametrize(
        ("wanted", "begins"),
        [(None, TODAY), (date(2026, 11, 1), TODAY), (date(2026, 12, 1), date(2026, 12, 1))],
    )
    def test_it_begins_on_the_day_the_motion_names_at_the_earliest_today(
        self, council: Council, holders: list[tuple[Seat, User]], wanted: date | None, begins: date
    ) -> None:
        assert rule_actions.put_in_force(proposed(council, holders[0][0], effective_on=wanted)).in_force_on == begins

    def test_a_change_is_the_rules_next_version(
        self, house: Center, council: Council, holders: list[tuple[Seat, User]]
    ) -> None:
        before = make_rule(house, 4)
        change = proposed(
            council,
            holders[0][0],
            MotionKind.CHANGE_RULE,
            rule=before.rule,
            based_on=before,
            effective_on=TODAY + timedelta(days=7),
        )
        version = rule_actions.put_in_force(change)
        assert (version.rule, version.number) == (before.rule, 2)
        assert in_force(house, TODAY + timedelta(days=6)) == {4: before.text}
        assert in_force(house, TODAY + timedelta(days=7)) == {4: "Musikken slukkes kl. 22.00."}

    def test_a_repealed_rule_is_no_more_from_its_day_and_keeps_its_name(
        self, house: Center, council: Council, holders: list[tuple[Seat, User]]
    ) -> None:
        before = make_rule(house, 4, title="Sko af")
        repeal = proposed(council, holders[0][0], MotionKind.REPEAL_RULE, rule=before.rule, based_on=before)
        version = rule_actions.put_in_force(repeal)
        assert (version.title, version.repeals, version.text) == ("Sko af", True, "")
        assert in_force(house, TODAY - timedelta(days=1)) == {4: before.text}
        assert in_force(house, TODAY) == {}

    def test_a_number_is_not_used_again(
        self, house: Center, council: Council, holders: list[tuple[Seat, User]]
    ) -> None:
        before = make_rule(house, 1)
        rule_actions.put_in_force(
            proposed(council, holders[0][0], MotionKind.REPEAL_RULE, rule=before.rule, based_on=before)
        )
        assert rule_actions.put_in_force(proposed(council, holders[0][0])).rule.number == 2

    def test_the_ballot_that_closes_puts_it_in_force(
        self, house: Center, council: Council, holders: list[tuple[Seat, User]]
    ) -> None:
        motion = proposed(council, holders[0][0])
        (ballot,) = actions.open_ballots(motion=motion, by=council_member(holders[0][1], council))
        for seat, user in holders:
            actions.vote(ballot=ballot, seat=seat, choice=Choice.FOR, by=council_member(user, council))
        assert in_force(house, TODAY + timedelta(days=30)) == {}
        with time_machine.travel(ballot.closes_at, tick=False):
            close(ballot=ballot)
            assert in_force(house, clock.today()) == {1: "Musikken slukkes kl. 22.00."}

    @pytest.mark.django_db(transaction=True)
    def test_the_calendar_is_told(self, house: Center, council: Council, holders: list[tuple[Seat, User]]) -> None:
        before = calendar_version.current(house.pk)
        rule_actions.put_in_force(proposed(council, holders[0][0]))
        after = calendar_version.current(house.pk)
        assert before is not None
        assert after is not None
        assert after > before


class TestOfTheDay:
    """Midnight is Copenhagen's: 22 or 23 hours UTC."""

    @pytest.mark.parametrize(
        ("instant", "text"),
        [
            ("2026-11-30T22:59:59+00:00", "før"),
            ("2026-11-30T23:00:00+00:00", "efter"),
            ("2027-05-31T21:59:59+00:00", "efter"),
            ("2027-05-31T22:00:00+00:00", "sommer"),
        ],
    )
    def test_a_rule_begins_at_midnight(self, house: Center, instant: str, text: str) -> None:
        version = make_rule(house, 1, text="før")
        for number, (day, words) in enumerate([(date(2026, 12, 1), "efter"), (date(2027, 6, 1), "sommer")], 2):
            HouseRuleVersion.objects.create(
                rule=version.rule, number=number, title="Ro", text=words, in_force_on=day, created_at=clock.now()
            )
        with time_machine.travel(instant, tick=False):
            assert in_force(house, clock.today()) == {1: text}

    def test_of_two_versions_on_one_day_the_later_counts(self, house: Center) -> None:
        version = make_rule(house, 1, text="først", in_force_on=TODAY)
        HouseRuleVersion.objects.create(
            rule=version.rule, number=2, title="Ro", text="sidst", in_force_on=TODAY, created_at=clock.now()
        )
        assert in_force(house, TODAY) == {1: "sidst"}


class TestReview:
    @pytest.fixture(autouse=True)
    def _on(self, council: Council) -> None:
        turn_on(council, reviews=True)

    @pytest.mark.parametrize(("ahead", "listed"), [(0, True), (30, True), (31, False), (-5, True)])
    def test_a_rule_puts_itself_on_the_list_a_month_before(self, house: Center, ahead: int, listed: bool) -> None:
        make_rule(house, 1, review_on=TODAY + timedelta(days=ahead))
        assert HouseRuleVersion.objects.to_review(house.pk).exists() is listed

    def test_the_list_knows_the_motion_that_is_about_it_already(
        self, house: Center, council: Council, holders: list[tuple[Seat, User]]
    ) -> None:
        version = make_rule(house, 1, review_on=TODAY)
        change = proposed(council, holders[0][0], MotionKind.CHANGE_RULE, rule=version.rule, based_on=version)
        (listed,) = HouseRuleVersion.objects.to_review(house.pk)
        assert vars(listed)["motion_before"] == change.number

    def test_a_rule_that_is_kept_says_the_same_and_leaves_the_list(
        self, house: Center, room: Room, council: Council, holders: list[tuple[Seat, User]]
    ) -> None:
        version = make_rule(house, 1, review_on=TODAY, rooms=[room], from_minute=0, to_minute=60, weekdays=[1])
        kept = rule_actions.review(
            version=version, next_on=date(2027, 11, 24), by=council_member(holders[0][1], council)
        )
        same = ("title", "text", "short", "from_minute", "to_minute", "weekdays", "motion_id")
        assert [getattr(kept, name) for name in same] == [getattr(version, name) for name in same]
        assert (kept.number, kept.review_on, list(kept.rooms.all())) == (2, date(2027, 11, 24), [room])
        assert not HouseRuleVersion.objects.to_review(house.pk).exists()

    def test_only_who_holds_a_seat_keeps_a_rule(
        self, house: Center, council: Council, staff: User, member: User
    ) -> None:
        version = make_rule(house, 1, review_on=TODAY)
        for user in (staff, member):
            with pytest.raises(errors.OnlyTheCouncil):
                rule_actions.review(version=version, next_on=date(2027, 1, 1), by=council_member(user, council))

    @pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1)])
    def test_the_next_day_is_to_come(
        self, house: Center, council: Council, holders: list[tuple[Seat, User]], day: date
    ) -> None:
        version = make_rule(house, 1, review_on=TODAY)
        with pytest.raises(errors.NotAComingDay):
            rule_actions.review(version=version, next_on=day, by=council_member(holders[0][1], council))

    def test_a_rule_that_was_changed_meanwhile_is_not_kept_unseen(
        self, house: Center, council: Council, holders: list[tuple[Seat, User]]
    ) -> None:
        version = make_rule(house, 1, review_on=TODAY)
        by = council_member(holders[0][1], council)
        rule_actions.review(version=version, next_on=date(2027, 1, 1), by=by)
        with pytest.raises(Stale):
            rule_actions.review(version=version, next_on=date(2027, 2, 1), by=by)
        assert HouseRule.objects.get().versions.count() == 2


class TestRulesForARoom:
    def lines(self, room: Room, day: date = TODAY, start: int = 0, end: int = 1440) -> list[RuleLine]:
        return rules_for(
            hus=room.center.slug, center_id=room.center_id, room_ids=[room.pk], day=day, start=start, end=end
        )

    def test_a_rule_of_a_room_is_one_line_with_its_number(self, house: Center, room: Room) -> None:
        make_rule(house, 4, rooms=[room], short=SHORT)
        (line,) = self.lines(room)
        assert line.words == "I Salen skal musikken slukkes kl. 22.00, husregel 4"
        assert line.url == "/foreningernes-hus/husregler/4/"

    def test_without_a_line_of_its_own_it_is_called_by_its_title(self, house: Center, room: Room) -> None:
        make_rule(house, 4, rooms=[room], short="", title="Ro om aftenen")
        assert [line.text for line in self.lines(room)] == ["Ro om aftenen"]

    def test_a_rule_of_another_room_and_one_of_the_whole_house_at_all_hours_are_left_out(
        self, house: Center, room: Room
    ) -> None:
        make_rule(house, 1, rooms=[RoomFactory.create(center=house)])
        make_rule(house, 2)
        assert self.lines(room) == []

    def test_another_houses_rule_is_left_out(self, other_house: Center, room: Room) -> None:
        make_rule(other_house, 1, from_minute=0, to_minute=1440)
        assert self.lines(room) == []

    @pytest.mark.parametrize(
        ("start", "end", "shown"),
        [(1080, 1320, False), (1080, 1335, True), (1320, 1380, True), (1380, 1440, False), (1365, 1440, True)],
    )
    def test_hours_matter_where_they_overlap(
        self, house: Center, room: Room, start: int, end: int, shown: bool
    ) -> None:
        make_rule(house, 1, from_minute=1320, to_minute=1380)
        assert bool(self.lines(room, start=start, end=end)) is shown

    @pytest.mark.parametrize(("weekdays", "shown"), [([1], True), ([0, 2], False), ([], True)])
    def test_weekdays_matter(self, house: Center, room: Room, weekdays: list[int], shown: bool) -> None:
        make_rule(house, 1, rooms=[room], weekdays=weekdays)
        assert bool(self.lines(room)) is shown

    def test_a_hall_and_its_parts_share_what_is_said_of_either_but_parts_do_not(
        self, house: Center, room: Room
    ) -> None:
        stage = RoomFactory.create(center=house, part_of=room)
        floor = RoomFactory.create(center=house, part_of=room)
        make_rule(house, 1, rooms=[room])
        make_rule(house, 2, rooms=[stage])
        assert [line.number for line in self.lines(room)] == [1, 2]
        assert [line.number for line in self.lines(stage)] == [1, 2]
        assert [line.number for line in self.lines(floor)] == [1]

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_one_statement(
        self, house: Center, room: Room, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for place in range(1, number + 1):
            make_rule(house, place, rooms=[room])
        with django_assert_max_num_queries(1):
            assert len(self.lines(room)) == number
