"""What the digest, the log and the forum are told of events that meet."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from actors.access import Access
from actors.digest_lines import Week
from actors.enums import Role
from actors.models import User
from bookings import actions as rooms
from centers.models import Center
from collaboration.clashes import actions, digest_lines, evidence_sources
from collaboration.clashes.models import Clash
from collaboration.enums import CollaborationKind, EvidenceKind
from collaboration.models import Neighbour
from medborger.common import clock
from tests.collaboration.clashes.events import Town
from tests.factories import ActorFactory, slot, working_day

pytestmark = pytest.mark.django_db


def this_week(center: Center, since: datetime | None = None) -> Week:
    now = clock.now()
    return Week(center, since or now - timedelta(days=7), now)


def test_what_waits_is_told_to_the_two_actors_and_to_who_coordinates(
    town: Town, clash: Clash, coordinator: User, member: User, staff: User
) -> None:
    (line,) = digest_lines.waiting(this_week(town.center))
    assert line.text == "»Sangaften« og »Folkedans« er på samme tid og for de samme."
    assert line.link == f"/foreningernes-hus/sammenfald/{clash.pk}/"
    assert line.concerns.roles == {Role.COORDINATOR, Role.MANAGER}
    told = [coordinator, *(town.contact_of(town.holder(event)) for event in clash.events)]
    for user, concerned in [*((user, True) for user in told), (member, False), (staff, False)]:
        assert line.concerns.holds_for(user, Access.of(user), town.center.pk) == concerned
    assert line.for_forum


@pytest.mark.parametrize(("days_before", "urgency"), [(3, 80), (20, 70)])
def test_what_is_near_is_more_urgent(town: Town, days_before: int, urgency: int) -> None:
    town.event(day=working_day(21))
    town.event(day=working_day(21))
    at = Clash.objects.select_related("first").get().first.starts_at - timedelta(days=days_before)
    with time_machine.travel(at, tick=False):
        assert [line.urgency for line in digest_lines.waiting(this_week(town.center))] == [urgency]


def test_what_lies_more_than_four_weeks_ahead_can_wait(town: Town) -> None:
    for _ in range(2):
        town.event(day=working_day(40))
    assert list(digest_lines.waiting(this_week(town.center))) == []


def test_the_message_says_who_and_when_and_what_could_be_done_and_can_be_sent_as_it_stands(
    town: Town, clash: Clash
) -> None:
    (line,) = digest_lines.waiting(this_week(town.center))
    one, other = (town.holder(event).name for event in clash.events)
    assert f"{one} holder »Sangaften« i {clash.first.room.name}" in line.message
    assert f"{other} holder »Folkedans« i {clash.second.room.name}" in line.message
    assert f"Begge handler om {town.theme.name.lower()} og er for {town.group.name.lower()}." in line.message
    assert "flytte det ene, lave det sammen eller lade begge stå" in line.message
    with translation.override("en"):
        (line,) = digest_lines.waiting(this_week(town.center))
        assert town.theme.name_en.lower() in line.message


def test_what_was_done_is_news_with_the_form_it_took(town: Town, clash: Clash) -> None:
    by = town.by(clash.second)
    rooms.move(booking=clash.second, slot=slot(clash.second.room, 600, 720), version=None, by=by)
    (line,) = digest_lines.settled(this_week(town.center))
    assert line.text == f"{town.holder(clash.second).name} flyttede »Folkedans«."
    assert (line.form, line.concerns.everyone, line.done_by) == (CollaborationKind.ALIGN, True, by.user.pk)
    assert line.link == f"/foreningernes-hus/bookinger/{clash.second_id}/"
    assert line.at == Clash.objects.get().changed_at
    assert list(digest_lines.waiting(this_week(town.center))) == []


def merge(town: Town, clash: Clash) -> Clash:
    asked = actions.ask_together(
        clash=clash, side=clash.second, kept=clash.first, message="", version=clash.version, by=town.by(clash.second)
    )
    return actions.accept(clash=asked, version=asked.version, by=town.by(clash.first))


def test_two_who_make_one_event_are_news_to_everyone_and_what_was_left_only_to_who_coordinates(
    town: Town, clash: Clash
) -> None:
    one, other = (town.holder(event).name for event in clash.events)
    merge(town, clash)
    (line,) = digest_lines.settled(this_week(town.center))
    assert line.text == f"{one} og {other} laver »Sangaften« sammen."
    assert (line.form, line.link) == (CollaborationKind.COORDINATE, f"/foreningernes-hus/bookinger/{clash.first_id}/")
    for _ in range(2):
        town.event(start=600, end=660)
    left = Clash.objects.with_events().get(state="open")
    actions.leave_it(clash=left, side=left.first, version=1, by=town.by(left.first))
    line = next(line for line in digest_lines.settled(this_week(town.center)) if not line.form)
    assert line.concerns.roles == {Role.COORDINATOR, Role.MANAGER}
    assert not line.concerns.everyone


def test_a_hidden_actor_of_another_house_is_not_named_in_this_ones_digest(
    town: Town, other_house: Center, neighbours: Neighbour
) -> None:
    hidden = ActorFactory.create(house=other_house, shown_publicly=False, name="Kvindegruppen")
    town.event()
    town.event(hidden, center=other_house)
    for house, named in ((town.center, False), (other_house, True)):
        (line,) = digest_lines.waiting(this_week(house))
        assert ("Kvindegruppen holder" in line.message) == named
        assert line.link.startswith(f"/{house.slug}/")


@pytest.mark.parametrize("number", [1, 3])
def test_each_provider_costs_two_statements_however_much_there_is(town: Town, number: int) -> None:
    for hour in range(2 * number):
        for _ in range(2):
            town.event(start=(8 + hour) * 60, end=(9 + hour) * 60)
    for clash in Clash.objects.with_events().order_by("pk")[:number]:
        actions.leave_it(clash=clash, side=clash.first, version=1, by=town.by(clash.first))
    for provider in (digest_lines.waiting, digest_lines.settled):
        with CaptureQueriesContext(connection) as statements:
            assert len(list(provider(this_week(town.center)))) == number
        assert len(statements) <= 2


# --- the log and the forum ------------------------------------------------------------------------------------------


def test_one_event_of_two_is_enough_for_the_log_to_propose_a_collaboration(town: Town, clash: Clash) -> None:
    merge(town, clash)
    (seen,) = evidence_sources.made_together(town.center, clock.today())
    assert (seen.kind, seen.key, seen.enough, seen.form) == (
        EvidenceKind.MERGED,
        f"merged:{clash.pk}",
        True,
        CollaborationKind.COORDINATE,
    )
    assert seen.actor_ids == {town.holder(event).pk for event in clash.events}
    assert (seen.title, seen.on) == ("Sangaften", working_day())
    assert seen.theme_ids == {town.theme.pk}
    assert seen.target_group_ids == {town.group.pk}
    assert list(evidence_sources.made_together(town.center, clock.today() + timedelta(days=1))) == []


def test_what_was_let_stand_is_offered_to_the_forum_while_it_is_still_to_come(town: Town, clash: Clash) -> None:
    assert list(evidence_sources.left_open(town.center)) == []
    actions.leave_it(clash=clash, side=clash.first, version=1, by=town.by(clash.first))
    (subject,) = evidence_sources.left_open(town.center)
    assert subject.title == "Samme tid: Sangaften og Folkedans"
    assert subject.about == f"/foreningernes-hus/sammenfald/{clash.pk}/"
    assert {actor.pk for actor in subject.audience} == {town.holder(event).pk for event in clash.events}
    with time_machine.travel(clash.first.ends_at, tick=False):
        assert list(evidence_sources.left_open(town.center)) == []
