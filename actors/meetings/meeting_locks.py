"""What all acts on a meeting begin with: its row, locked, and whether the person may."""

from __future__ import annotations

from actors.meetings.models import Meeting
from actors.standing import Standing
from medborger.common.errors import NotAllowed


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, its row locked: whatever is done to its agenda and its minutes comes one after another."""
    return Meeting.objects.select_for_update(no_key=True, of=("self",)).with_agenda().get(pk=meeting.pk)


def to_convene(meeting: Meeting, by: Standing) -> Meeting:
    """Locked, for who may convene its body. Raises NotAllowed."""
    fresh = locked(meeting)
    if not fresh.body.may_convene(by, fresh.center):
        raise NotAllowed
    return fresh


def to_minute(meeting: Meeting, by: Standing) -> Meeting:
    """Locked, for who may keep the minutes of its body. Raises NotAllowed."""
    fresh = locked(meeting)
    if not fresh.body.may_keep_minutes(by, fresh.center):
        raise NotAllowed
    return fresh
