"""Minutes: nothing that anybody wrote is lost, and what was approved stays."""

from functools import partial
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from actors.meetings import actions, errors
from actors.meetings.actions import ItemData
from actors.meetings.enums import Direction, MeetingState
from actors.meetings.models import AgendaItem, Meeting
from actors.models import User
from medborger.common import clock
from medborger.common.errors import NotAllowed, Stale
from medborger.common.models import Audit
from tests.actors.meetings.factories import at
from tests.fixtures import access

DURING = at(550)


def save(item: AgendaItem, minutes: str, by: User, version: int = 1, decision: str = "") -> AgendaItem:
    return actions.save_minutes(item=item, minutes=minutes, decision=decision, version=version, by=access(by))


def test_what_was_said_and_decided_is_kept_with_the_time_it_was_saved(
    running: Meeting, items: list[AgendaItem], staff: User
) -> None:
    save(items[1], "Gulvet knirker.", staff, decision="Vi sliber det i juli.")
    saved = AgendaItem.objects.get(pk=items[1].pk)
    assert (saved.minutes, saved.decision) == ("Gulvet knirker.", "Vi sliber det i juli.")
    assert (saved.minutes_version, saved.minutes_saved_at) == (2, DURING)
    running.refresh_from_db()
    assert running.state == MeetingState.HELD


def test_the_second_of_two_who_write_gets_both_texts_and_overwrites_neither(
    running: Meeting, items: list[AgendaItem], staff: User, manager: User
) -> None:
    save(items[0], "Den enes ord", staff)
    with pytest.raises(Stale) as refused:
        save(items[0], "Den andens ord", manager)
    fresh = refused.value.current
    assert (fresh.minutes, fresh.minutes_version) == ("Den enes ord", 2)
    save(items[0], "Den enes ord og den andens ord", manager, version=fresh.minutes_version)
    assert AgendaItem.objects.get(pk=items[0].pk).minutes == "Den enes ord og den andens ord"


def test_the_same_words_again_are_no_change_whatever_the_version(
    running: Meeting, items: list[AgendaItem], staff: User
) -> None:
    save(items[0], "De samme ord", staff)
    assert save(items[0], "De samme ord", staff).minutes_version == 2
    assert Audit.objects.filter(verb="agendaitem.minutes_saved").count() == 1


def test_two_who_write_in_different_items_do_not_meet(
    running: Meeting, items: list[AgendaItem], staff: User, manager: User
) -> None:
    save(items[0], "Om det ene", staff)
    save(items[1], "Om det andet", manager)
    assert list(running.items.values_list("minutes", flat=True)) == ["Om det ene", "Om det andet", ""]


def test_minutes_open_a_quarter_before_the_start(meeting: Meeting, items: list[AgendaItem], staff: User) -> None:
    actions.convene(meeting=meeting, by=access(staff))
    with time_machine.travel(at(524), tick=False), pytest.raises(errors.MinutesClosed):
        save(items[0], "For tidligt", staff)
    with time_machine.travel(at(526), tick=False):
        save(items[0], "Klar", staff)
    assert Meeting.objects.get().state == MeetingState.CONVENED


def test_a_draft_and_a_cancelled_meeting_take_no_minutes(
    meeting: Meeting, items: list[AgendaItem], staff: User
) -> None:
    with time_machine.travel(DURING, tick=False), pytest.raises(errors.MinutesClosed):
        save(items[0], "Kladde", staff)
    actions.convene(meeting=meeting, by=access(staff))
    actions.cancel(meeting=meeting, by=access(staff))
    with time_machine.travel(DURING, tick=False), pytest.raises(errors.MinutesClosed):
        save(items[0], "Aflyst", staff)


def test_only_who_keeps_the_minutes_writes_ticks_and_approves(
    running: Meeting, items: list[AgendaItem], contact: User
) -> None:
    acts: list[Any] = [
        lambda: save(items[0], "Mit", contact),
        lambda: actions.attend(meeting=running, came=[1], left=[], by=access(contact)),
        lambda: actions.approve(meeting=running, by=access(contact)),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_two_who_tick_at_once_do_not_undo_each_others(running: Meeting, staff: User, manager: User) -> None:
    first, second = running.participants.values_list("pk", flat=True)
    actions.attend(meeting=running, came=[first], left=[], by=access(staff))
    actions.attend(meeting=running, came=[second], left=[], by=access(manager))
    assert list(running.participants.values_list("present", flat=True)) == [True, True]
    actions.attend(meeting=running, came=[], left=[first], by=access(manager))
    assert running.participants.get(pk=first).present is False


# --- approval -------------------------------------------------------------------------------------------------------


def test_approved_minutes_and_their_agenda_change_no_more(
    running: Meeting, items: list[AgendaItem], staff: User
) -> None:
    save(items[0], "Sådan var det", staff)
    approved = actions.approve(meeting=running, by=access(staff))
    assert (approved.state, approved.minutes_approved_at) == (MeetingState.HELD, clock.now())
    by = access(staff)
    refused: list[tuple[type[Exception], Any]] = [
        (errors.MinutesClosed, partial(save, items[0], "Sådan var det ikke", staff, 2)),
        (errors.MinutesClosed, partial(actions.attend, meeting=running, came=[1], left=[], by=by)),
        (errors.AgendaClosed, partial(actions.add, meeting=running, data=ItemData("Glemt"), by=by)),
        (errors.AgendaClosed, partial(actions.move, item=items[0], direction=Direction.DOWN, by=by)),
        (errors.AgendaClosed, partial(actions.remove, item=items[1], by=by)),
    ]
    for error, act in refused:
        with pytest.raises(error):
            act()
    assert list(running.items.values_list("minutes", flat=True)) == ["Sådan var det", "", ""]


@pytest.mark.parametrize("changed", [{"minutes": "Omskrevet"}, {"decision": "Omgjort"}, {"title": "Noget andet"}])
def test_the_database_itself_keeps_approved_minutes(
    running: Meeting, items: list[AgendaItem], staff: User, changed: dict[str, str]
) -> None:
    actions.approve(meeting=running, by=access(staff))
    with pytest.raises(IntegrityError, match="approved"), transaction.atomic():
        AgendaItem.objects.filter(pk=items[0].pk).update(**changed)
    with pytest.raises(IntegrityError, match="approved"), transaction.atomic():
        AgendaItem.objects.filter(pk=items[0].pk).delete()
    with pytest.raises(IntegrityError, match="approved"), transaction.atomic():
        AgendaItem.objects.create(meeting=running, position=9, title="Indsmuglet")


def test_approving_twice_keeps_the_first_time(running: Meeting, staff: User) -> None:
    first = actions.approve(meeting=running, by=access(staff)).minutes_approved_at
    with time_machine.travel(at(700), tick=False):
        assert actions.approve(meeting=running, by=access(staff)).minutes_approved_at == first


def test_minutes_are_not_approved_before_the_meeting(meeting: Meeting, staff: User) -> None:
    actions.convene(meeting=meeting, by=access(staff))
    with pytest.raises(errors.NotHeldYet):
        actions.approve(meeting=meeting, by=access(staff))


def test_an_item_with_minutes_stays_on_the_agenda(running: Meeting, items: list[AgendaItem], staff: User) -> None:
    save(items[0], "Sagt er sagt", staff)
    with pytest.raises(errors.ItemHasMinutes):
        actions.remove(item=items[0], by=access(staff))
