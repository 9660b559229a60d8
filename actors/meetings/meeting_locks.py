"""Lock a meeting's row and check whether the person may act on it: the first step of each action."""

from actors.access import Access
from actors.meetings.models import Meeting
from medborger.common.errors import NotAllowed


def locked(meeting: Meeting) -> Meeting:
    """Return the meeting as it is now with its row locked, so that changes to its agenda and its minutes come one after another."""
    return Meeting.objects.select_for_update(no_key=True, of=("self",)).with_agenda().get(pk=meeting.pk)


def lock_to_convene(meeting: Meeting, by: Access) -> Meeting:
    """Lock the meeting for who may convene it. Raises NotAllowed."""
    fresh = locked(meeting)
    if not fresh.body.may_convene(by, fresh.center):
        raise NotAllowed
    return fresh


def lock_to_minute(meeting: Meeting, by: Access) -> Meeting:
    """Lock the meeting for who may keep its minutes. Raises NotAllowed."""
    fresh = locked(meeting)
    if not fresh.body.may_keep_minutes(by, fresh.center):
        raise NotAllowed
    return fresh
