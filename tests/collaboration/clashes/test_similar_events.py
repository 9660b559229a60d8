"""Which events meet. Each case is seen when the second is made and by the nightly search, and by both alike."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.access import Access
from actors.enums import Role
from actors.models import Actor
from bookings import actions as rooms
from bookings.enums import Audience
from bookings.models import Booking
from centers.models import Center
from collaboration.clashes import actions
from collaboration.clashes.models import Clash
from collaboration.models import Neighbour
from medborger.common import clock
from tests.collaboration.clashes.events import Town, pairs, states
from tests.factories import ActorFactory, TargetGroupFactory, ThemeFactory, person_with, slot, working_day

pytestmark = pytest.mark.django_db
EVENING: dict[str, Any] = {"start": 18 * 60, "end": 20 * 60}


def both_ways() -> int:
    """How many clashes there are, seen event by event; the nightly search must find the very same, and nothing when they are known."""
    assert actions.search() == 0
    at_once = pairs()
    Clash.objects.all().delete()
    assert actions.search() == len(at_once)
    assert pairs() == at_once
    return len(at_once)


@pytest.mark.parametrize(
    ("other", "met"),
    [
        ({}, 1),
        ({"start": 19 * 60, "end": 21 * 60}, 1),
        ({"start": 18 * 60 + 30, "end": 19 * 60}, 1),
        ({"start": 20 * 60, "end": 21 * 60}, 0),
        ({"start": 16 * 60, "end": 18 * 60}, 0),
        ({"audience": Audience.RESIDENTS}, 1),
        ({"audience": Audience.CLOSED}, 0),
        ({"drop_in": True}, 0),
        ({"themes": []}, 0),
        ({"target_groups": []}, 0),
    ],
    ids=str,
)
def test_two_events_meet_where_time_theme_and_target_group_do(town: Town, other: dict[str, Any], met: int) -> None:
    town.event(**EVENING)
    town.event(**(EVENING | other))
    assert both_ways() == met


def test_events_on_other_days_do_not_meet(town: Town) -> None:
    town.event(day=working_day())
    town.event(day=working_day() + timedelta(days=7))
    assert both_ways() == 0


def test_one_theme_and_one_group_of_several_in_common_are_enough(town: Town) -> None:
    more: dict[str, Any] = {
        "themes": [town.theme, *ThemeFactory.create_batch(2)],
        "target_groups": [town.group, *TargetGroupFactory.create_batch(2)],
    }
    town.event(**more)
    town.event(**more)
    town.event(themes=[ThemeFactory.create()])
    town.event(target_groups=[TargetGroupFactory.create()])
    assert both_ways() == 1


def test_three_at_once_meet_two_by_two(town: Town) -> None:
    events = [town.event().pk for _ in range(3)]
    assert both_ways() == 3
    assert pairs() == [(events[0], events[1]), (events[0], events[2]), (events[1], events[2])]


def test_an_actor_does_not_meet_itself(town: Town, association: Actor) -> None:
    town.event(association)
    town.event(association)
    assert both_ways() == 0


@pytest.mark.parametrize("partner_of", ["first", "second"])
def test_actors_who_are_partners_already_do_not_meet(town: Town, association: Actor, partner_of: str) -> None:
    other = ActorFactory.create(house=town.center)
    town.event(association, partner=other if partner_of == "first" else None)
    town.event(other, partner=association if partner_of == "second" else None)
    assert both_ways() == 0


def test_events_of_two_that_have_the_same_partner_meet(town: Town, association: Actor) -> None:
    town.event(partner=association)
    town.event(partner=association)
    assert both_ways() == 1


def test_what_is_cancelled_or_over_meets_nothing(town: Town) -> None:
    event = town.event()
    rooms.cancel(booking=event, version=None, by=town.by(event))
    town.event()
    assert both_ways() == 0
    with time_machine.travel(event.ends_at, tick=False):
        town.event(day=clock.local(event.ends_at).date(), start=21 * 60, end=22 * 60)
        assert both_ways() == 0


# --- houses ---------------------------------------------------------------------------------------------------------


def test_houses_that_are_no_neighbours_do_not_meet(town: Town, other_house: Center) -> None:
    town.event()
    town.event(center=other_house)
    assert both_ways() == 0


@pytest.mark.parametrize("later_here", [True, False])
def test_neighbours_meet_whichever_named_the_other(
    town: Town, house: Center, other_house: Center, neighbours: Neighbour, later_here: bool
) -> None:
    here, there = (house, other_house) if later_here else (other_house, house)
    town.event(center=there)
    town.event(center=here)
    assert both_ways() == 1
    clash = Clash.objects.get()
    assert (clash.center, clash.first_center) == (here, there)


def test_a_house_that_is_no_longer_used_has_no_events(town: Town, other_house: Center, neighbours: Neighbour) -> None:
    town.event(center=other_house)
    other_house.retired_at = clock.now()
    other_house.save()
    town.event()
    assert both_ways() == 0


def test_a_house_that_becomes_a_neighbour_is_seen_the_next_night(
    town: Town, house: Center, other_house: Center
) -> None:
    town.event()
    town.event(center=other_house)
    Neighbour.objects.create(center=house, neighbour=other_house, since=clock.today())
    assert actions.search() == 1


# --- time -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "one", "other", "met"),
    [
        (date(2026, 10, 25), (0, 180), (135, 240), 1),
        (date(2026, 10, 25), (0, 120), (180, 240), 0),
        (date(2027, 3, 28), (60, 180), (105, 240), 1),
        (date(2027, 3, 28), (60, 180), (180, 240), 0),
    ],
    ids=str,
)
def test_on_the_nights_when_the_clocks_change_what_overlaps_meets(
    town: Town, day: date, one: tuple[int, int], other: tuple[int, int], met: int
) -> None:
    with time_machine.travel(clock.at(day - timedelta(days=3), 12 * 60), tick=False):
        for start, end in (one, other):
            event = town.event()
            by = staff_of(town)
            rooms.move(booking=event, slot=slot(event.room, start, end, day), version=None, by=by)
        assert both_ways() == met


def staff_of(town: Town) -> Access:
    return Access.of(person_with(Role.STAFF, town.center))


def test_events_of_a_day_that_ends_at_midnight_do_not_meet_those_of_the_next(town: Town) -> None:
    by, day = staff_of(town), working_day()
    for start, end, on in ((22 * 60, 24 * 60, day), (0, 120, day + timedelta(days=1))):
        event = town.event()
        rooms.move(booking=event, slot=slot(event.room, start, end, on), version=None, by=by)
    assert both_ways() == 0


# --- moved, cancelled, restored -------------------------------------------------------------------------------------


def moved(town: Town, event: Booking, start: int) -> None:
    event.refresh_from_db()
    rooms.move(booking=event, slot=slot(event.room, start, start + 120), version=None, by=town.by(event))


def test_an_event_that_is_moved_away_settles_it_and_one_that_is_moved_there_meets(
    town: Town, first: Booking, second: Booking
) -> None:
    moved(town, second, 10 * 60)
    assert states() == ["moved"]
    third = town.event(start=10 * 60, end=12 * 60)
    assert pairs() == [(first.pk, second.pk), (second.pk, third.pk)]
    moved(town, third, 18 * 60)
    assert states() == ["moved", "open", "moved"]
    assert pairs() == [(first.pk, second.pk), (first.pk, third.pk), (second.pk, third.pk)]


def test_one_that_is_moved_and_still_overlaps_stands_as_it_did(town: Town, clash: Clash) -> None:
    actions.leave_it(clash=clash, side=clash.first, version=1, by=town.by(clash.first))
    moved(town, clash.second, 19 * 60)
    assert states() == ["left"]


def test_a_move_that_is_undone_opens_it_again_and_so_does_a_cancellation(town: Town, clash: Clash) -> None:
    for part in (partial(moved, town, clash.second, 10 * 60), partial(cancel, town, clash.second)):
        part()
        assert states() != ["open"]
        rooms.undo(booking=Booking.objects.get(pk=clash.second_id), by=town.by(clash.second))
        assert states() == ["open"]


def cancel(town: Town, event: Booking) -> None:
    rooms.cancel(booking=event, version=None, by=town.by(event))


def test_a_cancelled_event_meets_no_longer(town: Town, clash: Clash) -> None:
    cancel(town, clash.first)
    assert states() == ["gone"]
    assert Clash.objects.get().side_id == clash.first_id


def test_a_partner_who_steps_out_meets_what_they_left(town: Town, association: Actor) -> None:
    event = town.event(partner=association)
    town.event(association)
    assert pairs() == []
    rooms.leave(booking=event, actor=association, by=Access.of(town.contact_of(association)))
    assert len(pairs()) == 1


def test_the_night_settles_what_parted_unseen(town: Town, clash: Clash) -> None:
    Booking.objects.filter(pk=clash.second_id).update(state="cancelled")
    assert actions.search() == 0
    assert states() == ["gone"]


# --- cost -----------------------------------------------------------------------------------------------------------


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len([query for query in queries if "SAVEPOINT" not in query["sql"]])


def test_a_closed_booking_costs_nothing_and_an_open_one_a_statement_and_another_where_it_meets(town: Town) -> None:
    closed = statements(lambda: town.event(audience=Audience.CLOSED))
    without_words = closed - 2  # themes and groups are written for either
    assert statements(town.event) - 1 - without_words == 2
    assert statements(town.event) - 2 - without_words == 2
