"""What is offered to whoever makes the agenda: what was not reached last time, and what the body has open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from actors.meetings.enums import ItemKind
from actors.meetings.meeting_bodies import Subject
from actors.meetings.models import AgendaItem, Meeting

if TYPE_CHECKING:
    from centers.models import Center


@dataclass(frozen=True)
class Suggestion:
    """`key` names it in the form; `carried` is the item of an earlier meeting that was not reached."""

    key: str
    subject: Subject
    carried: AgendaItem | None = None


def suggestions(meeting: Meeting) -> list[Suggestion]:
    """What is not on the agenda yet, in two statements and what the body itself reads."""
    items = list(meeting.items.all())
    carried, titles = {item.carried_from_id for item in items}, {item.title.casefold() for item in items}
    offered = [
        suggestion
        for suggestion in not_reached(meeting.center, meeting.circle, meeting.starts_at)
        if suggestion.carried
        and suggestion.carried.pk not in carried
        and suggestion.subject.title.casefold() not in titles
    ]
    there = {item.about for item in items} | {
        suggestion.subject.link for suggestion in offered if suggestion.subject.link
    }
    open_now = meeting.body.subjects(meeting)
    return [*offered, *(Suggestion(subject.link, subject) for subject in open_now if subject.link not in there)]


def not_reached(center: Center, body: str, before: datetime) -> Iterator[Suggestion]:
    """The items of the body's last meeting before that instant that nothing was written about or agreed on, where something was about
    others."""
    held = Meeting.objects.announced().filter(center=center, circle=body, starts_at__lt=before)
    last = held.with_agenda().order_by("-starts_at").first()
    if last is None or not last.is_over:
        return
    agreed = set(last.action_points.values_list("item_id", flat=True))
    reached = {item.pk for item in last.items.all() if item.is_minuted} | agreed
    for item in last.items.all() if reached else []:
        if item.pk not in reached:
            yield Suggestion(f"punkt:{item.pk}", _again(item), carried=item)


def _again(item: AgendaItem) -> Subject:
    return Subject(
        title=item.title,
        link=item.about,
        text=item.text,
        kind=ItemKind(item.kind),
        minutes=item.minutes_needed,
        owner=item.owner,
        audience=tuple(item.audience.all()),
    )
