"""What holds a house's rooms in a span of time, with exactly the columns that the calendar shows: two statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, FilteredRelation, Func, OuterRef, Q, Value

from bookings.calendar.columns import RoomColumn
from bookings.enums import OPEN_AUDIENCES, Audience, BookingRole, BookingState
from bookings.models import BookingActor, ClosureRoom, Occupancy
from bookings.querysets import Span
from bookings.visibility import Viewer
from medborger.common import clock


class _Seconds(Func):
    """A time as whole seconds since 1970: Django parses each timestamptz in Python, and 1,200 of them cost a week's page 4 ms."""

    template = "EXTRACT(EPOCH FROM %(expressions)s)::bigint"
    output_field = BigIntegerField()


class _Row(NamedTuple):
    leaf: int
    booking: int | None
    starts: int
    ends: int
    blocked_from: int
    blocked_to: int
    reason: str | None
    room: int
    title: str
    audience: str
    state: str
    version: int
    holder: int
    holder_name: str
    holder_shown: bool
    partners: Sequence[int]


_SOURCES = (
    "room_id",
    "booking_id",
    "starts",
    "ends",
    "blocked_from",
    "blocked_to",
    "closure__reason",
    "booking__room_id",
    "booking__title",
    "booking__audience",
    "booking__state",
    "booking__version",
    "holding__actor_id",
    "holding__actor__name",
    "holding__actor__shown_publicly",
    "partners",
)


class CalendarRow(NamedTuple):
    """A booking or a closure in one leaf, as the viewer sees it. `booking` is None for a closure, whose `title` is its public reason."""

    leaf: int
    room: int
    booking: int | None
    title: str
    actor: str
    starts_at: datetime
    ends_at: datetime
    blocked: Span
    audience: str = Audience.CLOSED
    requested: bool = False
    own: bool = False
    may_open: bool = False
    may_move: bool = False
    version: int = 0

    @property
    def is_open(self) -> bool:
        return self.audience in OPEN_AUDIENCES

    def on(self, day: date) -> tuple[int, int]:
        """From and to on the date's wall clock, in minutes; beyond 0 and 1440 on the days around it."""
        return clock.minute_of_day(self.starts_at, day), clock.minute_of_day(self.ends_at, day)


def taken(center_id: int, leaves: Iterable[int], span: Span, viewer: Viewer) -> list[CalendarRow]:
    """Everything that keeps a booking out of the leaves in the span: bookings, closures, and closures that wait for bookings."""
    now = clock.now()
    planned = ClosureRoom.objects.planned_over(center_id, span).filter(room__in=leaves)
    waiting = planned.values_list("room_id", "closure__reason", "closure__starts_at", "closure__ends_at")
    return [
        *(_seen(row, viewer, now) for row in _rows(center_id, span, viewer)),
        *(_closure(leaf, reason, (starts_at, ends_at)) for leaf, reason, starts_at, ends_at in waiting),
    ]


def by_leaf(everything: Iterable[CalendarRow]) -> dict[int, list[CalendarRow]]:
    """In time order for each leaf."""
    leaves: dict[int, list[CalendarRow]] = defaultdict(list)
    for one in sorted(everything, key=lambda one: one.starts_at):
        leaves[one.leaf].append(one)
    return leaves


def in_column(column: RoomColumn, leaves: Mapping[int, Sequence[CalendarRow]]) -> Sequence[CalendarRow]:
    """What keeps bookings out of the room; a booking or closure that holds several of its leaves is there once."""
    if not column.is_whole:
        return leaves.get(column.pk, ())
    found = {
        (one.booking, one.room if one.booking else one.title, one.starts_at): one
        for leaf in sorted(column.leaves)
        for one in leaves.get(leaf, ())
    }
    return sorted(found.values(), key=lambda one: one.starts_at)


def belongs_to(column: RoomColumn, one: CalendarRow) -> bool:
    """Whether the booking is of this very room or holds all of it, and not only of a part."""
    return one.room == column.pk or not column.is_whole


def span_of(dates: list[date]) -> Span:
    """From the first local midnight to the last."""
    return clock.midnight(dates[0]), clock.midnight(dates[-1] + timedelta(days=1))


def _rows(center_id: int, span: Span, viewer: Viewer) -> Iterator[_Row]:
    partners: Any = Value([], ArrayField(BigIntegerField()))
    if viewer.actor_ids and not viewer.staff:
        with_it = BookingActor.objects.filter(booking=OuterRef("booking_id"), part=BookingRole.PARTNER)
        partners = ArraySubquery(with_it.values("actor_id"))
    rows = (
        Occupancy.objects.in_house(center_id, span)
        .annotate(
            holding=FilteredRelation("booking__parties", condition=Q(booking__parties__part=BookingRole.HOLDER)),
            partners=partners,
            starts=_Seconds("during__startswith"),
            ends=_Seconds("during__endswith"),
            blocked_from=_Seconds("blocked__startswith"),
            blocked_to=_Seconds("blocked__endswith"),
        )
        .values_list(*_SOURCES)
    )
    return map(_Row._make, rows)


def _seen(row: _Row, viewer: Viewer, now: datetime) -> CalendarRow:
    starts_at, ends_at = datetime.fromtimestamp(row.starts, UTC), datetime.fromtimestamp(row.ends, UTC)
    if row.booking is None:
        return _closure(row.leaf, row.reason or "", (starts_at, ends_at))
    confirmed = row.state == BookingState.CONFIRMED
    # What is only asked for is not yet anybody's event: outside the house it is as closed as any.
    audience = row.audience if confirmed or viewer.tied else Audience.CLOSED
    seen = viewer.sees(
        title=row.title,
        audience=audience,
        holder=(row.holder, row.holder_name, row.holder_shown),
        partners=row.partners,
    )
    return CalendarRow(
        leaf=row.leaf,
        room=row.room,
        booking=row.booking,
        title=seen.title,
        actor=seen.actor,
        starts_at=starts_at,
        ends_at=ends_at,
        blocked=(datetime.fromtimestamp(row.blocked_from, UTC), datetime.fromtimestamp(row.blocked_to, UTC)),
        audience=audience,
        requested=not confirmed,
        own=seen.own,
        may_open=viewer.tied or audience in OPEN_AUDIENCES,
        may_move=(seen.own or viewer.staff) and ends_at > now,
        version=row.version,
    )


def _closure(leaf: int, reason: str, span: Span) -> CalendarRow:
    return CalendarRow(leaf, leaf, None, reason, "", *span, blocked=span)
