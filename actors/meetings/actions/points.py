"""Action points: what somebody will do by a day. Written with the minutes; they outlive their approval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from actors.meetings import circles, emails, errors, signals
from actors.meetings.actions.minutes import hold
from actors.meetings.actions.shared import to_minute
from actors.meetings.enums import Verb
from actors.meetings.models import ActionPoint, AgendaItem
from actors.meetings.owners import Owner
from actors.models import Actor
from actors.standing import Standing
from medborger.common import audit, clock, outbox
from medborger.common.errors import AlreadyDone, NotAllowed, Stale, violated

if TYPE_CHECKING:
    from centers.models import Center

MOST_POINTS = 20
REMINDS_BEFORE = timedelta(days=3)
UNDO_FOR = timedelta(minutes=10)
# Nobody's phone rings at night: reminders go from eight in the morning to eight in the evening.
WAKES, RETIRES = 8, 20


@dataclass(frozen=True)
class PointWords:
    """What will be done, by whom, by when. `agreed`: an association or a resident group has itself said yes."""

    title: str
    due_on: date
    owner: Owner
    agreed: bool = False


def add_point(*, item: AgendaItem, words: PointWords, by: Standing, token: UUID | None = None) -> ActionPoint:
    """Write an action point under an item. The same form sent twice writes one: AlreadyDone carries it.

    Raises NotAllowed, MinutesClosed, TooManyPoints, NotByDefault, OwnerElsewhere, DueInThePast.
    """
    try:
        with transaction.atomic():
            return _add_point(item, words, by, token)
    except IntegrityError as error:
        if violated(error) == "meetings_actionpoint_form_token_key":
            raise AlreadyDone(ActionPoint.objects.get(form_token=token)) from error
        raise


def _add_point(item: AgendaItem, words: PointWords, by: Standing, token: UUID | None) -> ActionPoint:
    meeting = to_minute(item.meeting, by)
    if not meeting.takes_minutes:
        raise errors.MinutesClosed
    if ActionPoint.objects.filter(item=item).count() >= MOST_POINTS:
        raise errors.TooManyPoints
    _check(words, meeting.center)
    point = ActionPoint.objects.create(
        center=meeting.center,
        meeting=meeting,
        item=item,
        title=words.title,
        due_on=words.due_on,
        agreed=words.agreed and words.owner.are_volunteers,
        form_token=token,
        created_by_id=by.user.pk,
        created_at=clock.now(),
        **words.owner.columns,
    )
    hold(meeting)
    audit.record(Verb.POINT_ADDED, point, by=by.user, meeting=meeting.pk, item=item.pk)
    signals.minuted.send(sender=AgendaItem, item=item)
    return point


@transaction.atomic
def change_point(*, point: ActionPoint, words: PointWords, version: int, by: Standing) -> ActionPoint:
    """Give it to another or another day, by who keeps the minutes; once they are approved its words stay as they are.

    Raises Stale when it was changed since `version`, NotAllowed, PointDone, and what `add_point` does.
    """
    meeting = to_minute(point.meeting, by)
    fresh = _locked(point)
    if fresh.version != version:
        raise Stale(fresh)
    if fresh.is_done:
        raise errors.PointDone
    moved = words.due_on != fresh.due_on
    _check(words, meeting.center, new_day=moved)
    changed = ["agreed", "due_on", "reminded_on", "version", *words.owner.columns]
    if not meeting.is_approved:
        fresh.title = words.title
        changed.append("title")
    if moved or Owner.of(fresh) != words.owner:
        fresh.reminded_on = None
    for name, value in words.owner.columns.items():
        setattr(fresh, name, value)
    fresh.agreed = words.agreed and words.owner.are_volunteers
    fresh.due_on = words.due_on
    fresh.version += 1
    fresh.save(update_fields=changed)
    audit.record(Verb.POINT_CHANGED, fresh, by=by.user, due_on=fresh.due_on.isoformat())
    return fresh


@transaction.atomic
def remove_point(*, point: ActionPoint, by: Standing) -> None:
    """Take away what was a slip of the pen, until the minutes are approved. Raises NotAllowed, PointStays."""
    meeting = to_minute(point.meeting, by)
    if meeting.is_approved:
        raise errors.PointStays
    fresh = ActionPoint.objects.select_for_update(of=("self",)).filter(pk=point.pk).first()
    if fresh is None:
        return
    audit.record(Verb.POINT_REMOVED, fresh, by=by.user, meeting=meeting.pk)
    fresh.delete()
    signals.minuted.send(sender=AgendaItem, item=point.item)


def may_close(point: ActionPoint, by: Standing) -> bool:
    """Who owns it, staff on their behalf, and who keeps the minutes of the meeting."""
    if by.is_staff_in(point.center_id) or point.owner_user_id == by.user.pk:
        return True
    if point.owner_actor_id in by.actors_in(point.center_id):
        return True
    return circles.by_key(point.meeting.circle).may_keep_minutes(by, point.center)


@transaction.atomic
def close_point(*, point: ActionPoint, by: Standing) -> ActionPoint:
    """It is done. Closing it twice changes nothing. Raises NotAllowed."""
    fresh = _locked(point)
    if not may_close(fresh, by):
        raise NotAllowed
    if not fresh.is_done:
        fresh.done_at, fresh.done_by_id = clock.now(), by.user.pk
        fresh.version += 1
        fresh.save(update_fields=["done_at", "done_by", "version"])
        audit.record(Verb.POINT_CLOSED, fresh, by=by.user)
    return fresh


@transaction.atomic
def reopen_point(*, point: ActionPoint, by: Standing) -> ActionPoint:
    """Undo the closing, for ten minutes. One that is open is left as it is. Raises NotAllowed, TooLateToReopen."""
    fresh = _locked(point)
    if not may_close(fresh, by):
        raise NotAllowed
    if fresh.done_at is None:
        return fresh
    if fresh.done_at < clock.now() - UNDO_FOR:
        raise errors.TooLateToReopen
    fresh.done_at = fresh.done_by = None
    fresh.version += 1
    fresh.save(update_fields=["done_at", "done_by", "version"])
    audit.record(Verb.POINT_REOPENED, fresh, by=by.user)
    return fresh


def remind_due() -> int:
    """Remind the owners of what is due within three days, and once more when its day has gone; in waking hours, Copenhagen time.
    Returns how many action points."""
    if not WAKES <= clock.local(clock.now()).hour < RETIRES:
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
    audit.record(Verb.POINT_REMINDED, fresh, by=None)
    return True


def _locked(point: ActionPoint) -> ActionPoint:
    rows = ActionPoint.objects.select_for_update(of=("self",), no_key=True)
    return rows.with_owner().select_related("center").get(pk=point.pk)


def _check(words: PointWords, center: Center, *, new_day: bool = True) -> None:
    owner = words.owner
    if new_day and words.due_on < clock.today():
        raise errors.DueInThePast
    if owner.actor is not None and not Actor.objects.in_house(center.pk).filter(pk=owner.actor.pk).exists():
        raise errors.OwnerElsewhere
    if owner.user is not None and not Standing.of(owner.user).is_tied_to(center.pk):
        raise errors.OwnerElsewhere
    if owner.are_volunteers and not words.agreed:
        raise errors.NotByDefault
