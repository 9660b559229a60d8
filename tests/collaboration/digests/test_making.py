"""A digest is made once for each reader and week, from what concerns them and is new to them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.digest_lines import Concerns, DigestPart
from actors.enums import Role
from actors.erasure import erase
from actors.models import Actor, CenterRole, User
from centers.models import Center
from collaboration.digests import actions, tasks
from collaboration.digests.enums import DigestState
from collaboration.digests.frozen_content import Content
from collaboration.digests.models import Digest, Snooze, Subscription
from medborger.common.models import Audit, Message
from tests.collaboration.digests.conftest import MONDAY
from tests.collaboration.digests.lines import Told, for_all, line, urgent
from tests.factories import UserFactory, person_with
from tests.fixtures import access

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
DAY = timedelta(days=1)


def keys_of(user: User | None) -> list[str]:
    """What the person's newest digest told them; the house's own for nobody."""
    digest = Digest.objects.filter(recipient=user).latest("made_at")
    return [entry.key for entry in Content.of_json(digest.content).in_language("da")]


def letters() -> list[str]:
    return sorted(Message.objects.values_list("recipient", flat=True))


def make(house: Center) -> int:
    actions.keep_subscriptions()
    return actions.make_house(center_id=house.pk)


def test_a_coordinator_gets_it_on_monday_at_seven_without_asking(
    house: Center, coordinator: User, staff: User, told: Told, friday: time_machine.Traveller
) -> None:
    told.tell(DigestPart.NEEDS, line())
    assert make(house) == 0
    assert Subscription.objects.get(user=coordinator).next_at == MONDAY
    friday.move_to(MONDAY - timedelta(seconds=1))
    assert make(house) == 0
    friday.move_to(MONDAY)
    assert make(house) == 2
    assert make(house) == 0
    assert set(Digest.objects.values_list("recipient", flat=True)) == {None, coordinator.pk}
    assert letters() == [coordinator.email]
    assert Subscription.objects.get(user=coordinator).next_at == MONDAY + 7 * DAY


def test_the_beat_sends_a_task_for_each_house_that_is_due(
    house: Center, coordinator: User, friday: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(tasks.make_house, "delay", asked.append)
    assert tasks.make_due() == 0
    friday.move_to(MONDAY)
    assert tasks.make_due() == 1
    assert asked == [house.pk]
    assert tasks.make_house(house.pk) == 2


def test_each_is_told_what_concerns_them(
    house: Center,
    coordinator: User,
    association: Actor,
    member: User,
    told: Told,
    friday: time_machine.Traveller,
) -> None:
    actions.choose(center=house, weekday=0, minute=7 * 60, when_empty=False, by=access(member))
    told.tell(DigestPart.NEEDS, line("roles"))
    told.tell(DigestPart.NEEDS, line("actor", concerns=Concerns(actors=frozenset({association.pk}))))
    told.tell(DigestPart.NEEDS, line("person", concerns=Concerns(users=frozenset({member.pk}))))
    told.tell(DigestPart.COMING, for_all("all"))
    friday_to_monday(friday, house)
    assert keys_of(coordinator) == ["roles", "all"]
    assert keys_of(member) == ["actor", "person", "all"]
    assert keys_of(None) == ["roles", "all"]


def friday_to_monday(friday: time_machine.Traveller, house: Center) -> None:
    actions.keep_subscriptions()
    friday.move_to(MONDAY)
    make(house)


def test_news_is_told_once_and_what_waits_until_it_is_dealt_with(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller
) -> None:
    told.tell(DigestPart.NEWS, line("seen", at=MONDAY - 11 * DAY), line("new", at=MONDAY - DAY))
    told.tell(DigestPart.NEEDS, line("waits"))
    friday_to_monday(friday, house)
    assert keys_of(coordinator) == ["waits", "new"]
    told.tell(DigestPart.NEWS, line("newer", at=MONDAY + DAY))
    friday.move_to(MONDAY + 7 * DAY)
    make(house)
    assert keys_of(coordinator) == ["waits", "newer"]


def test_what_the_reader_did_themselves_or_put_off_is_left_out(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller
) -> None:
    told.tell(DigestPart.NEWS, line("own", at=MONDAY - DAY, done_by=coordinator.pk))
    told.tell(DigestPart.NEEDS, line("put off"), line("put off no longer"), line("left"))
    for key, until in (("put off", MONDAY + DAY), ("put off no longer", MONDAY)):
        Snooze.objects.create(center=house, user=coordinator, key=key, until=until)
    friday_to_monday(friday, house)
    assert keys_of(coordinator) == ["put off no longer", "left"]
    assert keys_of(None) == ["put off", "put off no longer", "left", "own"]


def test_a_thing_that_two_apps_tell_of_stands_once(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller
) -> None:
    told.tell(DigestPart.NEEDS, line("same", text="Først"))
    told.tell(DigestPart.COMING, line("same", text="Igen"), line("other"))
    friday_to_monday(friday, house)
    assert keys_of(coordinator) == ["same", "other"]


def test_an_empty_week_sends_nothing_or_one_line_as_the_reader_chose(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller
) -> None:
    quiet = person_with(Role.COORDINATOR, house)
    actions.choose(center=house, weekday=0, minute=7 * 60, when_empty=True, by=access(coordinator))
    friday_to_monday(friday, house)
    assert letters() == [coordinator.email]
    assert "Intet venter på dig" in Message.objects.get().text
    assert set(Digest.objects.values_list("state", flat=True)) == {DigestState.EMPTY}
    assert Digest.objects.get(recipient=quiet).message_key == ""


def test_who_lost_the_role_or_the_tie_gets_no_more(
    house: Center, coordinator: User, association: Actor, member: User, told: Told, friday: time_machine.Traveller
) -> None:
    """Who only had it by the role, and is now a member like others, has never asked for it."""
    told.tell(DigestPart.NEEDS, for_all("all"))
    actions.choose(center=house, weekday=0, minute=7 * 60, when_empty=False, by=access(member))
    demoted = person_with(Role.COORDINATOR, house)
    actions.keep_subscriptions()
    CenterRole.objects.filter(user=demoted).update(role=Role.STAFF)
    CenterRole.objects.filter(user=coordinator).update(until="2026-11-22")
    association.retired_at = MONDAY
    association.save()
    friday.move_to(MONDAY)
    assert make(house) == 1
    assert letters() == []
    ended = Subscription.objects.filter(user__in=[coordinator, member, demoted])
    assert [(row.next_at, row.ended_at) for row in ended] == [(None, MONDAY)] * 3


def test_who_was_erased_gets_no_more(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller
) -> None:
    told.tell(DigestPart.NEEDS, line())
    actions.keep_subscriptions()
    erase(user=coordinator, by=None)
    friday.move_to(MONDAY)
    assert make(house) == 1
    assert (letters(), Subscription.objects.filter(user=coordinator).exists()) == ([], False)


def test_made_late_on_the_same_morning_it_goes_out_once(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller
) -> None:
    """The beat was down over Monday 7.00 and is back at 11."""
    told.tell(DigestPart.NEEDS, line())
    actions.keep_subscriptions()
    friday.move_to(MONDAY + timedelta(hours=4))
    assert make(house) == 2
    assert make(house) == 0
    digest = Digest.objects.get(recipient=coordinator)
    assert (digest.state, digest.number, digest.covers_until) == ("made", (2026, 48), MONDAY + timedelta(hours=4))
    assert letters() == [coordinator.email]
    assert Subscription.objects.get(user=coordinator).next_at == MONDAY + 7 * DAY


def test_more_than_three_days_late_the_week_is_skipped_and_the_next_says_so(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller
) -> None:
    told.tell(DigestPart.NEWS, line("in between", at=MONDAY - DAY))
    actions.keep_subscriptions()
    friday.move_to(MONDAY + 3 * DAY + timedelta(minutes=1))
    make(house)
    skipped = Digest.objects.get(recipient=coordinator)
    assert (skipped.state, skipped.number, letters()) == ("skipped", (2026, 48), [])
    friday.move_to(MONDAY + 7 * DAY)
    make(house)
    assert keys_of(coordinator) == ["in between"]
    assert "Uge 48 blev sprunget over" in Message.objects.get().text
    friday.move_to(MONDAY + 14 * DAY)
    told.tell(DigestPart.NEEDS, line("later"))
    make(house)
    assert "sprunget over" not in Message.objects.latest("created_at").text


def test_back_after_two_weeks_the_newest_is_sent_and_the_one_before_is_said_to_be_left_out(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller
) -> None:
    told.tell(DigestPart.NEEDS, line())
    actions.keep_subscriptions()
    friday.move_to(MONDAY + 7 * DAY + timedelta(hours=4))
    make(house)
    own = Digest.objects.filter(recipient=coordinator).order_by("week_starts_on")
    assert [(digest.number.week, digest.state) for digest in own] == [(48, "skipped"), (49, "made")]
    assert "Uge 48 blev sprunget over" in Message.objects.get().text


def test_who_has_had_the_week_gets_no_second_by_choosing_another_day(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller
) -> None:
    told.tell(DigestPart.NEEDS, line())
    friday_to_monday(friday, house)
    chosen = actions.choose(center=house, weekday=2, minute=9 * 60, when_empty=False, by=access(coordinator))
    assert chosen.next_at == MONDAY + 9 * DAY + timedelta(hours=2)


def test_each_language_is_asked_once_and_no_more_than_is_read(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller
) -> None:
    """The house's own is kept in both; readers of a Tuesday who all read Danish need no English."""
    friday_to_monday(friday, house)
    assert len(told.asked) == 2
    for user in (coordinator, person_with(Role.COORDINATOR, house)):
        actions.choose(center=house, weekday=1, minute=0, when_empty=False, by=access(user))
    friday.move_to(MONDAY + 7 * DAY)
    make(house)
    told.asked.clear()
    friday.move_to(MONDAY + 8 * DAY)
    assert make(house) == 2
    assert len(told.asked) == 1


def test_the_earliest_that_a_reader_has_not_been_told_is_where_the_week_begins(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller
) -> None:
    actions.keep_subscriptions()
    Subscription.objects.filter(user=coordinator).update(covered_until=MONDAY - 20 * DAY)
    friday.move_to(MONDAY)
    make(house)
    assert {week.since for week in told.asked} == {MONDAY - 20 * DAY}
    assert {week.now for week in told.asked} == {MONDAY}


@pytest.mark.parametrize("readers", [1, 3])
def test_statements_do_not_grow_with_the_readers(
    house: Center, association: Actor, told: Told, friday: time_machine.Traveller, readers: int
) -> None:
    for number in range(readers):
        user = UserFactory.create(member_of=association, language=["da", "en"][number % 2])
        actions.choose(center=house, weekday=0, minute=7 * 60, when_empty=True, by=access(user))
    for number in range(20):
        told.tell(DigestPart.NEEDS, urgent(f"u{number}", 50, for_forum=True))
        told.tell(DigestPart.NEWS, for_all(f"n{number}"))
    actions.keep_subscriptions()
    friday.move_to(MONDAY)
    with CaptureQueriesContext(connection) as captured:
        actions.make_house(center_id=house.pk)
    statements = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= 11
    assert len(letters()) == readers


def test_a_making_leaves_one_row_in_the_trail(house: Center, coordinator: User, friday: time_machine.Traveller) -> None:
    friday_to_monday(friday, house)
    made = Audit.objects.get(verb="digest.made")
    assert (made.center_id, made.person, made.parameters) == (house.pk, None, {"digests": 2})


def test_a_retired_house_makes_none(house: Center, coordinator: User, friday: time_machine.Traveller) -> None:
    actions.keep_subscriptions()
    house.retired_at = MONDAY
    house.save()
    friday.move_to(MONDAY)
    assert (actions.houses_due(), make(house)) == ([], 0)
