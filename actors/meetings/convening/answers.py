"""Answering an invitation, and writing down who came."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction

from actors.meetings import errors
from actors.meetings.enums import Answer, MeetingEvent
from actors.meetings.meeting_locks import locked, to_minute
from actors.meetings.minutes.actions import hold
from actors.meetings.models import Meeting, Participant
from medborger.common import audit

if TYPE_CHECKING:
    from actors.standing import Standing


@transaction.atomic
def answer(*, meeting: Meeting, answer: Answer, by: Standing) -> Participant:
    """Say for oneself whether one comes; it can be changed until the meeting is over. Raises NotInvited, MeetingOver."""
    meeting = locked(meeting)
    place = meeting.participants.select_for_update().filter(user=by.user.pk).first()
    if place is None:
        raise errors.NotInvited
    if not meeting.stands or meeting.is_over:
        raise errors.MeetingOver
    if place.answer != answer:
        place.answer = answer
        place.save(update_fields=["answer"])
        audit.record(MeetingEvent.ANSWERED, meeting, by=by.user, answer=answer)
    return place


@transaction.atomic
def attend(*, meeting: Meeting, came: Collection[int], left: Collection[int], by: Standing) -> None:
    """Write down participants (ids) who have come, and take back those who have not: only what was ticked or unticked, so that two who
    tick at once do not undo each other's. Raises NotAllowed, MinutesClosed.
    """
    meeting = to_minute(meeting, by)
    if not meeting.takes_minutes:
        raise errors.MinutesClosed
    meeting.participants.filter(pk__in=came).update(present=True)
    meeting.participants.filter(pk__in=left).update(present=False)
    hold(meeting)
    audit.record(MeetingEvent.ATTENDED, meeting, by=by.user, came=len(came), left=len(left))
