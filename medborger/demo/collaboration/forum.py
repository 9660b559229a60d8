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
from medborger.demo.collaboration.stage import Stage
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


def expect(stage: Stage) -> None:
    """Founded before the first of its meetings; they all come after."""
    words = stage.said("forum")
    frame = _frame(stage, words)
    held = _days_held(stage, words, frame)
    founding = clock.at(held[0] - FOUNDED_BEFORE, CALLED_AT)
    stage.expect(founding, partial(_found, stage, words, frame))
    for day, meeting in zip(held, words["meetings"], strict=True):
        stage.expect(clock.at(day - CALLED_BEFORE, CALLED_AT), partial(_call, stage, day, meeting))
    if "coming" in words:
        for days, proposal in zip(PROPOSED, rows(words["coming"]["proposals"]), strict=True):
            stage.expect(stage.moment(days, "20.15"), partial(_propose, stage, proposal))
        day = next_due(_cadence(frame), stage.today)
        stage.expect(stage.moment(COMING_CALLED, "16.40"), partial(_call_coming, stage, day, words["coming"]))


def _frame(stage: Stage, words: Mapping[str, Any]) -> ForumFrame:
    """Once a month, on that weekday of the month which next week has."""
    (weekday,), (start, end) = weekdays(words["weekday"]), minutes(words["hours"])
    next_week = clock.monday(stage.today) + timedelta(days=7 + weekday)
    which = (next_week.day - 1) // 7 + 1
    return ForumFrame(
        name=words["name"],
        counts_from=stage.day(-365),
        weekday=Weekday(weekday),
        nth=Nth(which) if which < 5 else Nth.LAST,
        start=start,
        length=end - start,
        room=stage.house.rooms[words["room"]],
    )


def _cadence(frame: ForumFrame) -> Cadence:
    return Cadence(frame.rhythm, frame.every, frame.weekday, frame.nth, frame.counts_from, frame.start)


def _days_held(stage: Stage, words: Mapping[str, Any], frame: ForumFrame) -> list[date]:
    """The latest days on which a meeting was due, as many as the text tells of: all but `lapsed` of them, and none since the function
    became vacant."""
    last = stage.day(words.get("vacant_since", -1))
    due = list(due_dates(_cadence(frame), frame.counts_from, last))
    due = due[: len(due) - words.get("lapsed", 0)]
    return due[-len(words["meetings"]) :]


def _found(stage: Stage, words: Mapping[str, Any], frame: ForumFrame) -> None:
    by = stage.by(HOLDER)
    forum = actions.found(center=stage.house.center, frame=frame, by=by)
    actions.name_holder(forum=forum, user=stage.person(HOLDER), by=by)
    for name, *_ in rows(words["members"]):
        actions.add_member(forum=forum, actor=stage.actor(name), by=by)
    if "stops_in" in words:
        stage.expect(stage.moment(LAST_DAY_SAID, "11.20"), partial(_end_holder, stage, words["stops_in"]))
    if "vacant_since" in words:
        days = words["vacant_since"]
        stage.expect(stage.moment(days - LAST_DAY_KNOWN, "13.10"), partial(_end_holder, stage, days))
        stage.expect(stage.moment(days, "15.00"), partial(_leave_function, stage))


def _end_holder(stage: Stage, days: int) -> None:
    forum = Forum.objects.get(center=stage.house.center)
    actions.end_holder(forum=forum, last_day=stage.day(days), by=stage.by(HOLDER))


def _leave_function(stage: Stage) -> None:
    """Who coordinated does so no longer, and is at the desk with the others (S1666-80)."""
    by = stage.by("leder")
    held = CenterRole.objects.get(center=stage.house.center, role=Role.COORDINATOR, until=None)
    roles.end_role(center_role=held, by=by)
    roles.grant_role(center=stage.house.center, user=held.user, role=Role.STAFF, by=by)


def _propose(stage: Stage, proposal: list[str]) -> None:
    name, title, text, needed, kind = proposal
    words = ItemData(title, text, ItemKind(kind), int(needed), stage.actor(name))
    actions.propose(center=stage.house.center, words=words, by=stage.by(name))


# --- meetings that were held ---


def _call(stage: Stage, day: date, words: Mapping[str, Any]) -> None:
    meeting = _make(stage, day)
    by = stage.by(HOLDER)
    said = list(rows(words["items"]))
    for item in said:
        meetings.add(meeting=meeting, data=_item(stage, item[:5]), by=by)
    meetings.convene(meeting=meeting, by=by)
    stage.expect(meeting.ends_at, partial(_minute, stage, meeting, words))
    stage.expect(clock.at(day + APPROVED_AFTER, APPROVED_AT), partial(_approve, stage, meeting))


def _minute(stage: Stage, meeting: Meeting, words: Mapping[str, Any]) -> None:
    """Who came, what was said of each item, and who does what."""
    by = stage.by(HOLDER)
    places = meeting.participants.select_related("user")
    came = [place.pk for place in places if place.user and _draw(stage, meeting, place.user.email) < CAME]
    meetings.attend(meeting=meeting, came=came, left=[], by=by)
    items = list(meeting.items.all())
    for item, (*_, minuted, decision) in zip(items, rows(words["items"]), strict=True):
        if minuted:
            meetings.save_minutes(item=item, minutes=minuted, decision=decision, version=item.minutes_version, by=by)
    for task in rows(words["tasks"]):
        _give(stage, meeting, items, task, by)


def _give(stage: Stage, meeting: Meeting, items: list[AgendaItem], task: list[str], by: Access) -> None:
    under, title, name, due, done = task
    day = clock.local(meeting.starts_at).date()
    words = ActionPointData(title, day + timedelta(days=int(due)), Owner(stage.actor(name)), agreed=True)
    point = meetings.add_point(item=items[int(under) - 1], data=words, by=by)
    if done != "-":
        days = (day - stage.today).days + int(done)
        stage.expect(stage.some_time(days, "done", title), partial(_close, stage, point, name))


def _close(stage: Stage, point: ActionPoint, name: str) -> None:
    meetings.close_point(point=point, by=stage.by(name))


def _approve(stage: Stage, meeting: Meeting) -> None:
    by = stage.by(HOLDER)
    meetings.approve(meeting=meeting, by=by)
    meetings.send(meeting=meeting, by=by)


# --- the one to come ---


def _call_coming(stage: Stage, day: date, words: Mapping[str, Any]) -> None:
    """The agenda begins with what was not reached; some have answered."""
    by = stage.by(HOLDER)
    meeting = _make(stage, day)
    for suggestion in agenda_suggestions.suggestions(meeting):
        if suggestion.carried:
            meetings.add(meeting=meeting, data=suggestion.data, carried_from=suggestion.carried, by=by)
    for item in rows(words["items"]):
        meetings.add(meeting=meeting, data=_item(stage, item), by=by)
    meetings.convene(meeting=meeting, by=by)
    stage.expect(stage.moment(COMING_CALLED + 1, "21.10"), partial(_answer, stage, meeting))


def _answer(stage: Stage, meeting: Meeting) -> None:
    for place in meeting.participants.select_related("user"):
        if place.user and (drawn := _draw(stage, meeting, place.user.email)) < ANSWERS:
            answer = Answer.YES if drawn < COMES else Answer.NO
            meetings.answer(meeting=meeting, answer=answer, by=Access.of(place.user))


def _make(stage: Stage, day: date) -> Meeting:
    forum = Forum.objects.select_related("room").get(center=stage.house.center)
    starts_at = clock.at(day, forum.start)
    frame = MeetingData(forum.name, starts_at, starts_at + timedelta(minutes=forum.length), room=forum.room)
    return meetings.create(center=stage.house.center, body=KEY, data=frame, by=stage.by(HOLDER))


def _item(stage: Stage, item: list[str]) -> ItemData:
    title, kind, needed, owner, audience = item
    return ItemData(
        title=title,
        kind=ItemKind(kind),
        minutes_needed=int(needed),
        owner=stage.actor(owner),
        audience=stage.actors(audience.replace(", ", " + ")),
    )


def _draw(stage: Stage, meeting: Meeting, email: str | None) -> float:
    return chance(stage.seed, meeting.starts_at, email)
