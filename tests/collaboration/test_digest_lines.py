"""What the log tells in a digest, to whom, and when it has been told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.access import Access
from actors.digest_lines import DigestLine, Week
from actors.models import Actor, Affiliation, User
from centers.models import Center
from collaboration import actions, digest_lines
from collaboration.enums import CollaborationKind
from collaboration.introductions import actions as introductions
from collaboration.models import Collaboration, Introduction
from medborger.common import clock
from tests.collaboration.factories import days_ago, entered, proposed
from tests.factories import ActorFactory
from tests.fixtures import access


@pytest.fixture
def now(house: Center) -> Week:
    return Week(house, since=clock.now() - timedelta(days=7), now=clock.now() + timedelta(minutes=1))


def readers(line: DigestLine, center: Center, *users: User) -> set[User]:
    return {user for user in users if line.concerns.holds_for(user, Access.of(user), center.pk)}


def keys(lines: Iterable[DigestLine]) -> list[str]:
    return [line.key for line in lines]


def test_a_proposal_needs_its_actors_and_the_coordinator(
    house: Center,
    now: Week,
    association: Actor,
    singers: Actor,
    singer: User,
    player: User,
    coordinator: User,
    staff: User,
) -> None:
    made = proposed(house, association, singers)
    (line,) = digest_lines.proposals(now)
    assert line.text == "Har Folkedanserne og Koret et samarbejde? Fælles aften"
    assert (line.link, line.urgency) == (f"/foreningernes-hus/samarbejde/{made.pk}/", 40)
    assert readers(line, house, singer, player, coordinator, staff) == {singer, coordinator}
    assert line.message.startswith("Kære Folkedanserne og Koret\n\n")
    actions.dismiss(collaboration=made, by=access(singer))
    assert list(digest_lines.proposals(replace(now))) == []


@pytest.mark.parametrize(("days", "urgency"), [(1, 60), (-6, 45), (-9, None)])
def test_a_next_step_is_told_when_it_is_due_and_pressed_when_it_is_late(
    house: Center,
    now: Week,
    association: Actor,
    singers: Actor,
    contact: User,
    singer: User,
    days: int,
    urgency: int | None,
) -> None:
    entered(
        house,
        contact,
        association,
        singers,
        next_step="Book Salen",
        next_step_owner=singers,
        next_step_on=days_ago(days),
    )
    lines = list(digest_lines.steps(now))
    assert [line.urgency for line in lines] == ([urgency] if urgency else [])
    for line in lines:
        assert line.text == "Koret: Book Salen"
        assert readers(line, house, contact, singer) == {singer}


def test_a_new_collaboration_is_news_for_all_but_who_confirmed_it(
    house: Center, now: Week, association: Actor, singers: Actor, contact: User, member: User, outsider: User
) -> None:
    made = entered(house, contact, association, singers, form=CollaborationKind.CO_CREATE)
    (line,) = digest_lines.new_collaborations(now)
    assert (line.text, line.form, line.at) == ("Folkedanserne og Koret: Fællessang", "co_create", made.confirmed_at)
    assert (line.done_by, line.urgency) == (contact.pk, 0)
    assert readers(line, house, member, outsider) == {member}
    Collaboration.objects.update(confirmed_at=now.since)
    assert list(digest_lines.new_collaborations(replace(now))) == []


def test_a_new_actor_is_told_once_when_its_first_day_is_over(house: Center, association: Actor) -> None:
    came = days_ago(2)
    Affiliation.objects.filter(actor=association).update(since=came)
    over = clock.midnight(came + timedelta(days=1))
    for since, until, told in (
        (over - timedelta(days=3), over - timedelta(seconds=1), False),
        (over - timedelta(days=3), over, True),
        (over, over + timedelta(hours=9), False),
        (over - timedelta(seconds=1), over + timedelta(hours=9), True),
    ):
        lines = list(digest_lines.new_actors(Week(house, since, until)))
        assert keys(lines) == ([f"actor:{association.pk}"] if told else [])


def test_the_weeks_tie_is_for_the_coordinator_until_it_is_answered(
    house: Center, now: Week, association: Actor, singers: Actor, coordinator: User, staff: User, singer: User
) -> None:
    first, second = sorted((association, singers), key=lambda actor: actor.pk)
    made = Introduction.objects.create(
        center=house, week_starts_on=clock.monday(clock.today()), first=first, second=second
    )
    (line,) = digest_lines.tie(now)
    assert line.text == "Folkedanserne og Koret kender måske ikke hinanden."
    assert line.detail == "De bruger begge huset. Så vidt vi ved, har de aldrig lavet noget sammen."
    assert readers(line, house, coordinator, staff, singer) == {coordinator}
    introductions.not_now(introduction=made, by=access(staff))
    assert list(digest_lines.tie(replace(now))) == []


def test_each_part_is_read_in_two_statements_at_most_however_much_there_is(
    house: Center, now: Week, association: Actor, contact: User
) -> None:
    for _ in range(3):
        other = ActorFactory.create(house=house)
        step = {"next_step": "Ring", "next_step_owner": other, "next_step_on": days_ago(1)}
        entered(house, contact, association, other, **step)
        Affiliation.objects.filter(actor=other).update(since=days_ago(3))
    first, second = sorted((association, other), key=lambda actor: actor.pk)
    Introduction.objects.create(center=house, week_starts_on=clock.monday(clock.today()), first=first, second=second)
    Collaboration.objects.filter(parties__actor=other).update(state="proposed", confirmed_at=None)
    found = {}
    for provider in (
        digest_lines.proposals,
        digest_lines.steps,
        digest_lines.new_collaborations,
        digest_lines.new_actors,
        digest_lines.tie,
    ):
        with CaptureQueriesContext(connection) as statements:
            found[provider.__name__] = len(list(provider(now))), len(statements)
    assert found == {
        "proposals": (1, 2),
        "steps": (2, 2),
        "new_collaborations": (2, 2),
        "new_actors": (3, 1),
        "tie": (1, 2),
    }
