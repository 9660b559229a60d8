"""Putting items on the agenda, and putting them in order. When that moves somebody's time at a meeting that has been convened, they
are told once the agenda lies still (`meetings.tell_settled`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from actors.meetings import agenda, errors
from actors.meetings.actions.shared import to_convene
from actors.meetings.enums import Direction, ItemKind, Verb
from actors.meetings.models import LONGEST, AgendaItem, AgendaItemActor, Meeting
from actors.models import Actor
from medborger.common import audit, clock
from medborger.common.errors import Stale

if TYPE_CHECKING:
    from actors.standing import Standing

MOST_ITEMS = 200


@dataclass(frozen=True)
class ItemWords:
    """What is said of an item when it is put on the agenda."""

    title: str
    text: str = ""
    kind: ItemKind = ItemKind.DISCUSSION
    minutes_needed: int = 15
    owner: Actor | None = None
    audience: tuple[Actor, ...] = field(default=())

    @property
    def columns(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in ("title", "text", "kind", "minutes_needed", "owner")}


@transaction.atomic
def add(
    *, meeting: Meeting, words: ItemWords, by: Standing, about: str = "", carried_from: AgendaItem | None = None
) -> AgendaItem:
    """Put an item last on the agenda. `about` is the path of the page it is about; `carried_from` an item of an earlier meeting of
    the circle that was not reached.

    Raises NotAllowed, AgendaClosed, TooManyItems, AgendaTooLong, ActorElsewhere, OnTheAgendaAlready.
    """
    meeting = to_convene(meeting, by)
    items = _open_items(meeting)
    if len(items) >= MOST_ITEMS:
        raise errors.TooManyItems
    if any(
        (about and item.about == about) or (carried_from and item.carried_from_id == carried_from.pk) for item in items
    ):
        raise errors.OnTheAgendaAlready
    _check(meeting, words, items)
    item = AgendaItem.objects.create(
        meeting=meeting, position=len(items) + 1, about=about, carried_from=carried_from, **words.columns
    )
    _put_audience(item, words.audience)
    audit.record(Verb.ITEM_ADDED, item, by=by.user, center_id=meeting.center_id, meeting=meeting.pk)
    _note_that_slots_moved(meeting)
    return item


@transaction.atomic
def change_item(*, item: AgendaItem, words: ItemWords, version: int, by: Standing) -> AgendaItem:
    """Say it otherwise, give it more time, or to others. Raises Stale when it was changed since `version`, and what `add` does."""
    meeting = to_convene(item.meeting, by)
    items = _open_items(meeting)
    fresh = next(other for other in items if other.pk == item.pk)
    if fresh.version != version:
        raise Stale(fresh)
    _check(meeting, words, [other for other in items if other.pk != item.pk])
    for name, value in words.columns.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save(update_fields=[*words.columns, "version"])
    fresh.concerned.all().delete()
    _put_audience(fresh, words.audience)
    audit.record(Verb.ITEM_CHANGED, fresh, by=by.user, center_id=meeting.center_id, meeting=meeting.pk)
    _note_that_slots_moved(meeting)
    return fresh


@transaction.atomic
def move(*, item: AgendaItem, direction: Direction, by: Standing) -> None:
    """One place up or down; the first stays first and the last last, and one that is gone is left alone.

    Raises NotAllowed, AgendaClosed.
    """
    meeting = to_convene(item.meeting, by)
    items = _open_items(meeting)
    if item not in items:
        return
    place = items.index(item)
    other = place + (-1 if direction == Direction.UP else 1)
    if not 0 <= other < len(items):
        return
    pair = [items[place], items[other]]
    pair[0].position, pair[1].position = pair[1].position, pair[0].position
    AgendaItem.objects.bulk_update(pair, ["position"])
    audit.record(Verb.ITEM_MOVED, item, by=by.user, center_id=meeting.center_id, to=pair[0].position)
    _note_that_slots_moved(meeting)


@transaction.atomic
def remove(*, item: AgendaItem, by: Standing) -> None:
    """Take it off; those after it move up. One that another has taken off meanwhile is left alone.

    Raises NotAllowed, AgendaClosed, ItemHasMinutes.
    """
    meeting = to_convene(item.meeting, by)
    fresh = next((other for other in _open_items(meeting) if other == item), None)
    if fresh is None:
        return
    if fresh.is_minuted or fresh.action_points.exists():
        raise errors.ItemHasMinutes
    audit.record(Verb.ITEM_REMOVED, fresh, by=by.user, center_id=meeting.center_id, meeting=meeting.pk)
    position = fresh.position
    fresh.delete()
    meeting.items.filter(position__gt=position).update(position=F("position") - 1)
    _note_that_slots_moved(meeting)


def _open_items(meeting: Meeting) -> list[AgendaItem]:
    """The items in their order, while the agenda can be changed. Raises AgendaClosed."""
    if not meeting.takes_items:
        raise errors.AgendaClosed
    return list(meeting.items.all())


def _check(meeting: Meeting, words: ItemWords, others: Iterable[AgendaItem]) -> None:
    end = agenda.ends_at(meeting.starts_at, [AgendaItem(minutes_needed=words.minutes_needed), *others])
    if end - meeting.starts_at > LONGEST:
        raise errors.AgendaTooLong
    named = {*words.audience, *([words.owner] if words.owner else [])}
    if named and Actor.objects.in_house(meeting.center_id).filter(pk__in=[a.pk for a in named]).count() != len(named):
        raise errors.ActorElsewhere


def _put_audience(item: AgendaItem, audience: Iterable[Actor]) -> None:
    AgendaItemActor.objects.bulk_create(AgendaItemActor(item=item, actor=actor) for actor in dict.fromkeys(audience))


def _note_that_slots_moved(meeting: Meeting) -> None:
    if meeting.stands and not meeting.is_over:
        meeting.slots_moved_at = clock.now()
        meeting.save(update_fields=["slots_moved_at"])
