"""What is said of a meeting in running text: when somebody is needed, and for what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.meetings.timetable import Slot, Span
from medborger.common import phrases

if TYPE_CHECKING:
    from actors.meetings.models import ActionPoint, Meeting


def times(spans: Sequence[Span]) -> str:
    """9.20–9.40 og 10.00–10.15"""
    return _(" og ").join(phrases.hours(*span) for span in spans)


def needed(meeting: Meeting, spans: Sequence[Span], *, for_actors: bool) -> str:
    """When one is needed, said to an actor's people or to somebody who is there in their own right."""
    if not spans:
        return _("I skal ikke bruges. Ingen punkter på dagsordenen er for jer.")
    said = {"times": times(spans)}
    if list(spans) == [(meeting.starts_at, meeting.ends_at)]:
        if for_actors:
            return _("I skal bruges i hele mødet, kl. %(times)s.") % said
        return _("Du skal bruges i hele mødet, kl. %(times)s.") % said
    if for_actors:
        return _("I skal bruges kl. %(times)s.") % said
    return _("Du skal bruges kl. %(times)s.") % said


def item_line(slot: Slot) -> str:
    """9.20–9.40: Nye borde"""
    return f"{phrases.hours(slot.starts_at, slot.ends_at)}: {slot.item.title}"


def items_for(slots: Sequence[Slot], actor_ids: Collection[int]) -> list[str]:
    """The items that concern these actors, one a line."""
    return [item_line(slot) for slot in slots if slot.concerns(actor_ids)]


def overrun(ends_at: datetime, agenda_ends_at: datetime) -> str:
    """How much longer the agenda is than the meeting; empty when it fits."""
    minutes = round((agenda_ends_at - ends_at).total_seconds() / 60)
    if minutes <= 0:
        return ""
    return ngettext(
        "Dagsordenen varer %(count)s minut længere end mødet.",
        "Dagsordenen varer %(count)s minutter længere end mødet.",
        minutes,
    ) % {"count": minutes}


def owner_name(point: ActionPoint, *, names: bool = False) -> str:
    """Who does it. Actors are named to all; a person only to those who may read who is who in the house (`names`), for the others it is
    the house that does it."""
    if point.owner_actor is not None:
        return point.owner_actor.name
    if names and point.owner_user is not None:
        return point.owner_user.first_name or str(point.owner_user)
    return _("Huset")


def point_line(point: ActionPoint) -> str:
    """Hent tilbud på borde (Folkedanserne, senest torsdag 10. december)"""
    said = {"task": point.title, "owner": owner_name(point), "day": phrases.day_words(point.due_on)}
    return _("%(task)s (%(owner)s, senest %(day)s)") % said
