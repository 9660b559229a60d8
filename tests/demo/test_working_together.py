"""How the demo's houses work together. All of it was done by the actions that people use, in the order of time."""

import json
import re
from collections import Counter
from datetime import date, timedelta

import pytest

from actors.council.models import Ballot, Motion
from actors.enums import Role
from actors.meetings.enums import MeetingState
from actors.meetings.models import ActionPoint, AgendaItem, Meeting
from actors.models import Actor, CenterRole
from centers.models import Center
from collaboration.clashes.enums import ClashState as ClashState
from collaboration.clashes.models import Clash
from collaboration.digests import weeks
from collaboration.digests.enums import DigestState
from collaboration.digests.models import Digest
from collaboration.enums import CollaborationKind, CollaborationState
from collaboration.forum.models import Forum, ProposedItem
from collaboration.models import Collaboration, FormSince, Introduction
from medborger.common import clock
from medborger.common.models import Message
from medborger.demo import logins
from tests.demo.conftest import DEMO, named
from tests.moment import NOW

pytestmark = DEMO
AT_SEVEN = timedelta(hours=7)
HOUSE = "foreningernes-hus"


def monday() -> date:
    """The latest on which digests were due."""
    return clock.monday(clock.local(clock.now() - AT_SEVEN).date())


def in_house(slug: str) -> dict[str, str]:
    return {"center__slug": slug}


# --- the log ----------------------------------------------------------------------------------------------------------


def test_every_house_works_together_in_all_five_forms_and_the_house_of_associations_most() -> None:
    confirmed = Collaboration.objects.confirmed()
    numbers = Counter(confirmed.values_list("center__slug", flat=True))
    assert numbers.most_common(1)[0][0] == HOUSE
    assert all(12 <= numbers[slug] <= 45 for slug in logins.HOUSES)
    for slug in logins.HOUSES:
        assert set(confirmed.filter(**in_house(slug)).values_list("form", flat=True)) == set(CollaborationKind)


@pytest.mark.parametrize("slug", logins.HOUSES)
def test_actors_moved_between_the_forms_learned_and_planned(slug: str) -> None:
    here = Collaboration.objects.confirmed().filter(**in_house(slug))
    moved = FormSince.objects.filter(collaboration__in=here).count() - here.count()
    assert moved >= 3
    assert here.exclude(learned="").count() >= 6
    steps = here.exclude(next_step="").filter(state=CollaborationState.GOING)
    assert steps.filter(next_step_on__gte=clock.today()).count() >= 3
    assert here.filter(state=CollaborationState.ENDED).exists()


@pytest.mark.parametrize("slug", logins.HOUSES)
def test_what_was_seen_lately_waits_to_be_answered(slug: str) -> None:
    waiting = Collaboration.objects.proposed().filter(**in_house(slug))
    assert 1 <= waiting.count() <= 4
    assert all(proposal.evidence.exists() for proposal in waiting)


def test_what_the_house_saw_was_confirmed_dismissed_and_met_with_silence() -> None:
    proposed = Collaboration.objects.filter(**in_house(HOUSE), evidence__isnull=False, created_by=None).distinct()
    assert set(proposed.values_list("state", flat=True)) == {
        CollaborationState.PROPOSED,
        CollaborationState.GOING,
        CollaborationState.DISMISSED,
    }


# --- events that meet -------------------------------------------------------------------------------------------------


def test_three_events_to_come_meet_others_and_one_has_asked() -> None:
    open_now = Clash.objects.waiting().filter(**in_house(HOUSE))
    assert Counter(open_now.values_list("state", flat=True)) == {ClashState.OPEN: 2, ClashState.ASKED: 1}
    weeks_ahead = [clock.monday(clock.local(clash.second.starts_at).date()) for clash in open_now]
    assert min(weeks_ahead) > clock.today()


@pytest.mark.parametrize("moment", [NOW], ids=named, indirect=True)
def test_all_three_are_next_week_where_it_has_no_holiday() -> None:
    next_week = clock.monday(clock.today()) + timedelta(days=7)
    events = [clash.second for clash in Clash.objects.waiting().filter(**in_house(HOUSE))]
    assert {clock.monday(clock.local(event.starts_at).date()) for event in events} == {next_week}


def test_earlier_ones_were_moved_made_one_or_let_stand() -> None:
    settled = Clash.objects.filter(second__ends_at__lt=clock.now())
    assert set(settled.values_list("state", flat=True)) == {ClashState.MOVED, ClashState.MERGED, ClashState.LEFT}
    assert Clash.objects.count() <= 30


# --- the forum --------------------------------------------------------------------------------------------------------


def test_each_forum_has_its_own_rhythm_and_its_own_trouble() -> None:
    forums = {forum.center.slug: forum for forum in Forum.objects.select_related("center")}
    assert set(forums) == set(logins.HOUSES)
    last_day = {slug: (forum.holder_until or clock.today()) - clock.today() for slug, forum in forums.items()}
    assert last_day["sundhedshuset"] < timedelta()
    assert timedelta() < last_day["kvarterhuset"] <= timedelta(days=35)
    coordinated = CenterRole.objects.in_force().filter(role=Role.COORDINATOR)
    assert set(coordinated.values_list("center__slug", flat=True)) == {*logins.HOUSES} - {"sundhedshuset"}
    coming = Meeting.objects.filter(circle="forum", starts_at__gte=clock.now(), state=MeetingState.CONVENED)
    assert set(coming.values_list("center__slug", flat=True)) == {"kvarterhuset", HOUSE}
    last = Meeting.objects.filter(circle="forum", center__slug="hedemarken").latest("starts_at")
    assert last.starts_at < clock.now() - timedelta(days=56)


@pytest.mark.parametrize("slug", logins.HOUSES)
def test_past_meetings_have_minutes_decisions_and_what_was_agreed(slug: str) -> None:
    held = Meeting.objects.filter(**in_house(slug), circle="forum", state=MeetingState.HELD)
    assert 4 <= held.count() <= 12
    assert all(meeting.is_approved for meeting in held)
    items = AgendaItem.objects.filter(meeting__in=held)
    assert items.exclude(decision="").count() >= held.count()
    points = ActionPoint.objects.filter(meeting__in=held)
    assert {point.is_done for point in points} == {True, False}


def test_proposals_wait_for_the_next_meeting() -> None:
    waiting = ProposedItem.objects.waiting()
    assert Counter(waiting.values_list("center__slug", flat=True)) == {HOUSE: 2, "kvarterhuset": 2}


# --- ugens overblik ---------------------------------------------------------------------------------------------------


# Who reads a house's digest on Mondays; the health house has nobody who coordinates it any more.
READERS = {slug: logins.address("leder" if slug == "sundhedshuset" else "koordinator", slug) for slug in logins.HOUSES}


@pytest.mark.parametrize("slug", logins.HOUSES)
def test_who_coordinates_and_the_house_itself_have_a_digest_for_each_week(slug: str) -> None:
    wanted = {monday() - timedelta(weeks=week) for week in range(13)}
    for recipient in (None, READERS[slug]):
        digests = Digest.objects.filter(**in_house(slug), recipient__email=recipient)
        assert {digest.week_starts_on for digest in digests} == wanted
        assert digests.filter(state=DigestState.MADE).count() >= 10
        assert not digests.filter(state=DigestState.SKIPPED).exists()
        assert {digest.made_at for digest in digests} == {weeks.due_on(monday, 0, 7 * 60) for monday in wanted}


def test_no_digest_tells_of_what_came_after_it() -> None:
    motions = Motion.objects.filter(council__center__slug=HOUSE)
    ballots = Ballot.objects.filter(council__center__slug=HOUSE)
    opened = {f"motion:{motion.pk}": motion.opened_at for motion in motions if motion.opened_at}
    opened |= {f"ballot:{ballot.pk}": ballot.opened_at for ballot in ballots}
    told: set[str] = set()
    for digest in Digest.objects.filter(**in_house(HOUSE)):
        said = json.dumps(digest.content)
        of_council = {key for key in opened if f'"{key}"' in said}
        assert {key for key in of_council if opened[key] > digest.made_at} == set()
        told |= of_council
    assert told


def test_a_member_and_a_reader_of_english_have_theirs_on_days_of_their_own() -> None:
    of_people = Digest.objects.filter(**in_house(HOUSE), recipient__isnull=False).select_related("recipient")
    read = {(d.recipient.language, clock.local(d.made_at).weekday()) for d in of_people if d.recipient}
    assert read == {("da", 0), ("da", 6), ("en", 4)}


def test_this_weeks_lie_in_the_mailbox() -> None:
    letters = Message.objects.filter(dedupe_key__startswith="digest:", created_at=clock.at(monday(), 7 * 60))
    assert sorted(letters.values_list("recipient", flat=True)) == sorted(READERS.values())


def test_the_same_two_are_not_brought_together_twice_in_eight_weeks() -> None:
    for center in Center.objects.all():
        seen: dict[tuple[int, int], date] = {}
        for tie in Introduction.objects.filter(center=center).order_by("week_starts_on"):
            before = seen.get((tie.first_id, tie.second_id))
            assert before is None or tie.week_starts_on - before > timedelta(weeks=8)
            seen[tie.first_id, tie.second_id] = tie.week_starts_on
        assert len(seen) >= 4


# --- what must not be there -------------------------------------------------------------------------------------------


def test_nothing_is_from_the_future_and_nobody_is_numbered() -> None:
    texts = [
        *Collaboration.objects.values_list("title", "purpose", "learned", "next_step"),
        *AgendaItem.objects.values_list("title", "text", "minutes", "decision"),
        *ActionPoint.objects.values_list("title"),
        *ProposedItem.objects.values_list("title", "text"),
        *Clash.objects.values_list("message", "answer"),
    ]
    assert not [row for row in texts if re.search(r"\d{6}-?\d{4}", " ".join(row))]
    assert not Collaboration.objects.filter(created_at__gt=clock.now()).exists()
    assert not Digest.objects.filter(made_at__gt=clock.now()).exists()


def test_no_two_actors_are_together_in_more_than_they_can_tell() -> None:
    """The log is a house's, not one busy actor's."""
    for slug in logins.HOUSES:
        here = Collaboration.objects.confirmed().filter(**in_house(slug))
        by_actor = Counter(here.values_list("actors", flat=True))
        assert max(by_actor.values()) <= here.count() / 2, Actor.objects.get(pk=by_actor.most_common(1)[0][0])
