"""What the forum warns of, before it goes to sleep (S1666-80)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine

from actors.digest_lines import Week
from actors.enums import Role
from actors.meetings import actions as meetings
from actors.meetings.actions import ItemData, MeetingData
from actors.meetings.models import Meeting
from actors.models import CenterRole, User
from centers.models import Center
from collaboration.forum import actions, digest_lines, lapse
from collaboration.forum.enums import KEY, Rhythm
from collaboration.forum.lapse import Alarm, ForumState
from collaboration.forum.models import Forum
from medborger.common import clock
from tests.collaboration.forum.factories import frame, proposal
from tests.fixtures import access

# A Monday; the first Thursdays are 3 September, 1 October, 5 November, 3 December.
START = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def september() -> Iterator[None]:
    with time_machine.travel(clock.at(START, 12 * 60), tick=False):
        yield


@pytest.fixture
def six_weekly(house: Center, coordinator: User) -> Forum:
    """Thursday 10 September, 22 October, 3 December."""
    said = frame(rhythm=Rhythm.WEEKS, every=6, nth=None)
    made = actions.found(center=house, frame=said, by=access(coordinator))
    return actions.name_holder(forum=made, user=coordinator, by=access(coordinator))


def met(center: Center, by: User, day: date, *, held: bool = True) -> Meeting:
    at = MeetingData("Koordinerende forum", clock.at(day, 540), clock.at(day, 660))
    with time_machine.travel(clock.at(day, 480), tick=False):
        meeting = meetings.create(center=center, body=KEY, data=at, by=access(by))
        meetings.add(meeting=meeting, data=ItemData("Siden sidst"), by=access(by))
        return meetings.convene(meeting=meeting, by=access(by)) if held else meeting


def alarms(center: Center, on: date) -> list[Alarm]:
    with time_machine.travel(clock.at(on, 12 * 60), tick=False):
        return [alert.alarm for alert in lapse.warnings(ForumState.of(center))]


def test_it_has_lapsed_when_a_due_day_passed_without_a_meeting(
    six_weekly: Forum, house: Center, coordinator: User, member: User
) -> None:
    met(house, coordinator, date(2026, 9, 10))
    for _ in range(4):
        proposal(house, member)
    assert alarms(house, date(2026, 10, 22)) == []
    assert alarms(house, date(2026, 10, 23)) == [Alarm.LAPSED]
    with time_machine.travel(clock.at(date(2026, 11, 13), 720), tick=False):
        (alert,) = lapse.warnings(ForumState.of(house))
    assert alert.text == "Koordinerende forum har ikke holdt møde i 9 uger."
    assert alert.detail == "I har aftalt at mødes torsdag hver 6. uge. 4 punkter venter."


def test_a_meeting_that_is_planned_or_was_held_some_days_early_is_no_lapse(
    six_weekly: Forum, house: Center, coordinator: User
) -> None:
    met(house, coordinator, date(2026, 9, 10))
    met(house, coordinator, date(2026, 10, 19))
    assert alarms(house, date(2026, 10, 30)) == []
    assert alarms(house, date(2026, 12, 4)) == [Alarm.LAPSED]
    with time_machine.travel(clock.at(date(2026, 12, 1), 720), tick=False):
        at = MeetingData("Næste", clock.at(date(2027, 1, 7), 540), clock.at(date(2027, 1, 7), 600))
        meetings.create(center=house, body=KEY, data=at, by=access(coordinator))
    assert alarms(house, date(2026, 12, 4)) == []


def test_one_that_never_met_has_lapsed_after_its_first_day(six_weekly: Forum, house: Center) -> None:
    assert alarms(house, date(2026, 9, 10)) == []
    with time_machine.travel(clock.at(date(2026, 9, 11), 720), tick=False):
        assert [alert.text for alert in lapse.warnings(ForumState.of(house))] == [
            "Koordinerende forum har ikke holdt møde endnu."
        ]


def test_a_meeting_of_another_circle_or_a_cancelled_one_does_not_count(
    six_weekly: Forum, house: Center, coordinator: User
) -> None:
    meeting = met(house, coordinator, date(2026, 9, 10))
    Meeting.objects.filter(pk=meeting.pk).update(circle="council")
    assert alarms(house, date(2026, 9, 11)) == [Alarm.LAPSED]
    Meeting.objects.filter(pk=meeting.pk).update(circle=KEY, state="cancelled")
    assert alarms(house, date(2026, 9, 11)) == [Alarm.LAPSED]


def test_it_warns_without_a_holder_and_sixty_days_before_the_holders_last(
    six_weekly: Forum, house: Center, coordinator: User
) -> None:
    last = date(2026, 12, 1)
    actions.end_holder(forum=six_weekly, last_day=last, by=access(coordinator))
    Forum.objects.update(counts_from=date(2027, 1, 1))
    assert alarms(house, last - timedelta(days=61)) == []
    assert alarms(house, last - timedelta(days=60)) == [Alarm.HOLDER_LEAVES]
    assert alarms(house, last) == [Alarm.HOLDER_LEAVES]
    assert alarms(house, last + timedelta(days=1)) == [Alarm.NO_HOLDER]


def test_the_coordinating_function_is_vacant_when_nobody_has_the_role_forum_or_not(
    house: Center, manager: User, coordinator: User
) -> None:
    assert alarms(house, START) == []
    CenterRole.objects.filter(user=coordinator).update(until=START)
    assert alarms(house, START) == [Alarm.VACANT]
    actions.found(center=house, frame=frame(), by=access(manager))
    assert alarms(house, START) == [Alarm.VACANT, Alarm.NO_HOLDER]


def test_the_week_tells_the_manager_of_the_vacancy_and_who_coordinates_of_the_lapse(
    six_weekly: Forum, house: Center, coordinator: User, manager: User, staff: User
) -> None:
    """She holds the forum still, as one of the staff."""
    CenterRole.objects.filter(user=coordinator).update(role=Role.STAFF)
    with time_machine.travel(clock.at(date(2026, 11, 13), 720), tick=False):
        vacant, lapsed = list(digest_lines.warnings(Week(house, clock.now() - timedelta(days=7), clock.now())))
        concerned = {
            line.key: [
                user.name
                for user in (manager, coordinator, staff)
                if line.concerns.holds_for(user, access(user), house.pk)
            ]
            for line in (vacant, lapsed)
        }
    assert concerned == {
        f"forum:vacant:{house.pk}": ["Leo Leder"],
        f"forum:lapsed:{house.pk}": ["Leo Leder", "Kaja Koordinator"],
    }
    assert (vacant.urgency, lapsed.urgency) == (90, 80)
    assert lapsed.link == "/foreningernes-hus/moeder/forum/nyt/"
    assert lapsed.message == (
        "Kære alle. Koordinerende forum har ikke holdt møde endnu. Nu tager vi det op igen."
        " Vi mødes torsdag 3. december kl. 9.00. Sted: Foreningernes Hus."
        " Er der noget, vi skal tale om, så foreslå et punkt på forums side."
    )
