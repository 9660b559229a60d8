"""What the forum tells of a house's week: whom for what, in how many statements."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from actors.digest_lines import DigestLine, Week
from actors.meetings import actions as meetings
from actors.meetings.action_points.action_point_owners import Owner
from actors.meetings.actions import ActionPointData, ItemData, MeetingData
from actors.meetings.models import Meeting
from actors.models import Actor, User
from centers.models import Center
from collaboration.forum import actions, digest_lines
from collaboration.forum.enums import KEY
from collaboration.forum.models import Forum
from medborger.common import clock
from tests.fixtures import access


def this_week(center: Center) -> Week:
    return Week(center, clock.now() - timedelta(days=7), clock.now())


def for_whom(lines: list[DigestLine], center: Center, *people: User) -> list[tuple[str, list[str]]]:
    return [
        (line.text, [user.first_name for user in people if line.concerns.holds_for(user, access(user), center.pk)])
        for line in lines
    ]


@pytest.fixture
def thursday(
    forum: Forum, house: Center, coordinator: User, association: Actor, singers: Actor, singer: User
) -> Meeting:
    """Nine to eleven in three days: one item for all, one for the dancers, two for the singers."""
    actions.add_member(forum=forum, actor=singers, by=access(coordinator))
    day = clock.today() + timedelta(days=3)
    frame = MeetingData("Koordinerende forum", clock.at(day, 540), clock.at(day, 660))
    meeting = meetings.create(center=house, body=KEY, data=frame, by=access(coordinator))
    for title, audience in [
        ("Siden sidst", ()),
        ("Ny bordplan", (association,)),
        ("Noder", (singers,)),
        ("Kor", (singers,)),
    ]:
        words = ItemData(title, minutes_needed=20, audience=audience)
        meetings.add(meeting=meeting, data=words, by=access(coordinator))
    return meetings.convene(meeting=meeting, by=access(coordinator))


def test_each_actor_reads_just_its_own_items_of_the_coming_meeting(
    thursday: Meeting, house: Center, coordinator: User, contact: User, singer: User, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(2):
        lines = list(digest_lines.meetings(this_week(house)))
    day = lines[0].text.removeprefix("Koordinerende forum ").removesuffix(" kl. 9.00–11.00")
    assert for_whom(lines, house, coordinator, contact, singer) == [
        (f"Koordinerende forum {day} kl. 9.00–11.00", ["Kaja"]),
        (f"Koordinerende forum {day} kl. 9.20–9.40: Ny bordplan", ["Karim"]),
        (f"Koordinerende forum {day} kl. 9.40–10.00 og 10.00–10.20: Noder, Kor", ["Signe"]),
    ]
    assert (lines[0].detail, lines[0].link) == ("4 punkter.", f"/foreningernes-hus/moeder/{thursday.pk}/")
    assert len({line.key for line in lines}) == 3


def test_a_draft_and_a_meeting_in_a_month_are_not_told_of(thursday: Meeting, house: Center) -> None:
    Meeting.objects.filter(pk=thursday.pk).update(state="draft")
    assert list(digest_lines.meetings(this_week(house))) == []
    with time_machine.travel(clock.now() - timedelta(days=30), tick=False):
        Meeting.objects.filter(pk=thursday.pk).update(state="convened")
        assert list(digest_lines.meetings(this_week(house))) == []


def test_what_is_due_is_told_to_its_owner_and_who_coordinates_with_words_to_send(
    thursday: Meeting,
    house: Center,
    coordinator: User,
    association: Actor,
    contact: User,
    singer: User,
    django_assert_max_num_queries: Any,
) -> None:
    with time_machine.travel(thursday.starts_at, tick=False):
        item = thursday.items.get(position=1)
        for title, days in (("Hent tilbud", 2), ("Mål op", 8), ("Skriv ud", 40)):
            words = ActionPointData(title, clock.today() + timedelta(days=days), Owner(actor=association), agreed=True)
            meetings.add_point(item=item, data=words, by=access(coordinator))
    with time_machine.travel(thursday.starts_at + timedelta(days=3), tick=False):
        with django_assert_max_num_queries(1):
            lines = list(digest_lines.points(this_week(house)))
        told = for_whom(lines, house, coordinator, contact, singer)
    assert told == [("Opgave: Hent tilbud", ["Kaja", "Karim"]), ("Opgave: Mål op", ["Kaja", "Karim"])]
    assert [(line.urgency, line.for_forum) for line in lines] == [(60, True), (45, True)]
    assert lines[0].message.startswith(
        "Kære Folkedanserne. På Koordinerende forum aftalte vi: Hent tilbud. Det skulle være"
    )
    assert lines[0].message.endswith("Er det gjort? Er der noget i vejen, så skriv til mig.")


def test_what_was_decided_is_news_once_the_minutes_are_approved(
    thursday: Meeting,
    house: Center,
    coordinator: User,
    member: User,
    outsider: User,
    django_assert_max_num_queries: Any,
) -> None:
    with time_machine.travel(thursday.starts_at + timedelta(hours=1), tick=False):
        for item in thursday.items.filter(position__gte=2)[:2]:
            meetings.save_minutes(item=item, minutes="", decision="Det gør vi.", version=1, by=access(coordinator))
        assert list(digest_lines.decisions(this_week(house))) == []
        meetings.approve(meeting=thursday, by=access(coordinator))
        with django_assert_max_num_queries(2):
            (line,) = digest_lines.decisions(this_week(house))
        told = for_whom([line], house, coordinator, member, outsider)
    assert told == [(line.text, ["Kaja", "Mette"])]
    assert line.text.endswith(": 2 beslutninger")
    assert (line.detail, line.done_by, line.at) == (
        "Ny bordplan, Noder",
        coordinator.pk,
        thursday.starts_at + timedelta(hours=1),
    )
