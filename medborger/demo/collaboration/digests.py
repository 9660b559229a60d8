"""Ugens overblik, made in each week in which it was due, for those who read it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from actors.models import User
from centers.enums import Weekday
from collaboration.digests import actions, weeks
from medborger.common import clock
from medborger.demo.collaboration.stage import Stage

WEEKS = 13  # what is older is wiped
SUNDAY_EVENING = (Weekday.SUNDAY, 18 * 60 + 30)
FRIDAY_MORNING = (Weekday.FRIDAY, 8 * 60)
COORDINATOR = (Weekday.MONDAY, 7 * 60)
# Who else reads: a member of an association, and somebody who reads English.
READERS = {"foreningernes-hus": {"medlem": SUNDAY_EVENING, "Ukrainsk Forening Solsikken": FRIDAY_MORNING}}
READS_ENGLISH = ("Ukrainsk Forening Solsikken",)


def expect(stage: Stage) -> None:
    """Subscribed a week before the first; then each reader's, week by week."""
    first = clock.monday(stage.today) - timedelta(weeks=WEEKS)
    readers = READERS.get(stage.house.plan.slug, {})
    stage.expect(weeks.due_on(first, *COORDINATOR), partial(_subscribe, stage))
    for week in range(1, WEEKS + 1):
        monday = first + timedelta(weeks=week)
        for weekday, minute in {COORDINATOR, *readers.values()}:
            stage.expect(weeks.due_on(monday, weekday, minute), partial(_make, stage))


def _subscribe(stage: Stage) -> None:
    """Coordinators and the houses' own copies by themselves, the others by choice."""
    actions.keep_subscriptions()
    for name, (weekday, minute) in READERS.get(stage.house.plan.slug, {}).items():
        if name in READS_ENGLISH:
            User.objects.filter(pk=stage.person(name).pk).update(language="en")
        actions.choose(center=stage.house.center, weekday=weekday, minute=minute, when_empty=False, by=stage.by(name))


def _make(stage: Stage) -> None:
    actions.make_house(center_id=stage.house.center.pk)
