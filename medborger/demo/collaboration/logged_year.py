"""The log of collaborations: what actors write in themselves, and what they answer to what the house has seen of them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from collaboration import actions
from collaboration.entries import CollaborationData
from collaboration.enums import CollaborationKind
from collaboration.models import Collaboration
from collaboration.proposals import actions as proposals
from medborger.common import clock
from medborger.demo.collaboration.collaboration_timeline import FIRST, CollaborationTimeline
from medborger.demo.year import GATHERED_AT, chance

WRITTEN_AFTER = 3  # days that pass before somebody writes it in
ANSWERED_WITHIN = 9  # days
PLANNED_BEFORE = 16  # days before a next step is taken, it is written down


def schedule(timeline: CollaborationTimeline) -> None:
    """All that will be written in, and the house's monthly proposals."""
    for words in timeline.said("log")["log"]:
        days = max(_forms(words)[0][0] + WRITTEN_AFTER, FIRST)
        timeline.add(timeline.some_time(days, "entered", words["title"]), partial(_enter, timeline, words))
    for first in timeline.firsts_of_months():
        timeline.add(clock.midnight(first) + GATHERED_AT, partial(_gather, timeline))


# --- what is written in ---


def _enter(timeline: CollaborationTimeline, words: Mapping[str, Any]) -> None:
    """Written in a few days after it began; its later forms, what was learned, the next step and its end come in their time."""
    by = words.get("by") or timeline.spokesman(words["with"])
    (since, form), *later = _forms(words)
    themes, groups = timeline.subjects(words["words"])
    entry = CollaborationData(
        title=words["title"],
        actors=timeline.actors(words["with"]),
        since=timeline.day(since),
        form=form,
        purpose=words["purpose"],
        themes=themes,
        target_groups=groups,
    )
    made = actions.enter(center=timeline.house.center, entry=entry, by=timeline.by(by))
    for days, new in later:
        if days > FIRST:
            timeline.add(timeline.some_time(days, "form", entry.title), partial(_change_form, timeline, made, new, by))
        else:
            _change_form(timeline, made, new, by, timeline.day(days))
    if "until" in words:
        end = partial(_end, timeline, made, timeline.day(words["until"]), words["learned"], by)
        timeline.add(timeline.some_time(words["until"] + 2, "end", entry.title), end)
    else:
        _expect_more(timeline, made, words, max(since, FIRST), by)


def _forms(words: Mapping[str, Any]) -> list[tuple[int, CollaborationKind]]:
    """`-206 share_knowledge, -97 coordinate`"""
    return [(int(days), CollaborationKind(form)) for days, form in (step.split() for step in words["forms"].split(","))]


def _change_form(
    timeline: CollaborationTimeline, made: Collaboration, form: CollaborationKind, by: str, since: date | None = None
) -> None:
    actions.change_form(collaboration=made, form=form, since=since or clock.today(), by=timeline.by(by))


def _end(timeline: CollaborationTimeline, made: Collaboration, on: date, learned: str, by: str) -> None:
    actions.end(collaboration=made, on=on, learned=learned, by=timeline.by(by))


def _expect_more(
    timeline: CollaborationTimeline, made: Collaboration, words: Mapping[str, Any], since: int, by: str
) -> None:
    """What was learned is written a while later; a next step some weeks before it is taken."""
    if "next" in words:
        days = min(max(since + WRITTEN_AFTER + 2, int(words["next"].split("|")[0]) - PLANNED_BEFORE), -1)
    elif "learned" in words:
        days = since // 2
    else:
        return
    timeline.add(timeline.some_time(days, "more", words["title"]), partial(_say_more, timeline, made, words, by))


def _say_more(timeline: CollaborationTimeline, made: Collaboration, words: Mapping[str, Any], by: str) -> None:
    fresh = Collaboration.objects.get(pk=made.pk)
    entry = replace(_as_it_stands(fresh), learned=words.get("learned", ""))
    if "next" in words:
        days, owner, step = (cell.strip() for cell in words["next"].split("|"))
        day = timeline.day(int(days))
        entry = replace(entry, next_step=step, next_step_owner=timeline.actor(owner), next_step_on=day)
    actions.change(collaboration=fresh, entry=entry, version=fresh.version, by=timeline.by(by))


def _as_it_stands(collaboration: Collaboration) -> CollaborationData:
    return CollaborationData(
        title=collaboration.title,
        actors=tuple(collaboration.actors.all()),
        since=collaboration.since,
        form=CollaborationKind(collaboration.form),
        purpose=collaboration.purpose,
        until=collaboration.until,
        themes=tuple(collaboration.themes.all()),
        target_groups=tuple(collaboration.target_groups.all()),
    )


# --- what the house proposes ---


def _gather(timeline: CollaborationTimeline) -> None:
    """Those who have something to say to a proposal say it within days; the others are silent."""
    proposals.gather(center=timeline.house.center, now=clock.now())
    said = {frozenset(words["with"].split(" + ")): words for words in timeline.said("log")["proposals"]}
    for proposal in Collaboration.objects.proposed().filter(center=timeline.house.center).order_by("pk"):
        if words := said.get(frozenset(actor.name for actor in proposal.actors.all())):
            after = timedelta(days=1 + int(chance(timeline.seed, "answered", words["with"]) * ANSWERED_WITHIN))
            days = (clock.today() + after - timeline.today).days
            at = timeline.some_time(days, "answer", words["with"])
            timeline.add(at, partial(_answer, timeline, proposal, words))


def _answer(timeline: CollaborationTimeline, proposal: Collaboration, words: Mapping[str, Any]) -> None:
    by = timeline.by(words["by"])
    if words["answer"] == "dismiss":
        actions.dismiss(collaboration=proposal, by=by)
        return
    entry = replace(_as_it_stands(proposal), title=words["title"], purpose=words["purpose"])
    if "form" in words:
        entry = replace(entry, form=CollaborationKind(words["form"]))
    actions.confirm(collaboration=proposal, changes=entry, by=by)
    _expect_more(timeline, proposal, words, (proposal.since - timeline.today).days, words["by"])
