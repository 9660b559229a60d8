"""Build the calendar's pages from the query, the bookings, and what the viewer may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actors.council.rules.rulebook import RuleLine, rules_for
from actors.requests import HouseRequest
from bookings import rules
from bookings.calendar import columns as rooms, week
from bookings.calendar.choice import CalendarForm, CalendarQuery, View
from bookings.calendar.columns import Booker, RoomColumn
from bookings.calendar.day import DayBuilder, hours_shown
from bookings.calendar.free_times import FreeTimes
from bookings.calendar.markup import MarkupTexts, Painter, hhmm
from bookings.calendar.reading import CalendarRow, by_leaf, span_of, taken
from bookings.visibility import Viewer
from centers.hours import Hours, OpenDay, hours_text
from medborger.common import clock, phrases


@dataclass(frozen=True)
class Read:
    """All that a page shows, fetched and seen with the viewer's eyes."""

    request: HouseRequest
    form: CalendarForm
    choice: CalendarQuery
    columns: Sequence[RoomColumn]
    shown: Sequence[RoomColumn]
    taken: Sequence[CalendarRow]

    @property
    def open_days(self) -> list[OpenDay]:
        return [self.request.hours.on(day) for day in self.choice.dates]


def read(request: HouseRequest) -> Read:
    """Fetch the page that the address asks for, in four statements: rooms, hours, what is booked, closures that wait.

    Raises Http404 for a view that does not exist.
    """
    center, access = request.center, request.access
    booker = Booker.of(request.user, access, center.pk)
    columns, facilities = rooms.read(center.pk, booker, access.actors_in(center.pk))
    form = CalendarForm(request.GET.dict(), columns=columns, facilities=facilities)
    choice = CalendarQuery.of(form, _view(request))
    shown = [column for column in columns if choice.wants(column)]
    dates = choice.dates
    request.hours = Hours.reaching(center, dates[0], dates[-1])
    leaves = frozenset[int]().union(*(column.leaves for column in shown))
    everything = taken(center.pk, leaves, span_of(dates), Viewer.of(access, center.pk))
    return Read(request, form, choice, columns, shown, everything)


def context(page: Read, counter: int | None) -> dict[str, Any]:
    """What the templates need; `counter` is the calendar's when the request came in."""
    choice, request = page.choice, page.request
    view = _day(page) if choice.view == View.DAY else _week(page)
    hus = request.center.slug
    fresh = reverse("calendar_changes", kwargs={"hus": hus}) + choice.query()
    return {
        "form": page.form,
        "choice": choice,
        "template": f"bookings/_{choice.view.name.lower()}.html",
        "is_day": choice.view == View.DAY,
        "previous_url": choice.stepped(-1),
        "next_url": choice.stepped(1),
        "today_url": choice.query(day=clock.today()),
        "day_url": choice.query(view=View.DAY),
        "week_url": choice.query(view=View.WEEK),
        "unfiltered_url": choice.query(room="", facility="", persons=None),
        "book_url": _book_url(request, choice.day) if any(column.bookable for column in page.columns) else "",
        "fresh_url": fresh if counter is None else f"{fresh}&siden={counter}",
        **view,
    }


def _day(page: Read) -> dict[str, Any]:
    (open_day,), now, words = page.open_days, clock.now(), MarkupTexts()
    day = open_day.date
    leaves = by_leaf(page.taken)
    house_rules = _house_rules(page, day)
    builder = DayBuilder(
        open_day=open_day,
        taken=leaves,
        painter=Painter(words, _bookings_url(page.request), _book_url(page.request, day)),
        free=FreeTimes(open_day, earliest=now, latest=rules.last_date(page.request.center)),
        longest=timedelta(minutes=page.request.center.longest_booking),
        now=now,
        rules=house_rules,
    )
    blocked = (
        (clock.minute_of_day(one.blocked[0], day), clock.minute_of_day(one.blocked[1], day))
        for one in page.taken
        if one.booking
    )
    hours = hours_shown([open_day], blocked, page.request.hours)
    return {
        "kicker": _week_words(day),
        "heading": capfirst(phrases.day_words(day)),
        "named": phrases.day_words(day),
        "note": f"{open_day.reason}: {hours_text(open_day.intervals)}" if open_day.reason else "",
        "date": day,
        "rules": house_rules,
        "lanes": [builder.lane(column, hours) for column in page.shown],
        "hours": hours,
        "now": _now_line(day, hours),
        "chips": [
            (column.name, page.choice.query(room=column.slug), column.slug == page.choice.room)
            for column in page.columns
        ],
        "all_url": page.choice.query(room=""),
    }


def _house_rules(page: Read, day: date) -> list[RuleLine]:
    """One statement, and none for a page without rooms."""
    center, room_ids = page.request.center, [column.pk for column in page.shown]
    return rules_for(hus=center.slug, center_id=center.pk, room_ids=room_ids, day=day) if room_ids else []


def _week(page: Read) -> dict[str, Any]:
    open_days, today, words, choice = page.open_days, clock.today(), MarkupTexts(), page.choice
    days = _by_day(page.taken, choice.dates)
    on = (
        one.on(day) for day, leaves in days.items() for all_of_it in leaves.values() for one in all_of_it if one.booking
    )
    hours = hours_shown(open_days, on, page.request.hours)
    builder = week.WeekBuilder(open_days, hours, words, today)
    first, last = choice.dates[0], choice.dates[-1]
    return {
        "kicker": _between(first, last),
        "heading": _week_words(first),
        "named": _week_words(first).lower(),
        "heads": [
            {
                "day": open_day.date,
                "weekday": capfirst(formats.date_format(open_day.date, "D")),
                "is_today": open_day.date == today,
                "reason": open_day.reason,
                "url": choice.query(view=View.DAY, day=open_day.date),
                "choose_url": f"{choice.query(day=open_day.date)}#dagen",
                "is_chosen": open_day.date == choice.day,
            }
            for open_day in open_days
        ],
        "grounds": builder.grounds(),
        "rows": [builder.row(column, days) for column in page.shown],
        "hours": hours,
        "chosen": capfirst(phrases.day_words(choice.day)),
        "entries": week.agenda(page.shown, days.get(choice.day, {}), choice.day, words, _bookings_url(page.request)),
        "chosen_url": choice.query(view=View.DAY),
    }


def _view(request: HouseRequest) -> View:
    try:
        return View(request.GET.get("visning") or View.DAY)
    except ValueError:
        raise Http404 from None


def _bookings_url(request: HouseRequest) -> str:
    """The address of the house's bookings: a booking's own page is its number after it."""
    return reverse("bookings", kwargs={"hus": request.center.slug})


def _book_url(request: HouseRequest, day: date) -> str:
    return f"{reverse('book', kwargs={'hus': request.center.slug})}?dato={day}"


def _by_day(
    everything: Iterable[CalendarRow], dates: Iterable[date]
) -> dict[date, Mapping[int, Sequence[CalendarRow]]]:
    """A booking is on one date, a closure on all that it touches."""
    days: dict[date, list[CalendarRow]] = {day: [] for day in dates}
    for one in everything:
        first = clock.local(one.starts_at).date()
        last = first if one.booking else phrases.last_day(one.ends_at)
        for day in days:
            if first <= day <= last:
                days[day].append(one)
    return {day: by_leaf(all_of_it) for day, all_of_it in days.items()}


def _week_words(day: date) -> str:
    return _("Uge %(number)s") % {"number": day.isocalendar().week}


def _between(first: date, last: date) -> str:
    """The dates of a week: 23.–29. november 2026, 30. november – 6. december 2026."""
    until = formats.date_format(last, "DATE_FORMAT")
    if first.year != last.year:
        return f"{formats.date_format(first, 'DATE_FORMAT')} – {until}"
    if first.month != last.month:
        return f"{formats.date_format(first, 'MONTH_DAY_FORMAT')} – {until}"
    return f"{formats.date_format(first, 'DAY_FORMAT')}–{until}"


def _now_line(day: date, hours: range) -> dict[str, str] | None:
    """The class and the text of the line that says now."""
    minute = clock.minute_of_day(clock.now(), day)
    if not 60 * hours.start <= minute < 60 * hours.stop:
        return None
    return {"at": f"from-{hhmm(minute - minute % 15)}", "text": phrases.clock_text(minute)}
