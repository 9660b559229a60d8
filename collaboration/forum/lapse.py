"""Warnings before a forum stops meeting. "Den koordinerende funktion" ended in one of the four houses, and is missed (S1666-80)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _, ngettext

from actors.enums import Role
from actors.models import CenterRole
from centers.models import Center
from collaboration.forum import cadence
from collaboration.forum.models import Forum
from medborger.common import clock, phrases

IN_SIGHT = timedelta(days=60)


class Alarm(StrEnum):
    """What is wrong, the gravest first."""

    VACANT = "vacant"
    LAPSED = "lapsed"
    NO_HOLDER = "no_holder"
    HOLDER_LEAVES = "holder_leaves"


@dataclass(frozen=True)
class Alert:
    alarm: Alarm
    text: str
    detail: str


@dataclass(frozen=True)
class ForumState:
    """A house as the warnings see it. `last_met` is a local date."""

    forum: Forum | None
    coordinated: bool
    last_met: date | None = None
    planned: bool = False
    waiting: int = 0

    @classmethod
    def of(cls, center: Center) -> ForumState:
        """In two statements at most."""
        forum = Forum.objects.with_state().filter(center=center).first()
        if forum is not None:
            return cls.read(forum)
        coordinators = CenterRole.objects.in_force().filter(center=center, role=Role.COORDINATOR)
        return cls(None, coordinators.exists())

    @classmethod
    def read(cls, forum: Forum) -> ForumState:
        """Of a forum that was read `with_state()`."""
        met = forum.last_met_at
        return cls(
            forum,
            coordinated=forum.is_coordinated,
            last_met=clock.local(met).date() if met else None,
            planned=forum.is_planned,
            waiting=forum.waiting,
        )


def warnings(state: ForumState) -> Iterator[Alert]:
    """In the language of the moment, the gravest first."""
    if not state.coordinated:
        yield Alert(
            Alarm.VACANT,
            _("Ingen er koordinator i huset."),
            _("Samarbejdet mangler en, der holder det i gang. Giv en medarbejder rollen."),
        )
    if state.forum is None:
        return
    if missed(state, state.forum) is not None:
        yield Alert(Alarm.LAPSED, _since(state, state.forum), _agreed(state, state.forum))
    if not state.forum.is_held:
        name = {"forum": state.forum.name}
        yield Alert(
            Alarm.NO_HOLDER,
            _("%(forum)s har ingen tovholder.") % name,
            _("Vælg en, der indkalder og holder det i gang."),
        )
    elif state.forum.holder_until is not None and state.forum.holder_until <= clock.today() + IN_SIGHT:
        day = {"day": phrases.day_words(state.forum.holder_until)}
        yield Alert(
            Alarm.HOLDER_LEAVES,
            _("Tovholderens sidste dag er %(day)s.") % day,
            _("Vælg en ny, og print overleveringen til den nye."),
        )


def missed(state: ForumState, forum: Forum) -> date | None:
    """The first day on which a meeting was due and none took place, with none planned. One that was held up to half an interval early
    was that day's."""
    if state.planned:
        return None
    rhythm = forum.cadence
    first = forum.founded_on
    if state.last_met is not None:
        first = state.last_met + timedelta(days=rhythm.days // 2 + 1)
    return next(cadence.due_dates(rhythm, first, clock.today() - timedelta(days=1)), None)


def _since(state: ForumState, forum: Forum) -> str:
    if state.last_met is None:
        return _("%(forum)s har ikke holdt møde endnu.") % {"forum": forum.name}
    weeks = (clock.today() - state.last_met).days // 7
    said = ngettext(
        "%(forum)s har ikke holdt møde i %(count)s uge.", "%(forum)s har ikke holdt møde i %(count)s uger.", weeks
    )
    return said % {"forum": forum.name, "count": weeks}


def _agreed(state: ForumState, forum: Forum) -> str:
    agreed = _("I har aftalt at mødes %(days)s.") % {"days": cadence.days(forum.cadence)}
    if not state.waiting:
        return agreed
    said = ngettext("%(count)s punkt venter.", "%(count)s punkter venter.", state.waiting)
    return f"{agreed} {said % {'count': state.waiting}}"
