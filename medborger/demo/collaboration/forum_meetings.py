"""The coordination forum of a house: who is in it, its meetings with all that was said, and what waits for the next one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from actors.access import Access
from actors.actions import roles
from actors.enums import Role
from actors.meetings import actions as meetings
from actors.meetings.action_points.action_point_owners import Owner
from actors.meetings.actions import ActionPointData, ItemData, MeetingData
from actors.meetings.agenda import agenda_suggestions
from actors.meetings.enums import Answer, ItemKind
from actors.meetings.models import ActionPoint, AgendaItem, Meeting
from actors.models import CenterRole
from centers.enums import Weekday
from collaboration.forum import actions
from collaboration.forum.actions import ForumFrame
from collaboration.forum.cadence import Cadence, due_dates, next_due
from collaboration.forum.enums import KEY, Nth
from collaboration.forum.models import Forum
from medborger.common import clock
from medborger.demo.collaboration.collaboration_timeline import CollaborationTimeline
from medborger.demo.plan import minutes, rows, weekdays
from medborger.demo.year import chance

HOLDER = "koordinator"
FOUNDED_BEFORE = timedelta(days=20)  # before the first meeting
CALLED_BEFORE = timedelta(days=9)
CALLED_AT, APPROVED_AT = 19 * 60 + 30, 9 * 60 + 40  # minutes past midnight
APPROVED_AFTER = timedelta(days=2)
COMING_CALLED, PROPOSED, LAST_DAY_SAID = -3, (-6, -2), -12  # days from today
LAST_DAY_KNOWN = 20  # days before it
CAME, COMES, ANSWERS = 0.75, 0.6, 0.8  # shares of those invited


def schedule(timeline: CollaborationTimeline) -> None:
    """Founded before the first of its meetings; they all come after."""
    words = timeline.said("forum")
    frame = _frame(timeline, words)
    held = _days_held(timeline, words, frame)
    founding = clock.at(held[0] - FOUNDED_BEFORE, CALLED_AT)
    timeline.add(founding, partial(_found, timeline, words, frame))
    for day, meeting in zip(held, words["meetings"], strict=True):
        timeline.add(clock.at(day - CALLED_BEFORE, CALLED_AT), partial(_call, timeline, day, meeting))
    if "coming" in words:
        for days, proposal in zip(PROPOSED, rows(words["coming"]["proposals"]), strict=True):
            timeline.add(timeline.moment(days, "20.15"), partial(_propose, timeline, proposal))
        day = next_due(_cadence(frame), timeline.today)
        timeline.add(timeline.moment(COMING_CALLED, "16.40"), partial(_call_coming, timeline, day, words["coming"]))


def _frame(timeline: CollaborationTimeline, words: Mapping[str, Any]) -> ForumFrame:
    """Once a month, on that weekday of the month which next week has."""
    (weekday,), (start, end) = weekdays(words["weekday"]), minutes(words["hours"])
    next_week = clock.monday(timeline.today) + timedelta(days=7 + weekday)
    which = (next_week.day - 1) // 7 + 1
    return ForumFrame(
        name=words["name"],
        counts_from=timeline.day(-365),
        weekday=Weekday(weekday),
        nth=Nth(which) if which < 5 else Nth.LAST,
        start=start,
        length=end - start,
        room=timeline.house.rooms[words["room"]],
    )


def _cadence(frame: ForumFrame) -> Cadence:
    return Cadence(frame.rhythm, frame.every, frame.weekday, frame.nth, frame.counts_from, frame.start)


def _days_held(timeline: CollaborationTimeline, words: Mapping[str, Any], frame: ForumFrame) -> list[date]:
    """The latest days on which a meeting was due, as many as the text tells of: all but `lapsed` of them, and none since the function
    became vacant."""
    last = timeline.day(words.get("vacant_since", -1))
    due = list(due_dates(_cadence(frame), frame.counts_from, last))
    due = due[: len(due) - words.get("lapsed", 0)]
    return due[-len(words["meetings"]) :]


def _found(timeline: CollaborationTimeline, words: Mapping[str, Any], frame: ForumFrame) -> None:
    by = timeline.by(HOLDER)
    forum = actions.found(center=timeline.house.center, frame=frame, by=by)
    actions.name_holder(forum=forum, user=timeline.person(HOLDER), by=by)
    for name, *_ in rows(words["members"]):
        actions.add_member(forum=forum, actor=timeline.actor(name), by=by)
    if "stops_in" in words:
        timeline.add(timeline.moment(LAST_DAY_SAID, "11.20"), partial(_end_holder, timeline, words["stops_in"]))
    if "vacant_since" in words:
        days = words["vacant_since"]
        timeline.add(timeline.moment(days - LAST_DAY_KNOWN, "13.10"), partial(_end_holder, timeline, days))
        timeline.add(timeline.moment(days, "15.00"), partial(_leave_function, timeline))


def _end_holder(timeline: CollaborationTimeline, days: int) -> None:
    forum = Forum.objects.get(center=timeline.house.center)
    actions.end_holder(forum=forum, last_day=timeline.day(days), by=timeline.by(HOLDER))


def _leave_function(timeline: CollaborationTimeline) -> None:
    """Who coordinated does so no longer, and is at the desk with the others (S1666-80)."""
    by = timeline.by("leder")
    held = CenterRole.objects.get(center=timeline.house.center, role=Role.COORDINATOR, until=None)
    roles.end_role(center_role=held, by=by)
    roles.grant_role(center=timeline.house.center, user=held.user, role=Role.STAFF, by=by)


def _propose(timeline: CollaborationTimeline, proposal: list[str]) -> None:
    name, title, text, needed, kind = proposal
    words = ItemData(title, text, ItemKind(kind), int(needed), timeline.actor(name))
    actions.propose(center=timeline.house.center, words=words, by=timeline.by(name))


# --- meetings that were held ---


def _call(timeline: CollaborationTimeline, day: date, words: Mapping[str, Any]) -> None:
    meeting = _make(timeline, day)
    by = timeline.by(HOLDER)
    said = list(rows(words["items"]))
    for item in said:
        meetings.add(meeting=meeting, data=_item(timeline, item[:5]), by=by)
    meetings.convene(meeting=meeting, by=by)
    timeline.add(meeting.ends_at, partial(_minute, timeline, meeting, words))
    timeline.add(clock.at(day + APPROVED_AFTER, APPROVED_AT), partial(_approve, timeline, meeting))


def _minute(timeline: CollaborationTimeline, meeting: Meeting, words: Mapping[str, Any]) -> None:
    """Who came, what was said of each item, and who does what."""
    by = timeline.by(HOLDER)
    places = meeting.participants.select_related("user")
    came = [place.pk for place in places if place.user and _draw(timeline, meeting, place.user.email) < CAME]
    meetings.attend(meeting=meeting, came=came, left=[], by=by)
    items = list(meeting.items.all())
    for item, (*_, minuted, decision) in zip(items, rows(words["items"]), strict=True):
        if minuted:
            meetings.save_minutes(item=item, minutes=minuted, decision=decision, version=item.minutes_version, by=by)
    for task in rows(words["tasks"]):
        _give(timeline, meeting, items, task, by)


def _give(
    timeline: CollaborationTimeline, meeting: Meeting, items: list[AgendaItem], task: list[str], by: Access
) -> None:
    under, title, name, due, done = task
    day = clock.local(meeting.starts_at).date()
    words = ActionPointData(title, day + timedelta(days=int(due)), Owner(timeline.actor(name)), agreed=True)
    point = meetings.add_point(item=items[int(under) - 1], data=words, by=by)
    if done != "-":
        days = (day - timeline.today).days + int(done)
        timeline.add(timeline.some_time(days, "done", title), partial(_close, timeline, point, name))


def _close(timeline: CollaborationTimeline, point: ActionPoint, name: str) -> None:
    meetings.close_point(point=point, by=timeline.by(name))


def _approve(timeline: CollaborationTimeline, meeting: Meeting) -> None:
    by = timeline.by(HOLDER)
    meetings.approve(meeting=meeting, by=by)
    meetings.send(meeting=meeting, by=by)


# --- the one to come ---


def _call_coming(timeline: CollaborationTimeline, day: date, words: Mapping[str, Any]) -> None:
    """The agenda begins with what was not reached; some have answered."""
    by = timeline.by(HOLDER)
    meeting = _make(timeline, day)
    for suggestion in agenda_suggestions.suggestions(meeting):
        if suggestion.carried:
            meetings.add(meeting=meeting, data=suggestion.data, carried_from=suggestion.carried, by=by)
    for item in rows(words["items"]):
        meetings.add(meeting=meeting, data=_item(timeline, item), by=by)
    meetings.convene(meeting=meeting, by=by)
    timeline.add(timeline.moment(COMING_CALLED + 1, "21.10"), partial(_answer, timeline, meeting))


def _answer(timeline: CollaborationTimeline, meeting: Meeting) -> None:
    for place in meeting.participants.select_related("user"):
        if place.user and (drawn := _draw(timeline, meeting, place.user.email)) < ANSWERS:
            answer = Answer.YES if drawn < COMES else Answer.NO
            meetings.answer(meeting=meeting, answer=answer, by=Access.of(place.user))


def _make(timeline: CollaborationTimeline, day: date) -> Meeting:
    forum = Forum.objects.select_related("room").get(center=timeline.house.center)
    starts_at = clock.at(day, forum.start)
    frame = MeetingData(forum.name, starts_at, starts_at + timedelta(minutes=forum.length), room=forum.room)
    return meetings.create(center=timeline.house.center, body=KEY, data=frame, by=timeline.by(HOLDER))


def _item(timeline: CollaborationTimeline, item: list[str]) -> ItemData:
    title, kind, needed, owner, audience = item
    return ItemData(
        title=title,
        kind=ItemKind(kind),
        minutes_needed=int(needed),
        owner=timeline.actor(owner),
        audience=timeline.actors(audience.replace(", ", " + ")),
    )


def _draw(timeline: CollaborationTimeline, meeting: Meeting, email: str | None) -> float:
    return chance(timeline.seed, meeting.starts_at, email)
