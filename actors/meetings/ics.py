"""Meetings as calendar files (.ics): each participant's own times, nobody else's."""

from collections.abc import Sequence

from actors.meetings.models import Meeting
from actors.meetings.timetable import Span
from medborger.common import calendar_file as ics


def calendar_file(
    meeting: Meeting, spans: Sequence[Span], *, before: Sequence[Span] = (), description: str = "", url: str = ""
) -> str:
    """Return an entry for each stretch of time; entries that `before` had more of are cancelled."""
    center = meeting.center
    location = (meeting.where, center.name, center.address, f"{center.postcode} {center.town}".strip())
    entries = [
        ics.CalendarFileEvent(
            name=f"meeting-{meeting.pk}-{place + 1}" if place else f"meeting-{meeting.pk}",
            sequence=meeting.sequence,
            starts_at=starts_at,
            ends_at=ends_at,
            summary=meeting.title,
            location=", ".join(filter(None, location)),
            description=description,
            url=url,
            status="CONFIRMED" if place < len(spans) else "CANCELLED",
        )
        for place, (starts_at, ends_at) in enumerate([*spans, *before[len(spans) :]])
    ]
    return ics.calendar_file(entries, cancelled=not spans)
