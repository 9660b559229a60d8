"""The history of a booking in words, from its audit rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from actors.models import Membership
from bookings.enums import BookingEvent
from bookings.models import Booking
from bookings.visibility import Viewer, VisibleBooking
from centers.models import Room
from medborger.common import audit, clock, phrases
from medborger.common.models import Audit

SHOWN_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class HistoryLine:
    """A line of the history: when, what, and by whom where the viewer may know."""

    at: str
    what: str
    who: str


def history(booking: Booking, viewer: Viewer, seen: VisibleBooking) -> list[HistoryLine]:
    """Oldest first. Persons are named to their own actor and to staff; to its actor the house stands for its staff."""
    acts = list(audit.history(booking).select_related("person"))
    rooms = _names_of_rooms(acts)
    insiders = _people_of_holder(booking) if seen.booker else set()

    def who(act: Audit) -> str:
        if not seen.booker or act.person is None:
            return ""
        return str(act.person) if viewer.staff or act.person.pk in insiders else _("huset")

    return [HistoryLine(phrases.moment(act.at), _what(act, rooms), who(act)) for act in acts]


def last_change(booking: Booking, viewer: Viewer) -> HistoryLine | None:
    """What was done to it last."""
    lines = history(booking, viewer, viewer.sees_booking(booking))
    return lines[-1] if lines else None


def _what(act: Audit, rooms: dict[int, str]) -> str:
    said = act.parameters
    match act.verb:
        case BookingEvent.BOOKED:
            return _("Booket: %(place)s") % {"place": _place(said["to"], rooms)} if "to" in said else _("Booket")
        case BookingEvent.MOVED:
            return _("Flyttet fra %(from)s til %(to)s") % {key: _place(said[key], rooms) for key in ("from", "to")}
        case BookingEvent.MOVED_BACK:
            return _("Flytningen fortrudt. Nu igen %(place)s") % {"place": _place(said["to"], rooms)}
        case BookingEvent.CANCELLED if "because" in said:
            return _("Aflyst, fordi lokalet er lukket: %(reason)s") % {"reason": said["because"]}
        case BookingEvent.CANCELLED if "merged_into" in said:
            return _("Aflyst for at lave det sammen med andre")
        case BookingEvent.RESTORED:
            return _("Aflysningen fortrudt. Nu igen %(place)s") % {"place": _place(said["to"], rooms)}
        case _:
            return str(BookingEvent(act.verb).label)


def _place(place: dict[str, Any], rooms: dict[int, str]) -> str:
    start, end = (datetime.fromisoformat(place[key]) for key in ("start", "end"))
    return ", ".join(filter(None, (rooms.get(place["room"]), phrases.when(start, end))))


def _names_of_rooms(acts: Iterable[Audit]) -> dict[int, str]:
    places = [act.parameters[key] for act in acts for key in ("from", "to") if key in act.parameters]
    return dict(Room.objects.filter(pk__in={place["room"] for place in places}).values_list("pk", "name"))


def _people_of_holder(booking: Booking) -> set[int]:
    return set(Membership.objects.filter(actor=booking.holder).values_list("user_id", flat=True))


def booked_by(booking: Booking, viewer: Viewer) -> str:
    """Who booked, for its actor and staff."""
    if not booking.by_house:
        return str(booking.booked_by or _("tidligere repræsentant"))
    if viewer.staff and booking.booked_by:
        return _("%(name)s, registreret af huset") % {"name": booking.booked_by}
    return _("Registreret af huset")


def just_done(booking: Booking, *, by: int | None) -> str:
    """What this person did to it within the last minutes, so that they see that it worked; else empty."""
    last = audit.history(booking).last()
    if last is None or last.person_id != by or last.at < clock.now() - SHOWN_FOR:
        return ""
    match last.verb:
        case BookingEvent.BOOKED:
            return _("Det er booket. Kvitteringen er på vej.")
        case BookingEvent.MOVED:
            return _("Bookingen er flyttet. Det kan fortrydes i ti minutter.")
        case BookingEvent.CANCELLED if "merged_into" in last.parameters:
            return _("Bookingen er aflyst. I laver det sammen med andre i stedet.")
        case BookingEvent.CANCELLED:
            return _("Bookingen er aflyst. Det kan fortrydes i ti minutter, hvis ingen har taget tiden imens.")
        case BookingEvent.RESTORED | BookingEvent.MOVED_BACK:
            return _("Det er fortrudt. Bookingen er, som den var.")
        case BookingEvent.REASON_GIVEN:
            return _("Grunden er gemt.")
        case _:
            return ""
