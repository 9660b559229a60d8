"""The markup that repeats on a page, as strings. Every text from people goes through `escape`; the words are looked up once a page."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.translation import gettext as _

from bookings.calendar.free_times import Stretch
from bookings.calendar.reading import CalendarRow
from bookings.enums import Audience
from medborger.common.phrases import clock_text
from medborger.common.templatetags.medborger import icon

# From here down a block shows less: up to three quarters on one line, up to an hour without air.
SHORT, HOUR = 45, 60
Position = tuple[int, int]


def hhmm(minute: int) -> str:
    return f"{minute // 60:02d}{minute % 60:02d}"


def colon(minute: int) -> str:
    """As a form's field and an address have it: 18:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def between(start: int, end: int) -> str:
    return f"{clock_text(start)}–{clock_text(end)}"


def rows(position: Position) -> str:
    """The classes that place a list item on the grid; its rows are quarters of an hour."""
    start, end = position
    return f"from-{hhmm(start - start % 15)} to-{hhmm(end + -end % 15)}"


@dataclass
class MarkupTexts:
    """The texts and icons inside the loops."""

    busy: str = field(default_factory=lambda: _("Optaget"))
    free: str = field(default_factory=lambda: _("Ledigt"))
    book: str = field(default_factory=lambda: _("Book"))
    ours: str = field(default_factory=lambda: _("Jeres"))
    going_on: str = field(default_factory=lambda: _("I gang nu"))
    set_up: str = field(default_factory=lambda: _("Klargøring"))
    clean_up: str = field(default_factory=lambda: _("Oprydning"))
    waiting: str = field(default_factory=lambda: _("Afventer svar"))
    everyone: str = field(default_factory=lambda: _("Åbent for alle"))
    residents: str = field(default_factory=lambda: _("For beboere"))
    door: str = field(default_factory=lambda: icon("door"))
    hourglass: str = field(default_factory=lambda: icon("hourglass"))
    flag: str = field(default_factory=lambda: icon("flag-fill"))
    lock: str = field(default_factory=lambda: icon("lock"))

    def names(self, one: CalendarRow) -> tuple[str, str]:
        """What to call a booking, and what to say under it, both escaped. A hidden title gives way to the actor, if that may be seen."""
        if one.title:
            return escape(one.title), escape(one.actor)
        return (escape(one.actor), self.busy) if one.actor else (self.busy, "")

    def notes(self, one: CalendarRow) -> list[tuple[str, str]]:
        """What kind of booking it is: an icon and a word for each."""
        found = []
        if one.is_open:
            found.append((self.door, self.everyone if one.audience == Audience.EVERYONE else self.residents))
        if one.requested:
            found.append((self.hourglass, self.waiting))
        return found


@dataclass(frozen=True)
class Painter:
    """Draws the list items of a lane. `bookings_url` and `book_url` are addresses up to the part that differs."""

    words: MarkupTexts
    bookings_url: str
    book_url: str

    def block(self, one: CalendarRow, at: Position, *, now: bool) -> str:
        start, end = at
        words, notes = self.words, self.words.notes(one)
        attributes = f'class="{" ".join(self._kinds(one, at, now=now))}" data-start="{start}" data-end="{end}"'
        if one.may_move:
            attributes += f' data-move-url="{self.bookings_url}{one.booking}/flyt/" data-version="{one.version}"'
        href = f' href="{self.bookings_url}{one.booking}/"' if one.may_open else ""
        going_on = f'<span class="block-now">{words.going_on}</span>' if now else ""
        icons = "".join(drawing for drawing, _word in notes)
        title, under = words.names(one)
        actor = f' <span class="block-actor">{under}</span>' if under else ""
        said = "".join(f' <span class="block-note">{drawing}{word}</span>' for drawing, word in notes)
        plate = f' <span class="plate">{words.flag}<span>{words.ours}</span></span>' if one.own else ""
        return (
            f'<li {attributes}><a{href}><span class="block-time">{clock_text(start)}'
            f'<span class="block-end">–{clock_text(end)}</span>{going_on}{icons}</span> '
            f'<span class="block-title">{title}</span>{actor}{said}{plate}</a></li>'
        )

    def _kinds(self, one: CalendarRow, at: Position, *, now: bool) -> Iterable[str]:
        length = at[1] - at[0]
        yield f"block {rows(at)}"
        if one.is_open:
            yield "is-open"
        if one.requested:
            yield "is-request"
        if one.own:
            yield "is-own"
        if now:
            yield "is-now"
        if length <= HOUR:
            yield "is-short" if length <= SHORT else "is-hour"

    def slot(self, stretch: Stretch, room: str, until: int) -> str:
        """A free stretch; its link asks for the time up to `until`."""
        href = f"{self.book_url}&amp;lokale={room}&amp;fra={colon(stretch.start)}&amp;til={colon(until)}"
        return (
            f'<li class="slot {rows((stretch.start, stretch.end))}"><a href="{href}">'
            f'<span class="slot-time">{between(stretch.start, stretch.end)}</span> '
            f'<span class="slot-word">{self.words.free}</span> <span class="slot-book">{self.words.book}</span></a></li>'
        )

    def set_up(self, at: Position) -> str:
        return f'<li class="prep {rows(at)}"><span>{clock_text(at[0])} {self.words.set_up}</span></li>'

    def clean_up(self, at: Position) -> str:
        return f'<li class="prep is-after {rows(at)}"><span>{between(*at)} {self.words.clean_up}</span></li>'

    def closed(self, at: Position, text: str, *, locked: bool = False, timed: bool = False) -> str:
        """Closed hours say when the house opens; a closure its reason, behind a lock. `timed`: a list without a grid says when."""
        short = " is-short" if at[1] - at[0] <= SHORT else ""
        sign = self.words.lock if locked else ""
        hours = f"<b>{between(*at)} </b>" if timed else ""
        return f'<li class="closed {rows(at)}{short}"><span>{sign}{hours}{escape(text)}</span></li>'
