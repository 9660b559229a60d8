"""Writing the minutes, each item by itself, approving them, and sending them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from actors.meetings import circles, emails, errors, signals
from actors.meetings.actions.shared import to_minute
from actors.meetings.enums import MeetingState, Verb
from actors.meetings.models import ActionPoint, AgendaItem, Meeting
from medborger.common import audit, clock, outbox
from medborger.common.errors import Stale

if TYPE_CHECKING:
    from actors.models import User
    from actors.standing import Standing


@transaction.atomic
def save_minutes(*, item: AgendaItem, minutes: str, decision: str, version: int, by: Standing) -> AgendaItem:
    """Write what was said of an item and what was decided. The same words again change nothing.

    Raises Stale, with the item as it is now, when somebody saved other words since `version`: nothing is written then, and the
    page shows both. Raises NotAllowed, and MinutesClosed before the meeting and after the approval.
    """
    meeting = to_minute(item.meeting, by)
    if not meeting.takes_minutes:
        raise errors.MinutesClosed
    fresh = AgendaItem.objects.get(pk=item.pk)
    if (fresh.minutes, fresh.decision) == (minutes, decision):
        return fresh
    if fresh.minutes_version != version:
        raise Stale(fresh)
    fresh.minutes, fresh.decision = minutes, decision
    fresh.minutes_version += 1
    fresh.minutes_saved_at = clock.now()
    fresh.save(update_fields=["minutes", "decision", "minutes_version", "minutes_saved_at"])
    hold(meeting)
    audit.record(Verb.MINUTES_SAVED, fresh, by=by.user, center_id=meeting.center_id, meeting=meeting.pk)
    fresh.meeting = meeting
    signals.minuted.send(sender=AgendaItem, item=fresh)
    return fresh


@transaction.atomic
def approve(*, meeting: Meeting, by: Standing) -> Meeting:
    """Make the minutes final; the database keeps them from then on as they are. Approving twice changes nothing.

    Raises NotAllowed, and NotHeldYet before the meeting has begun.
    """
    meeting = to_minute(meeting, by)
    if meeting.is_approved:
        return meeting
    if not meeting.stands or meeting.starts_at > clock.now():
        raise errors.NotHeldYet
    hold(meeting)
    meeting.minutes_approved_at, meeting.minutes_approved_by_id = clock.now(), by.user.pk
    meeting.save(update_fields=["minutes_approved_at", "minutes_approved_by"])
    audit.record(Verb.APPROVED, meeting, by=by.user)
    return meeting


@transaction.atomic
def send(*, meeting: Meeting, by: Standing) -> int:
    """Send the approved minutes to who was invited and to whom the circle would invite today: what was decided, who does what, and the
    link. Once: sent again they go nowhere. Returns to how many. Raises NotAllowed, NotApprovedYet, NobodyToSendTo.
    """
    meeting = to_minute(meeting, by)
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
    audit.record(Verb.MINUTES_SENT, meeting, by=by.user, people=len(people))
    return len(people)


def readers(meeting: Meeting) -> list[User]:
    """Whom the minutes are sent to, each once."""
    invited = [place.user for place in meeting.participants.select_related("user").order_by("pk")]
    of_circle = [invitee.user for invitee in circles.by_key(meeting.circle).invitees(meeting.center)]
    return [user for user in dict.fromkeys([*invited, *of_circle]) if user is not None and emails.reachable(user)]


def hold(meeting: Meeting) -> None:
    """Within the caller's transaction: what is written of a meeting that has begun says that it takes place."""
    if meeting.state == MeetingState.CONVENED and meeting.starts_at <= clock.now():
        meeting.state = MeetingState.HELD
        meeting.save(update_fields=["state"])
