"""Actions on the minutes: write them item by item, tick who is present, approve and send them."""

from collections.abc import Collection

from django.db import transaction

from actors.access import Access
from actors.meetings import errors, signals
from actors.meetings.enums import MeetingEvent, MeetingState
from actors.meetings.meeting_locks import lock_to_minute
from actors.meetings.minutes import emails
from actors.meetings.models import ActionPoint, AgendaItem, Meeting
from actors.models import User
from medborger.common import audit, clock
from medborger.common.errors import Stale
from medborger.common.messaging import outbox


@transaction.atomic
def save_minutes(*, item: AgendaItem, minutes: str, decision: str, version: int, by: Access) -> AgendaItem:
    """Write what was said of an item and what was decided. The same words again change nothing.

    Raises Stale, with the item as it is now, when somebody saved other words since `version`: nothing is written then, and the
    page shows both. Raises NotAllowed, and MinutesClosed before the meeting and after the approval.
    """
    meeting = lock_to_minute(item.meeting, by)
    if not meeting.takes_minutes:
        raise errors.MinutesClosed
    fresh = AgendaItem.objects.get(pk=item.pk)
    if (fresh.minutes, fresh.decision) == (minutes, decision):
        return fresh
    if fresh.minutes_version != version:
        raise Stale(current=fresh)
    fresh.minutes, fresh.decision = minutes, decision
    fresh.minutes_version += 1
    fresh.minutes_saved_at = clock.now()
    fresh.save(update_fields=["minutes", "decision", "minutes_version", "minutes_saved_at"])
    mark_held(meeting)
    audit.record(MeetingEvent.MINUTES_SAVED, fresh, by=by.user, center_id=meeting.center_id, meeting=meeting.pk)
    fresh.meeting = meeting
    signals.minuted.send(sender=AgendaItem, item=fresh)
    return fresh


@transaction.atomic
def attend(*, meeting: Meeting, came: Collection[int], left: Collection[int], by: Access) -> None:
    """Write down which participants (ids) have come or left. Only what was ticked or unticked is written, so that two who tick at once do
    not undo each other. Raises NotAllowed, MinutesClosed."""
    meeting = lock_to_minute(meeting, by)
    if not meeting.takes_minutes:
        raise errors.MinutesClosed
    meeting.participants.filter(pk__in=came).update(present=True)
    meeting.participants.filter(pk__in=left).update(present=False)
    mark_held(meeting)
    audit.record(MeetingEvent.ATTENDED, meeting, by=by.user, came=len(came), left=len(left))


@transaction.atomic
def approve(*, meeting: Meeting, by: Access) -> Meeting:
    """Make the minutes final; the database refuses changes from then on. Approving twice changes nothing.

    Raises NotAllowed, and NotHeldYet before the meeting has begun.
    """
    meeting = lock_to_minute(meeting, by)
    if meeting.is_approved:
        return meeting
    if not meeting.stands or not meeting.has_begun:
        raise errors.NotHeldYet
    mark_held(meeting)
    meeting.minutes_approved_at, meeting.minutes_approved_by_id = clock.now(), by.user.pk
    meeting.save(update_fields=["minutes_approved_at", "minutes_approved_by"])
    audit.record(MeetingEvent.APPROVED, meeting, by=by.user)
    return meeting


@transaction.atomic
def send(*, meeting: Meeting, by: Access) -> int:
    """Send the approved minutes to who was invited and to whom the body would invite today: decisions, action points and the link.
    Sending again does nothing. Return to how many. Raises NotAllowed, NotApprovedYet, NobodyToSendTo."""
    meeting = lock_to_minute(meeting, by)
    if not meeting.is_approved:
        raise errors.NotApprovedYet
    if meeting.minutes_sent_at is not None:
        return 0
    people = readers(meeting)
    if not people:
        raise errors.NobodyToSendTo
    points = list(ActionPoint.objects.filter(meeting=meeting).with_owner())
    outbox.post(emails.minutes(meeting, points, people))
    meeting.minutes_sent_at = clock.now()
    meeting.save(update_fields=["minutes_sent_at"])
    audit.record(MeetingEvent.MINUTES_SENT, meeting, by=by.user, people=len(people))
    return len(people)


def readers(meeting: Meeting) -> list[User]:
    """Return whom the minutes are sent to, each once."""
    invited = [place.user for place in meeting.participants.select_related("user").order_by("pk")]
    of_body = [invitee.user for invitee in meeting.body.invitees(meeting.center)]
    return [user for user in dict.fromkeys([*invited, *of_body]) if user is not None and user.is_reachable]


def mark_held(meeting: Meeting) -> None:
    """Mark a meeting that has begun as held, in the caller's transaction."""
    if meeting.state == MeetingState.CONVENED and meeting.has_begun:
        meeting.state = MeetingState.HELD
        meeting.save(update_fields=["state"])
