"""Founding a forum, saying how often it meets, who holds it and who is in it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from actors.errors import ActorNotInHouse
from actors.models import Actor, User
from centers.enums import Weekday
from centers.models import Center, Room
from collaboration.forum import actions, errors
from collaboration.forum.enums import Rhythm
from collaboration.forum.models import Forum, ForumMember
from medborger.common import clock
from medborger.common.errors import NotAllowed, Stale
from medborger.common.models import Audit, Message
from tests.collaboration.forum.factories import frame
from tests.factories import ActorFactory, RoomFactory
from tests.fixtures import access


def test_who_coordinates_the_house_founds_its_one_forum(house: Center, manager: User, coordinator: User) -> None:
    made = actions.found(center=house, frame=frame(every=2), by=access(manager))
    assert (made.name, made.every, made.founded_on) == ("Koordinerende forum", 2, clock.today())
    with pytest.raises(errors.ForumAlready):
        actions.found(center=house, frame=frame(), by=access(coordinator))
    assert Audit.objects.filter(verb="forum.founded", person=manager).count() == 1


def test_others_found_none(house: Center, staff: User, member: User, other_manager: User) -> None:
    for other in (staff, member, other_manager):
        with pytest.raises(NotAllowed):
            actions.found(center=house, frame=frame(), by=access(other))
    assert not Forum.objects.exists()


def test_the_cadence_is_changed_on_its_newest_version(forum: Forum, coordinator: User, room: Room) -> None:
    weekly = frame(rhythm=Rhythm.WEEKS, every=6, nth=None, weekday=Weekday.MONDAY, room=room, place="Bag scenen")
    changed = actions.change(forum=forum, frame=weekly, version=forum.version, by=access(coordinator))
    assert (changed.rhythm, changed.every, changed.weekday, changed.where) == ("weeks", 6, 0, "Salen, Bag scenen")
    with pytest.raises(Stale) as refused:
        actions.change(forum=forum, frame=frame(), version=forum.version, by=access(coordinator))
    assert refused.value.current.every == 6


@pytest.mark.parametrize(
    ("said", "error"),
    [({"start": 23 * 60, "length": 120}, errors.OverMidnight), ({"room": "next door"}, errors.RoomElsewhere)],
)
def test_a_frame_that_cannot_be_is_refused(
    forum: Forum, coordinator: User, other_house: Center, said: dict[str, Any], error: type[Exception]
) -> None:
    if "room" in said:
        said = {"room": RoomFactory.create(center=other_house)}
    with pytest.raises(error):
        actions.change(forum=forum, frame=frame(**said), version=1, by=access(coordinator))


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"nth": None}, "forum_nth_of_months"),
        ({"rhythm": "weeks"}, "forum_nth_of_months"),
        ({"every": 7}, "forum_nth_of_months"),
        ({"every": 0}, "forum_meets"),
        ({"start": 1400}, "forum_meets_within_a_day"),
    ],
)
def test_the_database_refuses_a_cadence_that_says_nothing(
    forum: Forum, columns: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Forum.objects.update(**columns)


def test_the_database_refuses_a_room_of_another_house(forum: Forum, other_house: Center) -> None:
    with pytest.raises(IntegrityError, match="forum_room_in_house"), transaction.atomic():
        Forum.objects.update(room=RoomFactory.create(center=other_house))


# --- who holds it ---------------------------------------------------------------------------------------------------


def test_a_new_holder_is_told_what_they_take_over_and_the_one_before_is_thanked(
    forum: Forum, coordinator: User, staff: User, contact: User
) -> None:
    actions.name_holder(forum=forum, user=staff, by=access(coordinator))
    held = actions.name_holder(forum=forum, user=contact, by=access(coordinator))
    assert (held.holder, held.is_held) == (contact, True)
    letters = [(letter.user, letter.subject) for letter in Message.objects.order_by("pk")]
    assert letters == [
        (staff, "Du er tovholder for Koordinerende forum"),
        (contact, "Du er tovholder for Koordinerende forum"),
        (staff, "En anden er tovholder for Koordinerende forum"),
    ]
    assert Message.objects.filter(user=contact).get().link.endswith("/foreningernes-hus/forum/overlevering/")


def test_the_holder_says_how_often_it_meets_and_when_they_stop_but_not_who_comes_after(
    forum: Forum, coordinator: User, contact: User, singers: Actor, singer: User
) -> None:
    with pytest.raises(NotAllowed):
        actions.change(forum=forum, frame=frame(every=2), version=1, by=access(contact))
    held = actions.name_holder(forum=forum, user=contact, by=access(coordinator))
    held = actions.change(forum=held, frame=frame(every=2), version=held.version, by=access(contact))
    actions.add_member(forum=held, actor=singers, by=access(contact))
    with pytest.raises(NotAllowed):
        actions.name_holder(forum=held, user=singer, by=access(contact))
    stopped = actions.end_holder(forum=held, last_day=clock.today(), by=access(contact))
    assert (stopped.every, stopped.holder_until, stopped.is_held) == (2, clock.today(), True)


def test_a_holder_belongs_to_the_house_and_stops_no_earlier_than_today(
    forum: Forum, coordinator: User, outsider: User, staff: User
) -> None:
    with pytest.raises(errors.NotInTheHouse):
        actions.name_holder(forum=forum, user=outsider, by=access(coordinator))
    with pytest.raises(errors.NobodyHoldsIt):
        actions.end_holder(forum=forum, last_day=clock.today(), by=access(coordinator))
    yesterday: date = clock.today() - timedelta(days=1)
    with pytest.raises(errors.LastDayIsPast):
        actions.name_holder(forum=forum, user=staff, until=yesterday, by=access(coordinator))


# --- who is in it ---------------------------------------------------------------------------------------------------


def test_an_actor_is_in_the_forum_once_and_may_come_back(forum: Forum, coordinator: User, singers: Actor) -> None:
    by = access(coordinator)
    member = actions.add_member(forum=forum, actor=singers, by=by)
    with pytest.raises(errors.MemberAlready):
        actions.add_member(forum=forum, actor=singers, by=by)
    actions.remove_member(member=member, by=by)
    actions.remove_member(member=member, by=by)
    assert [found.actor.name for found in ForumMember.objects.in_force()] == ["Folkedanserne"]
    actions.add_member(forum=forum, actor=singers, by=by)
    assert ForumMember.objects.in_force().count() == 2
    assert Audit.objects.filter(verb="forum.member_removed").count() == 1


def test_actors_of_another_house_are_not_let_in(forum: Forum, coordinator: User, other_house: Center) -> None:
    with pytest.raises(ActorNotInHouse):
        actions.add_member(forum=forum, actor=ActorFactory.create(house=other_house), by=access(coordinator))
