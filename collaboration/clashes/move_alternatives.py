"""Where an event could be moved to so that it meets nothing: the bookings' own search, kept off the times of what is like it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.http import urlencode

from actors.access import Access
from bookings.alternatives import DAYS_AHEAD, Search, alternatives, timetable_ahead
from bookings.extension_points import Plan
from bookings.models import Booking
from bookings.querysets import Span
from bookings.rules import Slot
from centers.hours import Hours
from collaboration.clashes.clash_texts import actor_of
from collaboration.clashes.similar_events import like
from medborger.common import clock, phrases


@dataclass(frozen=True)
class Place:
    """A free time and room, and the address of the form that moves the event there."""

    text: str
    url: str


def places(event: Booking, by: Access) -> list[Place]:
    """At most three, the nearest first; none where nothing is free in the two weeks after."""
    wish = Slot.of(event.room, event.span)
    last = wish.day + timedelta(days=DAYS_AHEAD)
    search = Search(
        center=event.center,
        hours=Hours.reaching(event.center, wish.day, last),
        by=by,
        actor_ids=[actor_of(event).pk],
        persons=event.persons,
        except_booking=event,
        avoiding=_times_of_the_like(event, wish.day, last),
    )
    return list(_places(event, [found.slot for found in alternatives(wish, search, timetable_ahead(wish, search))]))


def _times_of_the_like(event: Booking, first: date, last: date) -> list[Span]:
    span = clock.midnight(first), clock.midnight(last + timedelta(days=1))
    return list(like(Plan.of(event), span).values_list("starts_at", "ends_at"))


def _places(event: Booking, slots: list[Slot]) -> Iterator[Place]:
    form = reverse("booking_move", args=[event.center.slug, event.pk])
    for slot in slots:
        query = {
            "lokale": slot.room.slug,
            "dato": slot.day.isoformat(),
            "fra": phrases.clock_text(slot.start),
            "til": phrases.clock_text(slot.end),
        }
        text = ", ".join((phrases.when(*slot.span), slot.room.name))
        yield Place(text, f"{form}?{urlencode(query)}")
