"""What the bookings tell of a house's coming week: the events that others may come to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby, zip_longest
from typing import NamedTuple

from django.db.models import FilteredRelation, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.digest_lines import EVERYONE, Line, Week, providers
from actors.digest_lines import Part as DigestPart
from bookings.enums import Audience, Part
from bookings.models import Booking
from medborger.common import clock, phrases

MOST = 6
# More than any house has in a week.
READ = 500


class _Event(NamedTuple):
    pk: int
    starts_at: datetime
    ends_at: datetime
    title: str
    audience: str
    room: str
    actor: str | None

    @property
    def day(self) -> date:
        return clock.local(self.starts_at).date()


_SOURCES = ("pk", "starts_at", "ends_at", "title", "audience", "room__name", "holding__actor__name")


@providers[DigestPart.COMING].register(order=50)
def coming_events(week: Week) -> Iterator[Line]:
    """A few of each day, and how many more there are; one statement."""
    events, more = week.once("bookings.events", lambda: _spread(list(_read(week))))
    for event in events:
        yield Line(
            key=f"event:{event.pk}",
            text=f"{event.title}, {event.actor}" if event.actor else event.title,
            detail=_detail(event),
            day=event.day,
            link=reverse("booking", args=[week.center.slug, event.pk]),
            label=_("Se arrangementet"),
            concerns=EVERYONE,
        )
    if more:
        yield Line(
            key=f"events:{week.center.pk}",
            text=ngettext("Og %(count)s arrangement mere", "Og %(count)s arrangementer mere", more) % {"count": more},
            link=reverse("calendar", args=[week.center.slug]),
            label=_("Se kalenderen"),
            concerns=EVERYONE,
        )


def _read(week: Week) -> Iterator[_Event]:
    coming = Booking.objects.open_to_public().filter(
        center=week.center, starts_at__gte=week.now, starts_at__lt=week.until
    )
    held = coming.annotate(holding=FilteredRelation("parties", condition=Q(parties__part=Part.HOLDER)))
    return map(_Event._make, held.order_by("starts_at", "pk").values_list(*_SOURCES)[:READ])


def _spread(events: list[_Event]) -> tuple[list[_Event], int]:
    """The first of each day, then the second of each, until there are enough: a week's first day does not take all the room."""
    by_day = [list(of_day) for _day, of_day in groupby(events, key=lambda event: event.day)]
    in_turn = [event for turn in zip_longest(*by_day) for event in turn if event is not None]
    chosen = sorted(in_turn[:MOST], key=lambda event: (event.starts_at, event.pk))
    return chosen, len(events) - len(chosen)


def _detail(event: _Event) -> str:
    where = _("kl. %(hours)s, %(room)s") % {
        "hours": phrases.hours(event.starts_at, event.ends_at),
        "room": event.room,
    }
    return f"{where}. " + _("For beboere.") if event.audience == Audience.RESIDENTS else where
