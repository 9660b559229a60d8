"""Calendar files (.ics, RFC 5545) that phones and calendars read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from medborger.common import clock


@dataclass(frozen=True)
class CalendarFileEvent:
    """One event. `name` never changes and is unique in the installation, `sequence` rises with each change: so a calendar that has
    the event replaces it. `status` is CONFIRMED, TENTATIVE or CANCELLED."""

    name: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str = ""
    description: str = ""
    url: str = ""
    status: str = "CONFIRMED"


def calendar_file(entries: Iterable[CalendarFileEvent], *, cancelled: bool = False) -> str:
    """The entries as a calendar; `cancelled` takes them away from one that has them."""
    calendar = Calendar()
    calendar.add("prodid", "-//Medborger//da")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    for entry in entries:
        calendar.add_component(_event(entry))
    content: bytes = calendar.to_ical()
    return content.decode()


def _event(entry: CalendarFileEvent) -> Event:
    event = Event()
    event.add("uid", f"{entry.name}@{urlsplit(settings.PUBLIC_URL).hostname or 'medborger'}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", clock.now())
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", entry.summary)
    for name in ("location", "description", "url"):
        if value := getattr(entry, name):
            event.add(name, value)
    event.add("status", entry.status)
    return event
