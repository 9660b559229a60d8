"""What is on: the part of a house's front page that the bookings fill in. Its windows are lit by what is on now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actors.requests import HouseRequest
from bookings.calendar import columns as rooms
from bookings.calendar.columns import Booker, Column
from bookings.calendar.reading import Taken, by_leaf, span_of, taken
from bookings.enums import Audience
from bookings.models import Booking
from bookings.visibility import Viewer
from centers.front import Event, Programme, Window
from centers.hours import OpenDay, clock_text
from medborger.common import clock, phrases

AHEAD = timedelta(days=7)
A_DAY = 3  # events shown of each coming day


def programme(request: HouseRequest) -> Programme:
    """Windows, today's events and the coming week's; five statements."""
    center, now, today = request.center, clock.now(), clock.today()
    standing = request.standing
    viewer = Viewer.of(standing, center.pk)
    columns, _facilities = rooms.read(center.pk, Booker.VISITOR, frozenset())
    leaves = [column for column in columns if column.bookable and not column.is_whole]
    here = by_leaf(taken(center.pk, [leaf.pk for leaf in leaves], span_of([today]), viewer))
    calendar_url = reverse("calendar", kwargs={"hus": center.slug})
    on_now = {one.booking: one for leaf in leaves if (one := _now(here.get(leaf.pk, ()), now)) and one.booking}
    events = list(_events(request, viewer, now))
    return Programme(
        windows=[
            _window(leaf, here.get(leaf.pk, ()), request.hours.on(today), now, f"{calendar_url}?lokale={leaf.slug}")
            for leaf in leaves
        ],
        going_on=len(on_now),
        walk_in=sum(one.audience == Audience.EVERYONE for one in on_now.values()),
        today=[event for event in events if event.date == today],
        week=[*_days([event for event in events if event.date > today], calendar_url)],
        calendar_url=calendar_url,
        book_url=reverse("book", kwargs={"hus": center.slug}),
    )


def _now(here: Sequence[Taken], now: datetime) -> Taken | None:
    return next((one for one in here if one.starts_at <= now < one.ends_at), None)


def _window(room: Column, here: Sequence[Taken], today: OpenDay, now: datetime, url: str) -> Window:
    """Lit when others may walk in, pale when an association has the room for itself, dark when nobody is there."""
    one = _now(here, now)
    if one is None:
        return _dark(room, here, today, now, url)
    until = _("til %(time)s") % {"time": phrases.hour(one.ends_at, today.date)}
    if one.booking is None:
        return Window(room.name, url, "", _("Lukket"), note=one.title, icon="lock")
    what = one.title or one.actor or _("Optaget")
    if one.is_open:
        note = _("Åbent for alle") if one.audience == Audience.EVERYONE else _("For beboere")
        return Window(room.name, url, "lit", what, note, "door", until)
    return Window(room.name, url, "busy", what, _("Kun foreningen"), "lock", until)


def _dark(room: Column, here: Sequence[Taken], today: OpenDay, now: datetime, url: str) -> Window:
    minute = clock.minute_of_day(now, today.date)
    if today.at(minute) is None:
        return Window(room.name, url, "", _("Lukket nu"))
    closes = max(interval.closes for interval in today.intervals)
    blocked = [clock.minute_of_day(one.blocked[0], today.date) for one in here if one.blocked[0] > now]
    until = min([*blocked, closes])
    return Window(room.name, url, "", _("Ledigt"), until=_("til %(time)s") % {"time": clock_text(until)})


def _events(request: HouseRequest, viewer: Viewer, now: datetime) -> Iterator[Event]:
    """What is open to others from now on, in time order, as the viewer may see it."""
    bookings = (
        Booking.objects.open_to_public()
        .filter(center=request.center, starts_at__gte=clock.midnight(clock.today()), ends_at__gt=now)
        .filter(starts_at__lt=clock.midnight(clock.today() + AHEAD))
        .with_parties()
        .order_by("starts_at", "pk")
    )
    base = reverse("bookings", kwargs={"hus": request.center.slug})
    for booking in bookings:
        seen = viewer.sees_booking(booking)
        is_now = booking.starts_at <= now
        yield Event(
            date=clock.local(booking.starts_at).date(),
            starts=clock.local(booking.starts_at).isoformat(timespec="minutes"),
            time=phrases.hour(booking.starts_at),
            title=seen.title,
            url=f"{base}{booking.pk}/",
            line=" · ".join(_said(booking, seen.actor, is_now=is_now)),
            where=booking.room.name,
            is_now=is_now,
        )


def _said(booking: Booking, actor: str, *, is_now: bool) -> Iterator[str]:
    if actor:
        yield actor
    if booking.audience == Audience.RESIDENTS:
        yield _("For beboere")
    if booking.drop_in:
        yield _("Kom bare, indtil kl. %(time)s") % {
            "time": phrases.hour(booking.ends_at, phrases.last_day(booking.ends_at))
        }
    if is_now:
        yield _("I gang nu")


def _days(events: Sequence[Event], calendar_url: str) -> Iterator[tuple[str, str, Sequence[Event], int]]:
    """Each coming day: its name, the address of its calendar, its first events, and how many more there are."""
    for day, of_day in groupby(events, key=lambda event: event.date):
        found = list(of_day)
        yield capfirst(phrases.day_words(day)), f"{calendar_url}?dato={day}", found[:A_DAY], len(found[A_DAY:])
