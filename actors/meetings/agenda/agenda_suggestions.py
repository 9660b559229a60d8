"""What is suggested for an agenda: what was not reached last time, and what the body has open."""

from dataclasses import dataclass
from datetime import datetime

from actors.meetings.enums import ItemKind
from actors.meetings.meeting_bodies import ItemData
from actors.meetings.models import AgendaItem, Meeting
from centers.models import Center


@dataclass(frozen=True)
class Suggestion:
    """An item that can be added with one click. `key` names it in the form; `carried` is the item of an earlier meeting that was not
    reached."""

    key: str
    data: ItemData
    carried: AgendaItem | None = None


def suggestions(meeting: Meeting) -> list[Suggestion]:
    """Return what is not on the agenda yet, in two statements and what the body itself reads."""
    items = list(meeting.items.all())
    carried, titles = {item.carried_from_id for item in items}, {item.title.casefold() for item in items}
    left = [
        item
        for item in not_reached(meeting.center, meeting.circle, meeting.starts_at)
        if item.pk not in carried and item.title.casefold() not in titles
    ]
    there = {item.about for item in items} | {item.about for item in left if item.about}
    again = [Suggestion(f"punkt:{item.pk}", _again(item), carried=item) for item in left]
    return again + [Suggestion(data.about, data) for data in meeting.body.subjects(meeting) if data.about not in there]


def not_reached(center: Center, body: str, before: datetime) -> list[AgendaItem]:
    """Return the items of the body's last meeting before that instant that have neither minutes nor action points; none where that is
    true of all."""
    held = Meeting.objects.announced().filter(center=center, circle=body, starts_at__lt=before)
    last = held.with_agenda().order_by("-starts_at").first()
    if last is None or not last.is_over:
        return []
    items, agreed = list(last.items.all()), set(last.action_points.values_list("item_id", flat=True))
    left = [item for item in items if not item.is_minuted and item.pk not in agreed]
    return left if len(left) < len(items) else []


def _again(item: AgendaItem) -> ItemData:
    return ItemData(
        title=item.title,
        text=item.text,
        kind=ItemKind(item.kind),
        minutes_needed=item.minutes_needed,
        owner=item.owner,
        audience=tuple(item.audience.all()),
        about=item.about,
    )
