"""Dates and times of bookings and closures in running text."""

from datetime import datetime
from typing import Protocol

from django import template

from bookings.models import Booking
from medborger.common import clock, phrases

register = template.Library()


class Lasting(Protocol):
    starts_at: datetime
    ends_at: datetime


@register.filter
def when(lasting: Lasting) -> str:
    """torsdag 26. november kl. 18.00–19.30"""
    return phrases.when(lasting.starts_at, lasting.ends_at)


@register.filter
def hours(lasting: Lasting) -> str:
    """18.00–19.30"""
    return phrases.hours(lasting.starts_at, lasting.ends_at)


@register.filter
def short_day(lasting: Lasting) -> str:
    """tor 26. nov."""
    return phrases.short_day(clock.local(lasting.starts_at).date())


@register.filter
def period(lasting: Lasting) -> str:
    """fredag 4. december kl. 12.00 til søndag 6. december kl. 24.00"""
    return phrases.period(lasting.starts_at, lasting.ends_at)


@register.filter
def place_and_time(booking: Booking) -> str:
    """Salen, torsdag 26. november kl. 18.00–19.30"""
    return f"{booking.room.name}, {when(booking)}"
