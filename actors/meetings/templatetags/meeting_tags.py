"""Times of meetings in running text."""

from django import template

from actors.meetings.models import Meeting
from medborger.common import clock, phrases

register = template.Library()


@register.filter
def meeting_time(meeting: Meeting) -> str:
    """torsdag 26. november kl. 18.00–19.30"""
    return phrases.when(meeting.starts_at, meeting.ends_at)


@register.filter
def time_and_place(meeting: Meeting) -> str:
    """torsdag 26. november kl. 18.00–19.30, Salen"""
    return ", ".join(part for part in (meeting_time(meeting), meeting.where) if part)


@register.filter
def meeting_day(meeting: Meeting) -> str:
    """tor 26. nov."""
    return phrases.short_day(clock.local(meeting.starts_at).date())


@register.filter
def meeting_hours(meeting: Meeting) -> str:
    """18.00–19.30"""
    return phrases.hours(meeting.starts_at, meeting.ends_at)


register.filter("clock_time", phrases.hour)
register.filter("moment", phrases.moment)
