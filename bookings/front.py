"""What is on: the part of a house's front page that the bookings fill in. Its windows are lit by what is on now."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from operator import attrgetter

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actors.requests import HouseRequest
from bookings.calendar import columns as rooms
from bookings.calendar.columns import Booker, RoomColumn
from bookings.calendar.reading import CalendarRow, by_leaf, span_of, taken
from bookings.enums import Audience
from bookings.models import Booking, Closure
from bookings.querysets import OpenEvent
from bookings.visibility import Viewer
from centers.front import ComingDay, ComingEvent, Programme, Window, parts
from centers.hours import OpenDay
from centers.open_state import closed_houses
from medborger.common import clock, phrases

AHEAD = timedelta(days=7)
A_DAY = 3  # events shown of each coming day

closed_houses.register(name="bookings")(Closure.objects.closed_houses)


@parts.register(name="programme")
def programme(request: HouseRequest) -> Programme:
    """Windows, today's events and the coming week's; four statements."""
    center, now, today = request.center, clock.now(), clock.today()
    viewer = Viewer.of(request.access, center.pk)
    columns, _facilities = rooms.read(center.pk, Booker.VISITOR, frozenset())
    leaves = [column for column in columns if column.bookable and not column.is_whole]
    here = by_leaf(taken(center.pk, [leaf.pk for leaf in leaves], span_of([today]), viewer))
    on_now = {one.booking: one for leaf in leaves if (one := _now(here.get(leaf.pk, ()), now)) and one.booking}
    hus = {"hus": center.slug}
    calendar_url = reverse("calendar", kwargs=hus)
    draw = partial(_event, viewer=viewer, now=now, bookings_url=reverse("bookings", kwargs=hus))
    week_ahead = clock.midnight(today), clock.midnight(today + AHEAD)
    events = Booking.objects.filter(ends_at__gt=now).open_events(center.pk, week_ahead)
    days = {day: list(rows) for day, rows in groupby(events, key=attrgetter("day"))}
    of_today = days.pop(today, [])
    return Programme(
        windows=[
            _window(leaf, here.get(leaf.pk, ()), request.hours.on(today), now, f"{calendar_url}?lokale={leaf.slug}")
            for leaf in leaves
        ],
        going_on=len(on_now),
        walk_in=sum(one.audience == Audience.EVERYONE for one in on_now.values()),
        today=[draw(row) for row in of_today],
        week=[_coming(day, rows, draw, calendar_url) for day, rows in days.items()],
        calendar_url=calendar_url,
        book_url=reverse("book", kwargs=hus),
    )


def _now(here: Sequence[CalendarRow], now: datetime) -> CalendarRow | None:
    return next((one for one in here if one.starts_at <= now < one.ends_at), None)


def _window(room: RoomColumn, here: Sequence[CalendarRow], today: OpenDay, now: datetime, url: str) -> Window:
    """The state of a window: lit for open events, pale for closed bookings, dark when nobody is there."""
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


def _dark(room: RoomColumn, here: Sequence[CalendarRow], today: OpenDay, now: datetime, url: str) -> Window:
    minute = clock.minute_of_day(now, today.date)
    if today.at(minute) is None:
        return Window(room.name, url, "", _("Lukket nu"))
    closes = max(interval.closes for interval in today.intervals)
    blocked = [clock.minute_of_day(one.blocked[0], today.date) for one in here if one.blocked[0] > now]
    until = min([*blocked, closes])
    return Window(room.name, url, "", _("Ledigt"), until=_("til %(time)s") % {"time": phrases.clock_text(until)})


def _coming(
    day: date, rows: Sequence[OpenEvent], draw: Callable[[OpenEvent], ComingEvent], calendar_url: str
) -> ComingDay:
    return ComingDay(
        name=capfirst(phrases.day_words(day)),
        url=f"{calendar_url}?dato={day}",
        events=[draw(row) for row in rows[:A_DAY]],
        more=len(rows[A_DAY:]),
    )


def _event(row: OpenEvent, viewer: Viewer, now: datetime, bookings_url: str) -> ComingEvent:
    holder = (row.holder, row.holder_name, row.holder_shown)
    seen = viewer.sees(title=row.title, audience=row.audience, holder=holder)
    starts_at = clock.local(row.starts_at)
    return ComingEvent(
        starts=starts_at.isoformat(timespec="minutes"),
        time=phrases.hour(starts_at),
        title=seen.title,
        url=f"{bookings_url}{row.pk}/",
        line=" · ".join(_said(row, seen.actor, now)),
        where=row.room,
        is_now=row.starts_at <= now,
    )


def _said(row: OpenEvent, actor: str, now: datetime) -> Iterator[str]:
    if actor:
        yield actor
    if row.audience == Audience.RESIDENTS:
        yield _("For beboere")
    if row.drop_in:
        yield _("Kom bare indtil kl. %(time)s") % {"time": phrases.hour(row.ends_at, phrases.last_day(row.ends_at))}
    if row.starts_at <= now:
        yield _("I gang nu")
