"""Lines of the weekly digest about bookings: coming events that others may come to."""

from collections.abc import Iterator
from itertools import groupby, zip_longest

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from actors.digest_lines import EVERYONE, DigestLine, DigestPart as DigestPart, Week, providers
from bookings.enums import Audience
from bookings.models import Booking
from bookings.querysets import OpenEvent
from medborger.common import phrases

MOST = 6


@providers[DigestPart.COMING].register(order=50)
def coming_events(week: Week) -> Iterator[DigestLine]:
    """A few of each day, and how many more there are; one statement."""
    events, more = week.once(
        "bookings.events", lambda: _spread([*Booking.objects.open_events(week.center.pk, (week.now, week.until))])
    )
    for event in events:
        yield DigestLine(
            key=f"event:{event.pk}",
            text=f"{event.title}, {event.holder_name}" if event.holder_name else event.title,
            detail=_detail(event),
            day=event.day,
            link=reverse("booking", args=[week.center.slug, event.pk]),
            label=_("Se arrangementet"),
            concerns=EVERYONE,
        )
    if more:
        yield DigestLine(
            key=f"events:{week.center.pk}",
            text=ngettext("Og %(count)s arrangement mere", "Og %(count)s arrangementer mere", more) % {"count": more},
            link=reverse("calendar", args=[week.center.slug]),
            label=_("Se kalenderen"),
            concerns=EVERYONE,
        )


def _spread(events: list[OpenEvent]) -> tuple[list[OpenEvent], int]:
    """The first of each day, then the second of each, until there are enough: a week's first day does not take all the room."""
    by_day = [list(of_day) for _day, of_day in groupby(events, key=lambda event: event.day)]
    in_turn = [event for turn in zip_longest(*by_day) for event in turn if event is not None]
    chosen = sorted(in_turn[:MOST], key=lambda event: (event.starts_at, event.pk))
    return chosen, len(events) - len(chosen)


def _detail(event: OpenEvent) -> str:
    where = _("kl. %(hours)s, %(room)s") % {
        "hours": phrases.hours(event.starts_at, event.ends_at),
        "room": event.room,
    }
    return f"{where}. " + _("For beboere.") if event.audience == Audience.RESIDENTS else where
