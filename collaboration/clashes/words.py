"""How an event that meets another is named in running text, and to whom its actor may be named."""

from __future__ import annotations

from django.utils.translation import gettext as _

from actors.models import Actor
from bookings.enums import Part
from bookings.models import Booking
from medborger.common import phrases


def actor_of(event: Booking) -> Actor:
    """Who holds it; its parties are fetched."""
    return next(party.actor for party in event.parties.all() if party.part == Part.HOLDER)


def who(event: Booking, *, seen_from: int) -> str:
    """The actor's name for people of the house `seen_from`: of another house it is named only where it is shown to everyone."""
    actor = actor_of(event)
    if event.center_id == seen_from or actor.shown_publicly:
        return actor.name
    return _("En aktør i %(house)s") % {"house": event.center.name}


def what(event: Booking) -> str:
    """»Åbent hus« i Salen, torsdag 26. november kl. 18.00–20.00"""
    said = {
        "title": event.title,
        "room": event.room.name,
        "when": phrases.when(event.starts_at, event.ends_at),
    }
    return _("»%(title)s« i %(room)s, %(when)s") % said


def what_and_where(event: Booking) -> str:
    """The same with its house, for readers who may belong to another."""
    said = {
        "title": event.title,
        "room": event.room.name,
        "house": event.center.name,
        "when": phrases.when(event.starts_at, event.ends_at),
    }
    return _("»%(title)s« i %(room)s, %(house)s, %(when)s") % said
