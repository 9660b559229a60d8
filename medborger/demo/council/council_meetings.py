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
from medborger.demo.council.council_timeline import CouncilTimeline
from medborger.demo.plan import minutes
from medborger.demo.year import chance

CAME, COMES, ANSWERS = 0.6, 0.45, 0.65  # shares of those invited


def held(timeline: CouncilTimeline) -> None:
    words = timeline.texts["meetings"]["held"]
    days = timeline.days_of_meeting("held")
    keeper = timeline.on(words["keeper"]).access
    with timeline.at(days - words["invited_days_before"], "18.00"):
        meeting = _make(timeline, "held", keeper)
        for item in words["items"]:
            _put(timeline, meeting, item, keeper)
        actions.convene(meeting=meeting, by=keeper)
    with timeline.then(meeting.ends_at):
        _minute(timeline, meeting, keeper)
    with timeline.at(days + words["approved_days_after"], "20.00"):
        actions.approve(meeting=meeting, by=keeper)


def _minute(timeline: CouncilTimeline, meeting: Meeting, keeper: Access) -> None:
    """Who came, and what was said of each item."""
    invited = meeting.participants.select_related("user")
    came = [place.pk for place in invited if place.user and _draws(timeline, "came", place.user) < CAME]
    actions.attend(meeting=meeting, came=came, left=[], by=keeper)
    for item, words in zip(meeting.items.all(), timeline.texts["meetings"]["held"]["items"], strict=True):
        actions.save_minutes(
            item=item,
            minutes=words["minuted"],
            decision=words.get("decision", ""),
            version=item.minutes_version,
            by=keeper,
        )


def coming(timeline: CouncilTimeline) -> None:
    """The agenda is what the council has before it; some have answered."""
    keeper = timeline.on(timeline.texts["meetings"]["coming"]["keeper"]).access
    with timeline.at(timeline.texts["meetings"]["coming"]["invited"], "20.30"):
        meeting = _make(timeline, "coming", keeper)
        for suggestion in agenda_suggestions.suggestions(meeting):
            actions.add(meeting=meeting, data=suggestion.data, by=keeper)
        actions.convene(meeting=meeting, by=keeper)
    with timeline.at(timeline.texts["meetings"]["coming"]["invited"], "21.30"):
        for place in meeting.participants.select_related("user"):
            if place.user and (drawn := _draws(timeline, "answers", place.user)) < ANSWERS:
                answer = Answer.YES if drawn < COMES else Answer.NO
                actions.answer(meeting=meeting, answer=answer, by=timeline.member(place.user).access)


def _make(timeline: CouncilTimeline, key: str, keeper: Access) -> Meeting:
    words = timeline.texts["meetings"][key]
    day = timeline.day(timeline.days_of_meeting(key))
    start, end = minutes(words["hours"])
    frame = MeetingData(
        words["title"], clock.at(day, start), clock.at(day, end), room=timeline.house.rooms[words["room"]]
    )
    return actions.create(center=timeline.house.center, body=meeting_body.KEY, data=frame, by=keeper)


def _put(timeline: CouncilTimeline, meeting: Meeting, words: Mapping[str, Any], keeper: Access) -> None:
    motion = None
    if "motion" in words:
        title = timeline.texts["motions"][words["motion"]]["title"]
        motion = Motion.objects.select_related("mover__actor").get(council=timeline.council, title=title)
    said = ItemData(
        title=words["title"],
        text=words.get("text", ""),
        kind=ItemKind(words["kind"]),
        minutes_needed=words["minutes"],
        owner=motion.mover.actor if motion else None,
        about=reverse("motion", args=[timeline.house.plan.slug, motion.number]) if motion else "",
    )
    actions.add(meeting=meeting, data=said, by=keeper)


def _draws(timeline: CouncilTimeline, what: str, user: User) -> float:
    return chance(timeline.seed, timeline.name, what, user.email or user.phone)
