"""Dates, times and words in a row in running text, in the reader's language and on the house's clock."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import formats
from django.utils.translation import gettext as _, ngettext

from medborger.common import clock


def clock_text(minutes: int) -> str:
    """Minutes since midnight as the reader's language writes them: 8.00, 17.30 and 24.00 in Danish, 8:00 in English."""
    return f"{minutes // 60}{formats.get_format('TIME_SEPARATOR')}{minutes % 60:02d}"


def hour(instant: datetime, day: date | None = None) -> str:
    """The time of day: 18.00. With `day`, midnight at its end is 24.00."""
    return clock_text(clock.minute_of_day(instant, day or clock.local(instant).date()))


def hours(starts_at: datetime, ends_at: datetime) -> str:
    """From and to: 18.00–19.30."""
    return f"{hour(starts_at)}–{hour(ends_at, last_day(ends_at))}"


def last_day(ends_at: datetime) -> date:
    """The date on which something that ends then was last going on: midnight belongs to the day before."""
    return clock.local(ends_at - timedelta(microseconds=1)).date()


def date_words(day: date) -> str:
    """The date without its weekday: 26. november, with the year when it is not this year's."""
    return formats.date_format(day, "MONTH_DAY_FORMAT" if day.year == clock.today().year else "DATE_FORMAT")


def day_words(day: date) -> str:
    """The date with its weekday: torsdag 26. november."""
    return f"{formats.date_format(day, 'l')} {date_words(day)}"


def short_day(day: date) -> str:
    """The date in a narrow column: tor 26. nov., with the year when it is not this year's."""
    return formats.date_format(day, "SHORT_DAY_FORMAT" if day.year == clock.today().year else "SHORT_DAY_YEAR_FORMAT")


def when(starts_at: datetime, ends_at: datetime) -> str:
    """Day and time: torsdag 26. november kl. 18.00–19.30."""
    return _("%(day)s kl. %(hours)s") % {
        "day": day_words(clock.local(starts_at).date()),
        "hours": hours(starts_at, ends_at),
    }


def moment(instant: datetime) -> str:
    """A point in time: 22. november kl. 14.05."""
    return _("%(day)s kl. %(hours)s") % {"day": date_words(clock.local(instant).date()), "hours": hour(instant)}


def day_and_time(instant: datetime) -> str:
    """A point in time with its weekday: tirsdag 24. november kl. 21.45."""
    return _("%(day)s kl. %(hours)s") % {"day": day_words(clock.local(instant).date()), "hours": hour(instant)}


def period(starts_at: datetime, ends_at: datetime) -> str:
    """From and to, over one day or several: fredag 4. december kl. 12.00 til søndag 6. december kl. 24.00."""
    first, last = clock.local(starts_at).date(), last_day(ends_at)
    if first == last:
        return when(starts_at, ends_at)
    return _("%(from_day)s kl. %(from_time)s til %(to_day)s kl. %(to_time)s") % {
        "from_day": day_words(first),
        "from_time": hour(starts_at),
        "to_day": day_words(last),
        "to_time": hour(ends_at, last),
    }


def listed(words: Iterable[str]) -> str:
    """Words in a row: Salen, Caféen og Øverummet. Empty for none."""
    *first, last = [*words] or [""]
    return _(" og ").join(filter(None, (", ".join(first), last)))


def listed_inside(words: Iterable[str]) -> str:
    """The same within a sentence, where what is no abbreviation begins small: børn og familier."""
    return listed(word if word[1:2].isupper() else word[:1].lower() + word[1:] for word in words)


def length(minutes: int) -> str:
    """How long something lasts: 45 minutter, 12 timer, 1 time og 30 minutter."""
    whole, rest = divmod(minutes, 60)
    parts = []
    if whole:
        parts.append(ngettext("%(count)s time", "%(count)s timer", whole) % {"count": whole})
    if rest or not whole:
        parts.append(ngettext("%(count)s minut", "%(count)s minutter", rest) % {"count": rest})
    return _(" og ").join(parts)
