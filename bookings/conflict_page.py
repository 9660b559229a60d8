"""The panel shown when a room is taken: by whom, until when, and what is free instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bookings.alternatives import Alternative, Search, alternatives, timetable_ahead
from bookings.availability import InTheWay
from bookings.calendar.day_strip import Strip, strip
from bookings.models import Booking, Closure, Occupancy
from bookings.rules import Slot
from bookings.visibility import Viewer
from medborger.common import phrases

if TYPE_CHECKING:
    from bookings.errors import RoomTaken


@dataclass(frozen=True)
class AlternativeButton:
    """An alternative as its button says it; `value` is what the button posts."""

    kind: str
    what: str
    details: str
    action: str
    value: str


@dataclass(frozen=True)
class ConflictPanel:
    """The panel of the page. `already` is the booking that is the very wish, made before."""

    heading: str
    reasons: list[str]
    strip: Strip
    caption: str
    offers: list[AlternativeButton]
    already: Booking | None


def taken(wish: Slot, error: RoomTaken, search: Search) -> ConflictPanel:
    """All that the page says; `search` holds for whom and how many, so that the offers fit."""
    already, viewer = _already(wish, error.met, search), Viewer.of(search.by, search.center.pk)
    table = timetable_ahead(wish, search)
    return ConflictPanel(
        heading=_heading(wish, already),
        reasons=[] if already else list(_reasons(wish, error.met, viewer)),
        strip=strip(wish, table.leaf_ids(wish.room), search.hours.on(wish.day), viewer),
        caption=_("%(room)s %(day)s. Den røde ramme er jeres ønske.")
        % {"room": wish.room.name, "day": phrases.day_words(wish.day)},
        offers=[offer(found, search.persons) for found in alternatives(wish, search, table)],
        already=already,
    )


def _reasons(wish: Slot, met: InTheWay, viewer: Viewer) -> Iterator[str]:
    """A sentence for each booking or closure in the way, once each."""
    for booking, row in {row.booking: row for row in met.rows if row.booking}.items():
        yield " ".join((_who_has_it(wish, booking, viewer), *_around_it(wish, row)))
    for closure in dict.fromkeys(row.closure for row in met.rows if row.closure):
        yield _("Lokalet er lukket %(when)s: %(reason)s.") % _closed(closure)
    for closure in met.planned:
        yield _("Lokalet bliver lukket %(when)s: %(reason)s. Indtil da kan det ikke bookes til den tid.") % _closed(
            closure
        )
    if not met:
        yield _("En anden nåede det lige før jer.")


def offer(found: Alternative, persons: int | None = None) -> AlternativeButton:
    """How an alternative is put."""
    slot, wish = found.slot, found.wish
    words = {
        "room": slot.room.name,
        "day": phrases.day_words(slot.day),
        "hours": phrases.hours(*slot.span),
        "capacity": slot.room.capacity,
        "persons": persons,
    }
    if found.other_room:
        details = _("%(day)s kl. %(hours)s. Plads til %(capacity)s")
        if persons:
            details = _("%(day)s kl. %(hours)s. Plads til %(capacity)s, I skriver %(persons)s")
        return AlternativeButton(
            _("Samme tid, andet lokale"),
            slot.room.name,
            capfirst(details % words),
            _("Book %(room)s") % words,
            found.value,
        )
    if slot.day == wish.day:
        kind = _("Samme lokale, senere") if slot.start > wish.start else _("Samme lokale, tidligere")
        return AlternativeButton(
            kind, _("kl. %(hours)s") % words, _("%(room)s, %(day)s") % words, _("Book denne tid"), found.value
        )
    kind = _("Samme tid, næste uge") if (slot.day - wish.day).days == 7 else _("Samme tid, en anden dag")
    return AlternativeButton(
        kind,
        phrases.date_words(slot.day),
        _("%(room)s, %(day)s kl. %(hours)s") % words,
        _("Book denne dag"),
        found.value,
    )


def who_until(wish: Slot, met: InTheWay, viewer: Viewer) -> str:
    """In the live hint: who has the room, and until when: "Folkedanserne til kl. 20.15"."""
    row = met.rows[0] if met.rows else None
    if row is None or row.booking is None:
        closure = row.closure if row else next(iter(met.planned), None)
        return _("lukket: %(reason)s") % {"reason": closure.reason} if closure else ""
    seen = viewer.sees_booking(row.booking)
    until = phrases.hour(max(r.blocked.upper for r in met.rows if r.booking_id == row.booking_id), wish.day)
    name = seen.actor or _("en anden")
    return _("%(actor)s til kl. %(time)s") % {"actor": name, "time": until}


def _heading(wish: Slot, already: Booking | None) -> str:
    words = {"room": wish.room.name, "when": phrases.when(*wish.span)}
    if already:
        return _("Det har I allerede booket: %(room)s %(when)s") % words
    return _("%(room)s er optaget %(when)s") % words


def _already(wish: Slot, met: InTheWay, search: Search) -> Booking | None:
    """The booking of the very same room and time by the same actor, whose page the person may open."""
    for row in met.rows:
        booking = row.booking
        same = booking and (booking.room_id, booking.span) == (wish.room.pk, wish.span)
        if booking and same and booking.holder.pk in search.actor_ids:
            return booking
    return None


def _who_has_it(wish: Slot, booking: Booking, viewer: Viewer) -> str:
    seen = viewer.sees_booking(booking)
    words = {"actor": seen.actor, "hours": phrases.hours(booking.starts_at, booking.ends_at)}
    if booking.room_id != wish.room.pk:
        words["room"] = booking.room.name
        if seen.own:
            return _("I har selv %(room)s kl. %(hours)s.") % words
        if seen.actor:
            return _("%(actor)s har %(room)s kl. %(hours)s.") % words
        return _("%(room)s er optaget kl. %(hours)s.") % words
    if seen.own:
        return _("I har selv lokalet kl. %(hours)s.") % words
    if seen.actor:
        return _("%(actor)s har det kl. %(hours)s.") % words
    return _("Det er optaget kl. %(hours)s.") % words


def _around_it(wish: Slot, row: Occupancy) -> Iterator[str]:
    """Set-up and clean-up, where they make the room taken for longer than its booking."""
    before, after = _minutes(row.blocked.lower, row.during.lower), _minutes(row.during.upper, row.blocked.upper)
    if before and after:
        yield _("De skal bruge %(before)s minutter før og %(after)s minutter efter til at stille op og rydde op.") % {
            "before": before,
            "after": after,
        }
    elif before:
        yield _("De skal bruge %(before)s minutter før til at stille op.") % {"before": before}
    elif after:
        yield _("De skal bruge %(after)s minutter efter til at rydde op.") % {"after": after}
    starts_at, ends_at = wish.span
    if row.blocked.upper <= starts_at or row.blocked.lower >= ends_at:
        yield _("Jeres egen klargøring og oprydning er regnet med.")


def _minutes(start: datetime, end: datetime) -> int:
    return round((end - start).total_seconds() / 60)


def _closed(closure: Closure) -> dict[str, str]:
    return {"when": phrases.period(closure.starts_at, closure.ends_at), "reason": closure.reason}
