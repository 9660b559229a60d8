"""A council's meetings: one that was held, with its minutes, and one that is called for next week."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from actors.access import Access
from actors.council import meeting_body
from actors.council.models import Motion
from actors.meetings import actions
from actors.meetings.actions import ItemData, MeetingData
from actors.meetings.agenda import agenda_suggestions
from actors.meetings.enums import Answer, ItemKind
from actors.meetings.models import Meeting
from actors.models import User
from medborger.common import clock
from medborger.demo.council.stage import Stage
from medborger.demo.plan import minutes
from medborger.demo.year import chance

CAME, COMES, ANSWERS = 0.6, 0.45, 0.65  # shares of those invited


def held(stage: Stage) -> None:
    words = stage.texts["meetings"]["held"]
    days = stage.days_of_meeting("held")
    keeper = stage.on(words["keeper"]).access
    with stage.at(days - words["invited_days_before"], "18.00"):
        meeting = _make(stage, "held", keeper)
        for item in words["items"]:
            _put(stage, meeting, item, keeper)
        actions.convene(meeting=meeting, by=keeper)
    with stage.then(meeting.ends_at):
        _minute(stage, meeting, keeper)
    with stage.at(days + words["approved_days_after"], "20.00"):
        actions.approve(meeting=meeting, by=keeper)


def _minute(stage: Stage, meeting: Meeting, keeper: Access) -> None:
    """Who came, and what was said of each item."""
    invited = meeting.participants.select_related("user")
    came = [place.pk for place in invited if place.user and _draws(stage, "came", place.user) < CAME]
    actions.attend(meeting=meeting, came=came, left=[], by=keeper)
    for item, words in zip(meeting.items.all(), stage.texts["meetings"]["held"]["items"], strict=True):
        actions.save_minutes(
            item=item,
            minutes=words["minuted"],
            decision=words.get("decision", ""),
            version=item.minutes_version,
            by=keeper,
        )


def coming(stage: Stage) -> None:
    """The agenda is what the council has before it; some have answered."""
    keeper = stage.on(stage.texts["meetings"]["coming"]["keeper"]).access
    with stage.at(stage.texts["meetings"]["coming"]["invited"], "20.30"):
        meeting = _make(stage, "coming", keeper)
        for suggestion in agenda_suggestions.suggestions(meeting):
            actions.add(meeting=meeting, data=suggestion.data, by=keeper)
        actions.convene(meeting=meeting, by=keeper)
    with stage.at(stage.texts["meetings"]["coming"]["invited"], "21.30"):
        for place in meeting.participants.select_related("user"):
            if place.user and (drawn := _draws(stage, "answers", place.user)) < ANSWERS:
                answer = Answer.YES if drawn < COMES else Answer.NO
                actions.answer(meeting=meeting, answer=answer, by=stage.member(place.user).access)


def _make(stage: Stage, key: str, keeper: Access) -> Meeting:
    words = stage.texts["meetings"][key]
    day = stage.day(stage.days_of_meeting(key))
    start, end = minutes(words["hours"])
    frame = MeetingData(words["title"], clock.at(day, start), clock.at(day, end), room=stage.house.rooms[words["room"]])
    return actions.create(center=stage.house.center, body=meeting_body.KEY, data=frame, by=keeper)


def _put(stage: Stage, meeting: Meeting, words: Mapping[str, Any], keeper: Access) -> None:
    motion = None
    if "motion" in words:
        title = stage.texts["motions"][words["motion"]]["title"]
        motion = Motion.objects.select_related("mover__actor").get(council=stage.council, title=title)
    said = ItemData(
        title=words["title"],
        text=words.get("text", ""),
        kind=ItemKind(words["kind"]),
        minutes_needed=words["minutes"],
        owner=motion.mover.actor if motion else None,
        about=reverse("motion", args=[stage.house.plan.slug, motion.number]) if motion else "",
    )
    actions.add(meeting=meeting, data=said, by=keeper)


def _draws(stage: Stage, what: str, user: User) -> float:
    return chance(stage.seed, stage.story, what, user.email or user.phone)
