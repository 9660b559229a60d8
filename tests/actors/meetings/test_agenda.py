"""Which item comes when, and when each is needed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, cast

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, strategies as st

from actors.errors import ActorNotInHouse
from actors.meetings import actions, errors, timetable
from actors.meetings.actions import ItemData
from actors.meetings.enums import Direction, ItemKind
from actors.meetings.models import AgendaItem, Meeting
from actors.models import Actor, User
from centers.models import Center
from medborger.common import clock
from medborger.common.errors import NotAllowed, Stale
from tests.actors.meetings.factories import at, item
from tests.factories import ActorFactory
from tests.fixtures import access


@dataclass
class Item:
    minutes_needed: int
    audience_ids: frozenset[int] = frozenset()


@dataclass
class Evening:
    items: list[Item]
    starts_at: datetime = field(default_factory=lambda: clock.at(clock.today(), 540))
    ends_at: datetime = field(default_factory=lambda: clock.at(clock.today(), 660))

    @property
    def slots(self) -> list[timetable.TimedItem]:
        return timetable.slots(self.starts_at, cast(Any, self.items))


def needed(evening: Evening, *actors: int) -> list[tuple[int, int]]:
    """In minutes since the meeting's start."""
    spans = timetable.needed(cast(Any, evening), frozenset(actors))
    minute = timedelta(minutes=1)
    return [((start - evening.starts_at) // minute, (end - evening.starts_at) // minute) for start, end in spans]


def of(*actors: int) -> frozenset[int]:
    return frozenset(actors)


def test_each_item_begins_when_the_one_before_it_is_over() -> None:
    start = clock.at(clock.today(), 540)
    slots = Evening([Item(20), Item(5), Item(30)]).slots
    minutes = [((slot.starts_at - start).seconds // 60, (slot.ends_at - start).seconds // 60) for slot in slots]
    assert minutes == [(0, 20), (20, 25), (25, 55)]


def test_one_is_needed_for_the_items_of_ones_actors_and_those_for_all() -> None:
    evening = Evening([Item(20), Item(20, of(1)), Item(20, of(2)), Item(20, of(1, 3))])
    assert needed(evening, 1) == [(0, 40), (60, 80)]
    assert needed(evening, 2) == [(0, 20), (40, 60)]
    assert needed(evening, 2, 3) == [(0, 20), (40, 80)]
    assert needed(evening, 4) == [(0, 20)]


def test_who_is_there_in_their_own_right_and_who_every_item_concerns_is_needed_for_the_whole_meeting() -> None:
    assert needed(Evening([Item(20), Item(20, of(1))])) == [(0, 120)]
    assert needed(Evening([Item(20), Item(20, of(1))]), 1) == [(0, 120)]


def test_who_no_item_concerns_is_not_needed() -> None:
    assert needed(Evening([Item(20, of(1))]), 2) == []


@given(st.lists(st.tuples(st.integers(1, 240), st.frozensets(st.integers(1, 4))), min_size=1, max_size=20))
def test_the_times_of_an_actor_are_exactly_its_items(items: list[tuple[int, frozenset[int]]]) -> None:
    evening = Evening([Item(minutes, audience) for minutes, audience in items])
    concerning = [minutes for minutes, audience in items if not audience or 1 in audience]
    spans = needed(evening, 1)
    if len(concerning) == len(items):
        assert spans == [(0, 120)]
    else:
        assert sum(end - start for start, end in spans) == sum(concerning)
        assert all(before[1] < after[0] for before, after in pairwise(spans))


# --- putting items on it, and in order ------------------------------------------------------------------------------


def titles(meeting: Meeting) -> list[tuple[int, str]]:
    return list(meeting.items.values_list("position", "title"))


def test_a_new_item_comes_last(meeting: Meeting, staff: User) -> None:
    item(meeting, staff, "Eventuelt", 5)
    assert titles(meeting) == [(1, "Siden sidst"), (2, "Nye gulve"), (3, "Nye noder"), (4, "Eventuelt")]


def test_an_item_moves_one_place_at_a_time_and_stays_at_the_ends(
    meeting: Meeting, items: list[AgendaItem], staff: User
) -> None:
    actions.move(item=items[0], direction=Direction.UP, by=access(staff))
    assert titles(meeting) == [(1, "Siden sidst"), (2, "Nye gulve"), (3, "Nye noder")]
    actions.move(item=items[0], direction=Direction.DOWN, by=access(staff))
    assert titles(meeting) == [(1, "Nye gulve"), (2, "Siden sidst"), (3, "Nye noder")]


def test_those_after_a_removed_item_move_up(meeting: Meeting, items: list[AgendaItem], staff: User) -> None:
    actions.remove(item=items[0], by=access(staff))
    assert titles(meeting) == [(1, "Nye gulve"), (2, "Nye noder")]


def test_an_item_that_another_has_taken_off_meanwhile_is_left_alone(
    meeting: Meeting, items: list[AgendaItem], staff: User
) -> None:
    """Two who press at once: the second waits for the first, and finds the item gone."""
    gone = items[0]
    actions.remove(item=AgendaItem.objects.get(pk=gone.pk), by=access(staff))
    actions.remove(item=gone, by=access(staff))
    actions.move(item=gone, direction=Direction.DOWN, by=access(staff))
    assert list(meeting.items.all()) == items[1:]


def test_an_item_is_changed_in_all_it_says(
    items: list[AgendaItem], staff: User, association: Actor, singers: Actor
) -> None:
    words = ItemData("Gulv og noder", "**Begge**", ItemKind.DECISION, 45, association, (association, singers))
    actions.change_item(item=items[1], data=words, version=1, by=access(staff))
    changed = AgendaItem.objects.get(pk=items[1].pk)
    assert (changed.title, changed.text, changed.kind, changed.minutes_needed, changed.owner, changed.version) == (
        "Gulv og noder",
        "**Begge**",
        "decision",
        45,
        association,
        2,
    )
    assert changed.audience_ids == {association.pk, singers.pk}


def test_who_changes_an_item_on_an_old_version_is_told(items: list[AgendaItem], staff: User) -> None:
    actions.change_item(item=items[0], data=ItemData("Først"), version=1, by=access(staff))
    with pytest.raises(Stale) as refused:
        actions.change_item(item=items[0], data=ItemData("Sidst"), version=1, by=access(staff))
    assert refused.value.current.title == "Først"


def test_only_who_may_convene_makes_the_agenda(meeting: Meeting, items: list[AgendaItem], contact: User) -> None:
    by = access(contact)
    acts: list[Any] = [
        lambda: actions.add(meeting=meeting, data=ItemData("Mit"), by=by),
        lambda: actions.change_item(item=items[0], data=ItemData("Mit"), version=1, by=by),
        lambda: actions.move(item=items[0], direction=Direction.DOWN, by=by),
        lambda: actions.remove(item=items[0], by=by),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert titles(meeting) == [(1, "Siden sidst"), (2, "Nye gulve"), (3, "Nye noder")]


def test_an_agenda_of_twenty_five_hours_is_refused(meeting: Meeting, staff: User) -> None:
    for _ in range(2):
        item(meeting, staff, "Langt", 240)
    with pytest.raises(errors.AgendaTooLong):
        item(meeting, staff, "For langt", 240)
    assert meeting.items.count() == 5


def test_an_agenda_holds_two_hundred_items(meeting: Meeting, staff: User) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=place, title="Et", minutes_needed=1) for place in range(4, 201)
    )
    with pytest.raises(errors.TooManyItems):
        item(meeting, staff, "Det sidste", 1)


def test_actors_of_another_house_are_neither_owner_nor_audience(
    meeting: Meeting, staff: User, other_house: Center
) -> None:
    elsewhere = ActorFactory.create(house=other_house)
    for words in (ItemData("Et", owner=elsewhere), ItemData("To", audience=(elsewhere,))):
        with pytest.raises(ActorNotInHouse):
            actions.add(meeting=meeting, data=words, by=access(staff))


def test_the_same_matter_stands_on_the_agenda_once(meeting: Meeting, staff: User) -> None:
    actions.add(meeting=meeting, data=ItemData("Forslag 7", about="/hus/husraad/forslag/7/"), by=access(staff))
    with pytest.raises(errors.OnTheAgendaAlready):
        actions.add(meeting=meeting, data=ItemData("Igen", about="/hus/husraad/forslag/7/"), by=access(staff))


@pytest.mark.parametrize("minutes", [0, 241])
def test_the_database_refuses_an_item_without_a_sensible_length(meeting: Meeting, minutes: int) -> None:
    with pytest.raises(IntegrityError, match="agenda_item_takes_minutes"), transaction.atomic():
        AgendaItem.objects.create(meeting=meeting, position=9, title="Et", minutes_needed=minutes)


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_two_items_in_one_place(meeting: Meeting) -> None:
    with pytest.raises(IntegrityError, match="agenda_item_has_its_place"):
        AgendaItem.objects.create(meeting=meeting, position=1, title="Et til")


def test_the_database_refuses_a_meeting_that_ends_before_it_begins(meeting: Meeting) -> None:
    with pytest.raises(IntegrityError, match="meeting_ends_after_start"), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(ends_at=at(530))
