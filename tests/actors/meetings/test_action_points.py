"""Action points: one owner each, never volunteers by default, reminded twice, closed in one click (S728-735)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import IntegrityError, transaction

from actors.enums import ActorKind
from actors.meetings import actions, errors, privacy
from actors.meetings.action_points.action_point_owners import Owner
from actors.meetings.actions import ActionPointData
from actors.meetings.models import ActionPoint, AgendaItem, Meeting
from actors.models import Actor, User
from centers.models import Center
from medborger.common import clock
from medborger.common.errors import AlreadyDone, NotAllowed, Stale
from medborger.common.models import Message
from tests.actors.meetings.factories import at, draft
from tests.factories import ActorFactory, UserFactory
from tests.fixtures import access

TOKEN = UUID("6f2c1a54-5a0e-4b52-9d8f-1f2f3f4f5f6f")


def due(days: int) -> date:
    return clock.today() + timedelta(days=days)


def write(item: AgendaItem, by: User, owner: Owner | None = None, days: int = 14, **said: Any) -> ActionPoint:
    words = ActionPointData("Hent tilbud", due(days), owner or Owner(), **said)
    return actions.add_point(item=item, data=words, by=access(by))


@pytest.fixture
def office(house: Center) -> Actor:
    """An actor with employees: it can be given what it has not asked for."""
    return ActorFactory.create(name="Helhedsplanen", kind=ActorKind.AREA_PLAN, house=house)


# --- who owns it ----------------------------------------------------------------------------------------------------


def test_by_default_the_house_does_it(running: Meeting, items: list[AgendaItem], staff: User) -> None:
    point = write(items[0], staff, Owner(user=running.body.default_owner(running.center)))
    assert (point.owner_house, point.owner_actor, point.owner_user) == (True, None, None)


def test_an_association_does_only_what_it_has_said_yes_to(
    running: Meeting, items: list[AgendaItem], staff: User, association: Actor, office: Actor
) -> None:
    with pytest.raises(errors.NotByDefault):
        write(items[0], staff, Owner(actor=association))
    assert write(items[0], staff, Owner(actor=association), agreed=True).agreed
    assert not write(items[0], staff, Owner(actor=office), agreed=True).agreed


@pytest.mark.parametrize(
    "columns", [{"owner_house": False}, {"owner_house": True, "owner_user": True}, {"owner_actor": True}]
)
def test_the_database_refuses_none_and_two_owners(
    running: Meeting, items: list[AgendaItem], staff: User, association: Actor, columns: dict[str, Any]
) -> None:
    point = write(items[0], staff)
    owners = {"owner_user": staff.pk, "owner_actor": association.pk}
    changed = {name: owners.get(name, value) for name, value in columns.items()}
    with pytest.raises(IntegrityError, match="action_point_has_one_owner"), transaction.atomic():
        ActionPoint.objects.filter(pk=point.pk).update(**changed)


@pytest.mark.parametrize(
    ("column", "constraint"), [("center", "action_point_meeting_of_house"), ("item", "action_point_item_of_meeting")]
)
def test_the_database_refuses_a_point_of_another_house_or_meeting(
    running: Meeting, items: list[AgendaItem], staff: User, other_house: Center, column: str, constraint: str
) -> None:
    point = write(items[0], staff)
    elsewhere = {
        "center": other_house,
        "item": draft(running.center, staff, starts_at=at(600)).items.create(position=1),
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ActionPoint.objects.filter(pk=point.pk).update(**{column: elsewhere[column]})


def test_who_is_not_of_the_house_is_given_nothing(
    running: Meeting, items: list[AgendaItem], staff: User, outsider: User, other_house: Center
) -> None:
    for owner in (Owner(user=outsider), Owner(actor=ActorFactory.create(house=other_house))):
        with pytest.raises(errors.OwnerElsewhere):
            write(items[0], staff, owner, agreed=True)
    with pytest.raises(errors.DueInThePast):
        write(items[0], staff, days=-1)


# --- writing it -----------------------------------------------------------------------------------------------------


def test_it_is_written_with_the_minutes_by_who_keeps_them_and_once_per_form(
    running: Meeting, items: list[AgendaItem], staff: User, contact: User
) -> None:
    words = ActionPointData("Hent tilbud", due(14), Owner())
    made = actions.add_point(item=items[0], data=words, token=TOKEN, by=access(staff))
    with pytest.raises(AlreadyDone) as again:
        actions.add_point(item=items[0], data=words, token=TOKEN, by=access(staff))
    assert again.value.outcome == made
    with pytest.raises(NotAllowed):
        actions.add_point(item=items[0], data=words, by=access(contact))


def test_an_item_with_an_action_point_was_reached_and_stays_on_the_agenda(
    running: Meeting, items: list[AgendaItem], staff: User
) -> None:
    write(items[1], staff)
    with pytest.raises(errors.ItemHasMinutes):
        actions.remove(item=items[1], by=access(staff))


def test_once_the_minutes_are_approved_only_owner_and_day_change(
    running: Meeting, items: list[AgendaItem], staff: User, office: Actor, contact: User
) -> None:
    point = write(items[0], staff)
    actions.approve(meeting=running, by=access(staff))
    with pytest.raises(errors.MinutesClosed):
        write(items[0], staff)
    with pytest.raises(errors.ActionPointStays):
        actions.remove_point(point=point, by=access(staff))
    words = ActionPointData("Noget andet", due(21), Owner(actor=office))
    changed = actions.change_point(point=point, data=words, version=1, by=access(staff))
    assert (changed.title, changed.owner_actor, changed.due_on) == ("Hent tilbud", office, due(21))
    with pytest.raises(Stale):
        actions.change_point(point=point, data=words, version=1, by=access(staff))
    with pytest.raises(NotAllowed):
        actions.change_point(point=point, data=words, version=2, by=access(contact))
    with pytest.raises(IntegrityError, match="approved_minutes_stay"), transaction.atomic():
        ActionPoint.objects.filter(pk=point.pk).update(title="Noget andet")


# --- closing it -----------------------------------------------------------------------------------------------------


def test_its_owner_and_staff_close_it_and_can_undo_that_for_ten_minutes(
    running: Meeting, items: list[AgendaItem], staff: User, association: Actor, member: User, singer: User
) -> None:
    point = write(items[0], staff, Owner(actor=association), agreed=True)
    actions.approve(meeting=running, by=access(staff))
    with pytest.raises(NotAllowed):
        actions.close_point(point=point, by=access(singer))
    done = actions.close_point(point=point, by=access(member))
    assert (done.is_done, done.done_by) == (True, member)
    assert actions.close_point(point=point, by=access(staff)).done_by == member
    assert not actions.reopen_point(point=point, by=access(staff)).is_done
    actions.close_point(point=point, by=access(member))
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False), pytest.raises(errors.TooLateToReopen):
        actions.reopen_point(point=point, by=access(member))


# --- reminding ------------------------------------------------------------------------------------------------------


def reminded(on: date, hour: int = 9) -> list[tuple[str, str]]:
    """Whom the sweep writes to at that hour."""
    before = Message.objects.count()
    with time_machine.travel(clock.at(on, hour * 60 + 20), tick=False):
        actions.remind_due()
    return [(str(letter.user), letter.subject.split(":")[0]) for letter in Message.objects.order_by("pk")[before:]]


def test_the_owner_is_reminded_three_days_before_and_when_the_day_has_gone_once_each(
    running: Meeting, items: list[AgendaItem], staff: User, association: Actor, member: User, contact: User
) -> None:
    write(items[0], staff, Owner(actor=association), agreed=True)
    assert reminded(due(10)) == []
    assert reminded(due(11)) == [("Karim Kontakt", "Husk opgaven")]
    assert reminded(due(12)) == reminded(due(14)) == []
    assert reminded(due(15), hour=7) == reminded(due(15), hour=20) == []
    assert reminded(due(15)) == [("Karim Kontakt", "Opgaven skulle være løst")]
    assert reminded(due(40)) == []


def test_what_the_house_does_is_reminded_to_who_coordinates_or_else_leads_it(
    running: Meeting, items: list[AgendaItem], staff: User, manager: User, request: pytest.FixtureRequest
) -> None:
    point = write(items[0], staff)
    assert [str(user) for user in Owner.of(point).people(running.center)] == ["Leo Leder"]
    request.getfixturevalue("coordinator")
    assert reminded(due(11)) == [("Kaja Koordinator", "Husk opgaven")]


def test_what_is_done_or_was_given_another_day_is_not_reminded_of(
    running: Meeting, items: list[AgendaItem], staff: User, manager: User
) -> None:
    done, later = write(items[0], staff), write(items[0], staff)
    actions.close_point(point=done, by=access(staff))
    assert len(reminded(due(11))) == 1
    words = ActionPointData("Hent tilbud", due(30), Owner())
    actions.change_point(point=later, data=words, version=1, by=access(staff))
    assert reminded(due(15)) == []
    assert reminded(due(27)) == [("Leo Leder", "Husk opgaven")]


# --- who sees it, and for how long ----------------------------------------------------------------------------------


def test_staff_see_all_and_others_those_of_meetings_they_may_see_and_their_own(
    running: Meeting, items: list[AgendaItem], staff: User, member: User, outsider: User, other_manager: User
) -> None:
    point = write(items[0], staff)
    house = running.center
    seen = {user: list(ActionPoint.objects.visible_to(access(user), house)) for user in (staff, member, outsider)}
    assert seen == {staff: [point], member: [point], outsider: []}
    assert not ActionPoint.objects.visible_to(access(other_manager), house).exists()


def test_the_person_who_owned_it_is_cut_after_five_years_and_the_house_answers_for_it(
    running: Meeting, items: list[AgendaItem], staff: User
) -> None:
    point = write(items[0], staff, Owner(user=staff))
    years = clock.local(running.ends_at).year + 5
    with time_machine.travel(clock.local(running.ends_at).replace(year=years) + timedelta(days=1), tick=False):
        assert (privacy.forget_point_people(), privacy.forget_point_people()) == (1, 0)
    point.refresh_from_db()
    assert (point.owner_user, point.owner_house, point.created_by) == (None, True, None)


# --- sending the minutes --------------------------------------------------------------------------------------------


def test_the_approved_minutes_are_sent_once_with_what_was_decided_and_who_does_what(
    running: Meeting, items: list[AgendaItem], staff: User, contact: User, association: Actor
) -> None:
    write(items[1], staff, Owner(actor=association), agreed=True)
    actions.save_minutes(
        item=items[1], minutes="Gulvet knirker.", decision="Vi sliber det.", version=1, by=access(staff)
    )
    with pytest.raises(errors.NotApprovedYet):
        actions.send(meeting=running, by=access(staff))
    actions.approve(meeting=running, by=access(staff))
    late = UserFactory.create(contact_of=association, name="Ny Kontakt")
    with pytest.raises(NotAllowed):
        actions.send(meeting=running, by=access(contact))
    assert actions.send(meeting=running, by=access(staff)) == 3
    assert actions.send(meeting=running, by=access(staff)) == 0
    letters = Message.objects.filter(dedupe_key__startswith=f"minutes:{running.pk}:")
    assert {letter.user.name for letter in letters if letter.user} == {"Karim Kontakt", "Signe Sopran", late.name}
    (text,) = set(letters.values_list("text", flat=True))
    assert text.startswith(
        "Referatet er godkendt.\n\nBeslutning om Nye gulve:\nVi sliber det.\n\nOpgaver:\nHent tilbud (Folkedanserne, senest "
    )
    assert "Gulvet knirker" not in text


def test_a_draft_is_neither_approved_nor_sent(meeting: Meeting, staff: User) -> None:
    with pytest.raises(errors.NotApprovedYet):
        actions.send(meeting=meeting, by=access(staff))
    with pytest.raises(IntegrityError, match="meeting_sent_was_approved"), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(minutes_sent_at=clock.now())
