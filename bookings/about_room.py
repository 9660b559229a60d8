"""Facts about a room, shown before it is booked."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from centers.models import Room
from medborger.common import phrases


@dataclass(frozen=True)
class Fact:
    """A line with its icon."""

    icon: str
    text: str


def about(room: Room) -> list[Fact]:
    """One statement, for the facilities."""
    facts = [Fact("persons", _size(room))]
    if facilities := [str(facility) for facility in room.facilities.all()]:
        facts.append(Fact("check", _sentence(facilities)))
    if room.wheelchair_access:
        facts.append(Fact("accessibility-new", _("Trinfri adgang.")))
    if room.hearing_loop:
        facts.append(Fact("tune", _("Teleslynge.")))
    if text := _around(room):
        facts.append(Fact("time", text))
    return facts


def _size(room: Room) -> str:
    words = {"capacity": room.capacity, "area": room.floor_area}
    if room.floor_area:
        return _("Plads til %(capacity)s. %(area)s m².") % words
    return _("Plads til %(capacity)s.") % words


def _around(room: Room) -> str:
    before, after = phrases.length(room.setup_minutes), phrases.length(room.cleanup_minutes)
    if room.setup_minutes and room.cleanup_minutes:
        text = _("Regn med %(before)s til opstilling og %(after)s til oprydning. Det lægges til af sig selv.")
        return text % {"before": before, "after": after}
    if room.setup_minutes:
        return _("Regn med %(before)s til opstilling. Det lægges til af sig selv.") % {"before": before}
    if room.cleanup_minutes:
        return _("Regn med %(after)s til oprydning. Det lægges til af sig selv.") % {"after": after}
    return ""


def _sentence(words: list[str]) -> str:
    """Skærm, scene og klaver."""
    return f"{capfirst(phrases.listed_inside(words))}."
