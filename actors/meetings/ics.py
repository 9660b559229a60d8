"""Meetings as calendar files (.ics): each participant's own times, nobody else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actors.meetings.models import Meeting
from actors.meetings.timetable import Span
from medborger.common import calendar_file as ics


def calendar_file(
    meeting: Meeting, spans: Sequence[Span], *, before: Sequence[Span] = (), description: str = "", url: str = ""
) -> str:
    """An entry for each stretch of time; those that `before` had more of are taken away."""
    return ics.calendar_file(_entries(meeting, spans, before, description, url), cancelled=not spans)


def _entries(
    meeting: Meeting, spans: Sequence[Span], before: Sequence[Span], description: str, url: str
) -> Iterator[ics.Entry]:
    for place, (starts_at, ends_at) in enumerate([*spans, *before[len(spans) :]]):
        yield ics.Entry(
            name=f"meeting-{meeting.pk}-{place + 1}" if place else f"meeting-{meeting.pk}",
            sequence=meeting.sequence,
            starts_at=starts_at,
            ends_at=ends_at,
            summary=meeting.title,
            location=", ".join(part for part in _place(meeting) if part),
            description=description,
            url=url,
            status="CONFIRMED" if place < len(spans) else "CANCELLED",
        )


def _place(meeting: Meeting) -> tuple[str, ...]:
    center = meeting.center
    return meeting.where, center.name, center.address, f"{center.postcode} {center.town}".strip()
