"""Actions on action points. They are written with the minutes, and closed and reminded of after the approval."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from actors.access import Access
from actors.meetings import errors, signals
from actors.meetings.action_points import emails
from actors.meetings.action_points.action_point_owners import Owner
from actors.meetings.enums import MeetingEvent
from actors.meetings.meeting_locks import lock_to_minute
from actors.meetings.minutes.actions import mark_held
from actors.meetings.models import ActionPoint, AgendaItem
from actors.models import Actor
from centers.models import Center
from medborger.common import audit, clock
from medborger.common.errors import NotAllowed, Stale, made_once
from medborger.common.messaging import outbox

MOST_POINTS = 20
REMINDS_BEFORE = timedelta(days=3)
# Reminders are sent from eight in the morning to eight in the evening.
REMINDS_FROM, REMINDS_UNTIL = 8, 20


@dataclass(frozen=True)
class ActionPointData:
    """What will be done, by whom, by when. `agreed`: an association or a resident group has itself said yes."""

    title: str
    due_on: date
    owner: Owner
    agreed: bool = False


def add_point(*, item: AgendaItem, data: ActionPointData, by: Access, token: UUID | None = None) -> ActionPoint:
    """Write an action point under an item. The same form sent twice writes one: AlreadyDone carries it.

    Raises NotAllowed, MinutesClosed, TooManyActionPoints, NotByDefault, OwnerElsewhere, DueInThePast.
    """
    with made_once(ActionPoint, token):
        meeting = lock_to_minute(item.meeting, by)
        if not meeting.takes_minutes:
            raise errors.MinutesClosed
        if ActionPoint.objects.filter(item=item).count() >= MOST_POINTS:
            raise errors.TooManyActionPoints
        _check(data, meeting.center)
        point = ActionPoint.objects.create(
            center=meeting.center,
            meeting=meeting,
            item=item,
            title=data.title,
            due_on=data.due_on,
            agreed=data.agreed and data.owner.are_volunteers,
            form_token=token,
            created_by_id=by.user.pk,
            created_at=clock.now(),
            **data.owner.columns,
        )
        mark_held(meeting)
        audit.record(MeetingEvent.POINT_ADDED, point, by=by.user, meeting=meeting.pk, item=item.pk)
        signals.minuted.send(sender=AgendaItem, item=item)
    return point


@transaction.atomic
def change_point(*, point: ActionPoint, data: ActionPointData, version: int, by: Access) -> ActionPoint:
    """Change the owner or the day, and until the minutes are approved the title, for who keeps the minutes.

    Raises Stale when it was changed since `version`, NotAllowed, ActionPointDone, and what `add_point` raises.
    """
    meeting = lock_to_minute(point.meeting, by)
    fresh = _locked(point)
    if fresh.version != version:
        raise Stale(current=fresh)
    if fresh.is_done:
        raise errors.ActionPointDone
    moved = data.due_on != fresh.due_on
    _check(data, meeting.center, new_day=moved)
    changed = ["agreed", "due_on", "reminded_on", "version", *data.owner.columns]
    if not meeting.is_approved:
        fresh.title = data.title
        changed.append("title")
    if moved or Owner.of(fresh) != data.owner:
        fresh.reminded_on = None
    for name, value in data.owner.columns.items():
        setattr(fresh, name, value)
    fresh.agreed = data.agreed and data.owner.are_volunteers
    fresh.due_on = data.due_on
    fresh.version += 1
    fresh.save(update_fields=changed)
    audit.record(MeetingEvent.POINT_CHANGED, fresh, by=by.user, due_on=fresh.due_on.isoformat())
    return fresh


@transaction.atomic
def remove_point(*, point: ActionPoint, by: Access) -> None:
    """Delete a point until the minutes are approved. Raises NotAllowed, ActionPointStays."""
    meeting = lock_to_minute(point.meeting, by)
    if meeting.is_approved:
        raise errors.ActionPointStays
    fresh = ActionPoint.objects.select_for_update(of=("self",)).filter(pk=point.pk).first()
    if fresh is None:
        return
    audit.record(MeetingEvent.POINT_REMOVED, fresh, by=by.user, meeting=meeting.pk)
    fresh.delete()
    signals.minuted.send(sender=AgendaItem, item=point.item)


def may_close(point: ActionPoint, by: Access) -> bool:
    """Return whether the person owns the point, is staff, or keeps the minutes of the meeting."""
    return (
        by.is_staff_in(point.center_id)
        or point.owner_user_id == by.user.pk
        or point.owner_actor_id in by.actors_in(point.center_id)
        or point.meeting.body.may_keep_minutes(by, point.center)
    )


@transaction.atomic
def close_point(*, point: ActionPoint, by: Access) -> ActionPoint:
    """Mark the point as done. Closing it twice changes nothing. Raises NotAllowed."""
    fresh = _locked(point)
    if not may_close(fresh, by):
        raise NotAllowed
    if not fresh.is_done:
        fresh.done_at, fresh.done_by_id = clock.now(), by.user.pk
        fresh.version += 1
        fresh.save(update_fields=["done_at", "done_by", "version"])
        audit.record(MeetingEvent.POINT_CLOSED, fresh, by=by.user)
    return fresh


@transaction.atomic
def reopen_point(*, point: ActionPoint, by: Access) -> ActionPoint:
    """Undo the closing within ten minutes. An open point stays as it is. Raises NotAllowed, TooLateToReopen."""
    fresh = _locked(point)
    if not may_close(fresh, by):
        raise NotAllowed
    if not fresh.is_done:
        return fresh
    if not fresh.can_reopen:
        raise errors.TooLateToReopen
    fresh.done_at = fresh.done_by = None
    fresh.version += 1
    fresh.save(update_fields=["done_at", "done_by", "version"])
    audit.record(MeetingEvent.POINT_REOPENED, fresh, by=by.user)
    return fresh


def remind_due() -> int:
    """Remind the owners of what is due within three days, and once more when the day has passed; by day only, Copenhagen time. Return how
    many action points."""
    if not REMINDS_FROM <= clock.local(clock.now()).hour < REMINDS_UNTIL:
        return 0
    today = clock.today()
    late = Q(due_on__lt=today) & (Q(reminded_on=None) | Q(reminded_on__lte=F("due_on")))
    soon = Q(due_on__gte=today, due_on__lte=today + REMINDS_BEFORE, reminded_on=None)
    waiting = ActionPoint.objects.open().filter(late | soon, center__retired_at=None)
    return sum(
        _remind(point) for point in waiting.filter(created_at__lt=clock.midnight(today)).order_by("due_on", "pk")
    )


@transaction.atomic
def _remind(point: ActionPoint) -> bool:
    fresh = _locked(point)
    if fresh.is_done or (fresh.version, fresh.reminded_on) != (point.version, point.reminded_on):
        return False
    outbox.post(emails.due(fresh, Owner.of(fresh).people(fresh.center)))
    fresh.reminded_on = clock.today()
    fresh.save(update_fields=["reminded_on"])
    audit.record(MeetingEvent.POINT_REMINDED, fresh, by=None)
    return True


def _locked(point: ActionPoint) -> ActionPoint:
    rows = ActionPoint.objects.select_for_update(of=("self",), no_key=True)
    return rows.with_owner().select_related("center").get(pk=point.pk)


def _check(data: ActionPointData, center: Center, *, new_day: bool = True) -> None:
    owner = data.owner
    if new_day and data.due_on < clock.today():
        raise errors.DueInThePast
    if owner.actor is not None and not Actor.objects.in_house(center.pk).filter(pk=owner.actor.pk).exists():
        raise errors.OwnerElsewhere
    if owner.user is not None and not Access.of(owner.user).is_tied_to(center.pk):
        raise errors.OwnerElsewhere
    if owner.are_volunteers and not data.agreed:
        raise errors.NotByDefault
