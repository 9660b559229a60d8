"""The forum as a body that meets: who is invited, what is offered, and that each is told just of what is theirs."""

from datetime import date, timedelta

import pytest
import time_machine

from actors.enums import ActorRole, Role
from actors.meetings import actions as meetings, errors, meeting_bodies
from actors.meetings.action_points.action_point_owners import Owner
from actors.meetings.actions import ActionPointData, ItemData, MeetingData
from actors.meetings.agenda import agenda_suggestions
from actors.meetings.enums import Direction
from actors.meetings.models import AgendaItem, Meeting
from actors.models import Actor, Affiliation, User
from centers.models import Center
from collaboration.forum import actions, lapse
from collaboration.forum.enums import KEY
from collaboration.forum.meeting_body import invitees, next_time
from collaboration.forum.models import Forum, ProposedItem
from medborger.common import clock
from medborger.common.errors import NotAllowed
from medborger.common.models import Message
from tests.collaboration.forum.factories import proposal
from tests.factories import ActorFactory, MembershipFactory, UserFactory, person_with, working_day
from tests.fixtures import access

NINE = 540


def draft(center: Center, by: User, day: date | None = None) -> Meeting:
    day = day or working_day()
    at = MeetingData("Koordinerende forum", clock.at(day, NINE), clock.at(day, NINE + 120))
    return meetings.create(center=center, body=KEY, data=at, by=access(by))


def put_on(meeting: Meeting, by: User, title: str) -> AgendaItem:
    """What is offered under the title, as the agenda's button does it."""
    suggestion = next(
        suggestion
        for suggestion in agenda_suggestions.suggestions(Meeting.objects.get(pk=meeting.pk))
        if suggestion.data.title == title
    )
    return meetings.add(meeting=meeting, data=suggestion.data, carried_from=suggestion.carried, by=access(by))


def offered(meeting: Meeting) -> list[str]:
    return [suggestion.data.title for suggestion in agenda_suggestions.suggestions(Meeting.objects.get(pk=meeting.pk))]


# --- who comes ------------------------------------------------------------------------------------------------------


def test_contact_persons_come_for_their_actors_and_those_who_coordinate_in_their_own_right(
    forum: Forum, house: Center, coordinator: User, contact: User, member: User, staff: User, singers: Actor
) -> None:
    """The singers have no contact person: all of theirs come."""
    first, second = (UserFactory.create(member_of=singers, name=name) for name in ("Anna Alt", "Bo Bas"))
    actions.add_member(forum=forum, actor=singers, by=access(coordinator))
    actions.name_holder(forum=forum, user=staff, by=access(coordinator))
    assert [(found.user, found.actor and found.actor.name, found.capacity) for found in invitees(house)] == [
        (staff, None, "tovholder"),
        (coordinator, None, "koordinator"),
        (contact, "Folkedanserne", ""),
        (first, "Koret", ""),
        (second, "Koret", ""),
    ]


def test_the_coordinator_the_manager_and_the_holder_convene_and_staff_keep_the_minutes(
    forum: Forum, house: Center, coordinator: User, manager: User, staff: User, contact: User, member: User
) -> None:
    actions.name_holder(forum=forum, user=contact, by=access(coordinator))
    body = meeting_bodies.by_key(KEY)
    people = {"coordinator": coordinator, "manager": manager, "staff": staff, "holder": contact, "member": member}
    assert [name for name, user in people.items() if body.may_convene(access(user), house)] == [
        "coordinator",
        "manager",
        "holder",
    ]
    assert [name for name, user in people.items() if body.may_keep_minutes(access(user), house)] == [
        "coordinator",
        "manager",
        "staff",
        "holder",
    ]
    with pytest.raises(NotAllowed):
        draft(house, member)


def test_a_holder_who_has_left_the_house_keeps_nothing_and_is_missed(
    forum: Forum, house: Center, coordinator: User, contact: User
) -> None:
    actions.name_holder(forum=forum, user=contact, by=access(coordinator))
    contact.memberships.update(until=clock.today())
    body = meeting_bodies.by_key(KEY)
    assert not body.may_convene(access(contact), house)
    assert not body.may_keep_minutes(access(contact), house)
    assert contact not in [found.user for found in invitees(house)]
    with pytest.raises(NotAllowed):
        draft(house, contact)
    assert [alert.alarm for alert in lapse.warnings(lapse.ForumState.of(house))][-1] == lapse.Alarm.NO_HOLDER


@pytest.mark.moment(clock.at(date(2026, 11, 24), 12 * 60))
def test_a_new_meeting_is_suggested_for_the_next_day_that_is_due_and_free(
    forum: Forum, house: Center, coordinator: User
) -> None:
    with time_machine.travel(clock.at(date(2026, 12, 1), NINE), tick=False):
        first = next_time(house)
        assert first is not None
        assert (clock.local(first.starts_at).isoformat(), clock.local(first.ends_at).hour) == (
            "2026-12-03T09:00:00+01:00",
            11,
        )
        draft(house, coordinator, date(2026, 12, 3))
        second = next_time(house)
    assert second is not None
    assert clock.local(second.starts_at).date() == date(2027, 1, 7)


# --- what is offered ------------------------------------------------------------------------------------------------


def test_what_was_proposed_waits_until_the_forum_has_written_of_it(
    forum: Forum, house: Center, coordinator: User, member: User
) -> None:
    proposal(house, member)
    meeting = draft(house, coordinator)
    assert offered(meeting) == ["Ny bordplan"]
    item = put_on(meeting, coordinator, "Ny bordplan")
    assert offered(meeting) == []
    with pytest.raises(errors.OnTheAgendaAlready):
        meetings.add(meeting=meeting, data=ItemData("Igen", about=item.about), by=access(coordinator))
    meetings.convene(meeting=meeting, by=access(coordinator))
    with time_machine.travel(meeting.starts_at + timedelta(minutes=10), tick=False):
        written = meetings.save_minutes(
            item=item, minutes="Vi tog det op.", decision="", version=1, by=access(coordinator)
        )
        assert not ProposedItem.objects.waiting().exists()
        meetings.save_minutes(item=written, minutes="", decision="", version=2, by=access(coordinator))
        assert ProposedItem.objects.waiting().count() == 1


def test_what_was_not_reached_is_offered_once_though_it_was_proposed(
    forum: Forum, house: Center, coordinator: User, member: User
) -> None:
    proposal(house, member)
    meeting = draft(house, coordinator)
    meetings.add(meeting=meeting, data=ItemData("Siden sidst"), by=access(coordinator))
    put_on(meeting, coordinator, "Ny bordplan")
    meetings.convene(meeting=meeting, by=access(coordinator))
    with time_machine.travel(meeting.starts_at + timedelta(minutes=10), tick=False):
        first = meeting.items.get(title="Siden sidst")
        meetings.save_minutes(item=first, minutes="En runde.", decision="", version=1, by=access(coordinator))
    with time_machine.travel(meeting.ends_at + timedelta(days=1), tick=False):
        following = draft(house, coordinator, clock.today() + timedelta(days=28))
        assert offered(following) == ["Ny bordplan"]
        again = put_on(following, coordinator, "Ny bordplan")
    assert again.carried_from is not None
    assert again.about.endswith(f"/forum/punkter/{ProposedItem.objects.get().pk}/")


def test_newcomers_and_what_was_agreed_are_offered_by_themselves(
    forum: Forum, house: Center, coordinator: User, association: Actor
) -> None:
    meeting = draft(house, coordinator)
    item = meetings.add(meeting=meeting, data=ItemData("Siden sidst"), by=access(coordinator))
    meetings.convene(meeting=meeting, by=access(coordinator))
    with time_machine.travel(meeting.starts_at + timedelta(minutes=10), tick=False):
        for title, days in (("Hent tilbud", 2), ("Mål op", 90)):
            words = ActionPointData(title, clock.today() + timedelta(days=days), Owner(actor=association), agreed=True)
            meetings.add_point(item=item, data=words, by=access(coordinator))
    with time_machine.travel(meeting.ends_at + timedelta(days=7), tick=False):
        newcomer = ActorFactory.create(name="Skakklubben")
        Affiliation.objects.create(actor=newcomer, center=house, since=clock.today())
        assert offered(draft(house, coordinator, clock.today() + timedelta(days=28))) == [
            "Opgaver fra sidst (2 åbne)",
            "Opgaven er over tiden: Hent tilbud",
            "Ny i huset: Skakklubben",
        ]


# --- each just when they are needed ---------------------------------------------------------------------------------


def told(user: User) -> list[str]:
    return [letter.subject.split(":")[0] for letter in Message.objects.filter(user=user).order_by("pk")]


def test_moving_an_item_tells_only_the_actors_whose_time_it_moves(
    forum: Forum, house: Center, coordinator: User, association: Actor, contact: User
) -> None:
    """Dancers 9.00-9.20, singers 9.20-9.40, chess players 9.40-10.00; the first two change places."""
    actors, people = [association], [contact]
    for name in ("Koret", "Skakklubben"):
        actor = ActorFactory.create(name=name, house=house)
        actions.add_member(forum=forum, actor=actor, by=access(coordinator))
        actors.append(actor)
        people.append(MembershipFactory.create(actor=actor, role=ActorRole.CONTACT).user)
    meeting = draft(house, coordinator)
    for actor in actors:
        words = ItemData(f"Om {actor.name}", minutes_needed=20, audience=(actor,))
        meetings.add(meeting=meeting, data=words, by=access(coordinator))
    meetings.convene(meeting=meeting, by=access(coordinator))
    assert [told(user) for user in people] == [["Indkaldelse"]] * 3
    meetings.move(item=meeting.items.get(position=1), direction=Direction.DOWN, by=access(coordinator))
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        meetings.tell_settled()
    assert [told(user) for user in people] == [["Indkaldelse", "Ny tid"], ["Indkaldelse", "Ny tid"], ["Indkaldelse"]]
    singer = Message.objects.filter(user=people[1]).latest("pk")
    assert singer.text.startswith("I skal bruges kl. 9.00–9.20.")
    assert "Før var det kl. 9.20–9.40." in singer.text


def test_the_house_next_door_has_no_forum(forum: Forum, other_house: Center) -> None:
    person_with(Role.COORDINATOR, other_house)
    assert list(invitees(other_house)) == []
    assert next_time(other_house) is None
    assert meeting_bodies.by_key(KEY).name(other_house) is None
