"""Who is told what about a booking: a receipt for what one did, and word to the others it concerns."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from actors.enums import ActorRole
from actors.models import Membership, User
from bookings.enums import UNDOABLE, BookingEvent, BookingRole
from bookings.ics import calendar_file
from bookings.models import Booking, BookingActor
from centers.models import Room
from medborger.common import phrases
from medborger.common.messaging.letters import absolute, letter_to
from medborger.common.messaging.outbox import Letter
from medborger.common.models import Audit

if TYPE_CHECKING:
    from actors.access import Access


@dataclass(frozen=True)
class _Told:
    """One act as it is told."""

    booking: Booking
    act: Audit
    by: Access
    holder: BookingActor

    @property
    def by_own(self) -> bool:
        """Done by one of the holder's people, not by the house."""
        return self.holder.actor_id in self.by.actor_ids


def letters(
    *, booking: Booking, act: Audit, by: Access, parties: Collection[BookingActor] | None = None
) -> list[Letter]:
    """The letters about one act, each in its reader's language.

    Without `parties` they are read. Who books for their own actor alone costs no statement.
    """
    if parties is None:
        parties = BookingActor.objects.filter(booking=booking).select_related("actor")
    holder = next(party for party in parties if party.part == BookingRole.HOLDER)
    partners = [party.actor_id for party in parties if party.part == BookingRole.PARTNER]
    told = _Told(booking, act, by, holder)
    return [_letter(user, part, told) for user, part in _people(told, partners).items()]


def _people(told: _Told, partners: Collection[int]) -> dict[User, BookingRole]:
    """Who did it, if for their own actor; who booked, or the holder's contacts when that was the house or somebody who has left;
    the partners' contacts."""
    by = told.by.user
    booker = None if told.booking.by_house else told.booking.booked_by_id
    people = {by: BookingRole.HOLDER} if told.by_own and isinstance(by, User) else {}
    if people and booker == by.pk and not partners:
        return people
    holder = told.holder.actor_id
    contacts = Q(role=ActorRole.CONTACT, actor__in=[holder, *partners])
    rows = list(Membership.objects.reachable().filter(contacts | Q(user=booker, actor=holder)))
    of_holder = [row.user for row in rows if row.actor_id == holder]
    people |= dict.fromkeys((user for user in of_holder if user.pk == booker), BookingRole.HOLDER)
    people = people or dict.fromkeys(of_holder, BookingRole.HOLDER)
    return dict.fromkeys((row.user for row in rows if row.actor_id in partners), BookingRole.PARTNER) | people


def _letter(user: User, part: BookingRole, told: _Told) -> Letter:
    booking = told.booking
    with translation.override(user.language):
        words = _words(told)
        link = reverse("booking", kwargs={"hus": booking.center.slug, "pk": booking.pk})
        return letter_to(
            user,
            key=f"booking:{told.act.pk}",
            subject=_subject(told.act) % words,
            text="\n\n".join(_paragraphs(user, part, told, words)),
            link=link,
            link_label=_("Se bookingen"),
            calendar=calendar_file(booking, title=booking.title, actor=words["actor"], url=absolute(link)),
            center_id=booking.center_id,
        )


def _words(told: _Told) -> dict[str, str]:
    booking, parameters = told.booking, told.act.parameters
    return {
        "title": booking.title,
        "room": booking.room.name,
        "center": booking.center.name,
        "when": phrases.when(booking.starts_at, booking.ends_at),
        "actor": told.holder.actor.name,
        "because": parameters.get("because", ""),
    }


def _subject(act: Audit) -> str:
    match act.verb:
        case BookingEvent.MOVED | BookingEvent.MOVED_BACK:
            return _("Flyttet: %(room)s %(when)s")
        case BookingEvent.CANCELLED:
            return _("Aflyst: %(room)s %(when)s")
        case BookingEvent.RESTORED:
            return _("Booket igen: %(room)s %(when)s")
        case BookingEvent.PARTNER_LEFT:
            return _("En partner har trukket sig: %(room)s %(when)s")
        case _:
            return _("Booket: %(room)s %(when)s")


def _paragraphs(user: User, part: BookingRole, told: _Told, words: dict[str, str]) -> Iterator[str]:
    verb, own_act = told.act.verb, user == told.by.user
    yield _("%(title)s i %(room)s, %(center)s, %(when)s. Booket for %(actor)s.") % words
    if verb in (BookingEvent.MOVED, BookingEvent.MOVED_BACK):
        yield _("Før var det %(before)s.") % {"before": _before(told)}
    if words["because"]:
        yield _("Aflyst, fordi lokalet er lukket: %(because)s.") % words
    if "merged_into" in told.act.parameters:
        yield _("Aflyst, fordi I laver det sammen med andre i stedet. Se, hvor og hvornår, i en besked for sig.")
    if verb == BookingEvent.PARTNER_LEFT:
        yield _("I har stadig lokalet.")
    elif part == BookingRole.HOLDER and not own_act:
        yield _done_by(told)
    if part == BookingRole.PARTNER and verb == BookingEvent.BOOKED:
        yield _("I står som partner. Er det en fejl, kan I trække jer på bookingens side.")
    if own_act and verb in UNDOABLE and "merged_into" not in told.act.parameters:
        yield _("Det kan fortrydes i ti minutter på bookingens side.")


def _done_by(told: _Told) -> str:
    """Members of the actor are named to each other; the house stands for its staff."""
    if told.by_own:
        return _("Det har %(name)s gjort.") % {"name": told.by.user}
    return _("Det har huset gjort.")


def _before(told: _Told) -> str:
    """Where and when it was before the act."""
    place, booking = told.act.parameters["from"], told.booking
    room = booking.room if place["room"] == booking.room_id else Room.objects.get(pk=place["room"])
    start, end = (datetime.fromisoformat(place[key]) for key in ("start", "end"))
    return f"{room.name}, {phrases.when(start, end)}"
