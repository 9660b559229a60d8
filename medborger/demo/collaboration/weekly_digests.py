"""Ugens overblik, made in each week in which it was due, for those who read it."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from functools import partial

from actors.models import User
from centers.enums import Weekday
from collaboration.digests import actions, weeks
from collaboration.errors import NobodyToAsk
from collaboration.introductions import actions as introductions, ties
from collaboration.models import Introduction
from medborger.common import clock
from medborger.demo.collaboration.collaboration_timeline import CollaborationTimeline

WEEKS = 13  # what is older is wiped
SUNDAY_EVENING = (Weekday.SUNDAY, 18 * 60 + 30)
FRIDAY_MORNING = (Weekday.FRIDAY, 8 * 60)
COORDINATOR = (Weekday.MONDAY, 7 * 60)
TIES_NAMED = (Weekday.MONDAY, 5 * 60 + 30)
ANSWERED_AFTER = timedelta(hours=4)
COFFEE, NOT_NOW, TURNS = 1, 3, 4  # of four weeks, in one the two are asked for coffee, and in one they are left for now
# Who else reads, by choice: a member of an association, somebody who reads English, and who leads a house that nobody coordinates.
READERS = {
    "foreningernes-hus": {"medlem": SUNDAY_EVENING, "Ukrainsk Forening Solsikken": FRIDAY_MORNING},
    "sundhedshuset": {"leder": COORDINATOR},
}
READS_ENGLISH = ("Ukrainsk Forening Solsikken",)


def schedule(timeline: CollaborationTimeline) -> None:
    """Subscribed a week before the first; then each reader's, week by week."""
    first = timeline.digests_due - timedelta(weeks=WEEKS)
    readers = READERS.get(timeline.house.plan.slug, {})
    timeline.add(weeks.due_on(first, *COORDINATOR), partial(_subscribe, timeline))
    for week in range(WEEKS + 2):  # those of this week that are not due yet do not come
        monday = first + timedelta(weeks=week)
        timeline.add(weeks.due_on(monday, *TIES_NAMED), partial(_name_tie, timeline, week))
        for weekday, minute in sorted({COORDINATOR, *readers.values()}):
            timeline.add(weeks.due_on(monday, weekday, minute), partial(_make, timeline))


def _subscribe(timeline: CollaborationTimeline) -> None:
    """Coordinators and the houses' own copies by themselves, the others by choice."""
    actions.keep_subscriptions()
    for name, (weekday, minute) in READERS.get(timeline.house.plan.slug, {}).items():
        if name in READS_ENGLISH:
            User.objects.filter(pk=timeline.person(name).pk).update(language="en")
        actions.choose(
            center=timeline.house.center, weekday=weekday, minute=minute, when_empty=False, by=timeline.by(name)
        )


def _make(timeline: CollaborationTimeline) -> None:
    actions.make_house(center_id=timeline.house.center.pk)


def _name_tie(timeline: CollaborationTimeline, week: int) -> None:
    """The week's neglected tie, and what the coordinator does about some of them later that morning."""
    tie = introductions.choose(center=timeline.house.center, monday=clock.today())
    if tie is None:
        return
    if week % TURNS == COFFEE:
        timeline.add(clock.now() + ANSWERED_AFTER, partial(_ask_for_coffee, timeline, tie))
    elif week % TURNS == NOT_NOW:
        by = timeline.by("koordinator")
        timeline.add(clock.now() + ANSWERED_AFTER, partial(introductions.not_now, introduction=tie, by=by))


def _ask_for_coffee(timeline: CollaborationTimeline, tie: Introduction) -> None:
    """Where one of the two has nobody to write to, they are met in the corridor instead."""
    message = ties.message(tie, ties.why(tie))
    with suppress(NobodyToAsk):
        introductions.propose_coffee(introduction=tie, message=message, by=timeline.by("koordinator"))
