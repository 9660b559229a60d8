"""Actions on the agenda. When they move somebody's time at a convened meeting, that person is told once the agenda has been left
unchanged for some minutes (`convening.actions.tell_settled`)."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from actors.access import Access
from actors.errors import ActorNotInHouse
from actors.meetings import errors
from actors.meetings.enums import Direction, MeetingEvent
from actors.meetings.meeting_bodies import ItemData
from actors.meetings.meeting_locks import lock_to_convene
from actors.meetings.models import LONGEST, AgendaItem, AgendaItemActor, Meeting
from actors.models import Actor
from medborger.common import audit, clock
from medborger.common.errors import Stale

MOST_ITEMS = 200


@transaction.atomic
def add(*, meeting: Meeting, data: ItemData, by: Access, carried_from: AgendaItem | None = None) -> AgendaItem:
    """Put an item last on the agenda. `carried_from` is an item of an earlier meeting of the body that was not reached.

    Raises NotAllowed, AgendaClosed, TooManyItems, AgendaTooLong, ActorNotInHouse, OnTheAgendaAlready.
    """
    meeting, items = _with_open_agenda(meeting, by)
    if len(items) >= MOST_ITEMS:
        raise errors.TooManyItems
    if any(
        (data.about and item.about == data.about) or (carried_from and item.carried_from_id == carried_from.pk)
        for item in items
    ):
        raise errors.OnTheAgendaAlready
    _check(meeting, data, items)
    item = AgendaItem.objects.create(
        meeting=meeting, position=len(items) + 1, about=data.about, carried_from=carried_from, **data.columns
    )
    _put_audience(item, data.audience)
    _agenda_changed(MeetingEvent.ITEM_ADDED, item, meeting, by, meeting=meeting.pk)
    return item


@transaction.atomic
def change_item(*, item: AgendaItem, data: ItemData, version: int, by: Access) -> AgendaItem:
    """Change an item. Raises Stale when it was changed since `version`, and what `add` raises."""
    meeting, items = _with_open_agenda(item.meeting, by)
    fresh = next(other for other in items if other == item)
    if fresh.version != version:
        raise Stale(current=fresh)
    _check(meeting, data, [other for other in items if other != item])
    for name, value in data.columns.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save(update_fields=[*data.columns, "version"])
    fresh.concerned.all().delete()
    _put_audience(fresh, data.audience)
    _agenda_changed(MeetingEvent.ITEM_CHANGED, fresh, meeting, by, meeting=meeting.pk)
    return fresh


@transaction.atomic
def move(*, item: AgendaItem, direction: Direction, by: Access) -> None:
    """Move an item one place up or down. The first does not move up nor the last down, and an item that is gone is ignored.

    Raises NotAllowed, AgendaClosed.
    """
    meeting, items = _with_open_agenda(item.meeting, by)
    if item not in items:
        return
    place = items.index(item)
    other = place + (-1 if direction == Direction.UP else 1)
    if not 0 <= other < len(items):
        return
    pair = [items[place], items[other]]
    pair[0].position, pair[1].position = pair[1].position, pair[0].position
    AgendaItem.objects.bulk_update(pair, ["position"])
    _agenda_changed(MeetingEvent.ITEM_MOVED, item, meeting, by, to=pair[0].position)


@transaction.atomic
def remove(*, item: AgendaItem, by: Access) -> None:
    """Take an item off the agenda; those after it move up. An item that is gone is ignored.

    Raises NotAllowed, AgendaClosed, ItemHasMinutes.
    """
    meeting, items = _with_open_agenda(item.meeting, by)
    fresh = next((other for other in items if other == item), None)
    if fresh is None:
        return
    if fresh.is_minuted or fresh.action_points.exists():
        raise errors.ItemHasMinutes
    _agenda_changed(MeetingEvent.ITEM_REMOVED, fresh, meeting, by, meeting=meeting.pk)
    fresh.delete()
    meeting.items.filter(position__gt=fresh.position).update(position=F("position") - 1)


def _with_open_agenda(meeting: Meeting, by: Access) -> tuple[Meeting, list[AgendaItem]]:
    """Return the locked meeting and its items in order, for who may convene it. Raises NotAllowed, AgendaClosed."""
    meeting = lock_to_convene(meeting, by)
    if not meeting.takes_items:
        raise errors.AgendaClosed
    return meeting, list(meeting.items.all())


def _check(meeting: Meeting, data: ItemData, others: Iterable[AgendaItem]) -> None:
    if timedelta(minutes=data.minutes_needed + sum(item.minutes_needed for item in others)) > LONGEST:
        raise errors.AgendaTooLong
    named = {*data.audience, *([data.owner] if data.owner else [])}
    if named and Actor.objects.in_house(meeting.center_id).filter(pk__in=[a.pk for a in named]).count() != len(named):
        raise ActorNotInHouse(field="audience")


def _put_audience(item: AgendaItem, audience: Iterable[Actor]) -> None:
    AgendaItemActor.objects.bulk_create(AgendaItemActor(item=item, actor=actor) for actor in dict.fromkeys(audience))


def _agenda_changed(event: MeetingEvent, item: AgendaItem, changed: Meeting, by: Access, **details: object) -> None:
    """Record the event, and that times may have moved at a convened meeting."""
    audit.record(event, item, by=by.user, center_id=changed.center_id, **details)
    if changed.is_coming:
        changed.slots_moved_at = clock.now()
        changed.save(update_fields=["slots_moved_at"])
