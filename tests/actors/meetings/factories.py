"""Meetings for tests, made by their own actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from actors.access import Access
from actors.meetings import actions
from actors.meetings.actions import ItemData, MeetingData
from actors.meetings.models import AgendaItem, Meeting
from actors.models import Actor, User
from centers.models import Center
from medborger.common import clock
from tests.actors.meetings.meeting_bodies import KEY
from tests.factories import working_day

NINE, ELEVEN = 9 * 60, 11 * 60


def at(minutes: int) -> datetime:
    """That many minutes into the day of the tests' meetings."""
    return clock.at(working_day(), minutes)


def frame(**said: Any) -> MeetingData:
    """A meeting from nine to eleven on a coming working day."""
    return MeetingData(**{"title": "Fælles morgenmøde", "starts_at": at(NINE), "ends_at": at(ELEVEN), **said})


def draft(center: Center, by: User, **said: Any) -> Meeting:
    return actions.create(center=center, body=KEY, data=frame(**said), by=Access.of(by))


def item(meeting: Meeting, by: User, title: str, minutes: int, *audience: Actor, **said: Any) -> AgendaItem:
    words = ItemData(title=title, minutes_needed=minutes, audience=audience, **said)
    return actions.add(meeting=meeting, data=words, by=Access.of(by))


def convened(center: Center, by: User) -> Meeting:
    """With one item for all, in half an hour."""
    meeting = draft(center, by)
    item(meeting, by, "Siden sidst", 30)
    return actions.convene(meeting=meeting, by=Access.of(by))
