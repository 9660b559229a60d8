"""Close rooms, reopen them, and begin planned closures when the bookings in their way are gone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import DateTimeField, Func, Max, Q

from bookings import errors
from bookings.actions.transitions import withdraw
from bookings.availability import MARGIN
from bookings.calendar import calendar_version
from bookings.enums import ACTIVE_STATES, BookingEvent, ClosureState
from bookings.hold import Locked, Occurrence, hold
from bookings.models import Booking, Closure, ClosureRoom, Occupancy
from bookings.querysets import OccupancyQuerySet, Span
from centers.models import Center, Room
from medborger.common import audit, clock
from medborger.common.errors import EndsBeforeStart, NotAllowed

if TYPE_CHECKING:
    from actors.access import Access

OnClash = Literal["ask", "wait", "cancel"]


@transaction.atomic
def close(
    *,
    center: Center,
    rooms: Collection[Room],
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    on_clash: OnClash,
    token: UUID | None,
    by: Access,
) -> Closure:
    """Close rooms for a period (UTC) with a public reason.

    Where it meets bookings: "ask" raises ClosureMeetsBookings, "wait" leaves it planned until the last is gone and lets no new one
    in, "cancel" cancels them with a notice to each. Raises NotAllowed for others than staff.
    """
    if not by.is_staff_in(center.pk):
        raise NotAllowed
    leaves = Locked(center.pk, [room.pk for room in rooms]).all_leaves()
    if token and (made := Closure.objects.filter(form_token=token).first()):
        return made
    if ends_at <= starts_at:
        raise EndsBeforeStart
    if ends_at <= clock.now():
        raise errors.InThePast
    if not leaves:
        raise errors.NothingToClose
    met = _bookings_met(center.pk, leaves, (starts_at, ends_at))
    if met and on_clash == "ask":
        raise errors.ClosureMeetsBookings(bookings=met)
    waits = bool(met) and on_clash == "wait"
    cancelled = [] if waits else met
    for booking in cancelled:
        withdraw(booking, by=by, because=reason)
    closure = Closure.objects.create(
        center=center,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason,
        state=ClosureState.PLANNED if waits else ClosureState.IN_FORCE,
        closed_by_id=by.user.pk,
        form_token=token,
        created_at=clock.now(),
    )
    ClosureRoom.objects.bulk_create([ClosureRoom(closure=closure, room=leaf) for leaf in leaves])
    if not waits:
        _hold(closure, leaves)
    audit.record(
        BookingEvent.PLANNED if waits else BookingEvent.CLOSED, closure, by=by.user, rooms=[leaf.pk for leaf in leaves]
    )
    calendar_version.bump(center.pk)
    if cancelled:
        span = min(booking.starts_at for booking in cancelled), max(booking.ends_at for booking in cancelled)
        pass_on([booking.room for booking in cancelled], span)
    return closure


@transaction.atomic
def reopen(*, closure: Closure, by: Access) -> Closure:
    """Reopen closed rooms, or drop a planned closure."""
    if not by.is_staff_in(closure.center_id):
        raise NotAllowed
    Locked(closure.center_id, closure.closed_rooms.values_list("room_id", flat=True))
    closure = Closure.objects.select_for_update(no_key=True).get(pk=closure.pk)
    if closure.state != ClosureState.REOPENED:
        Occupancy.objects.filter(closure=closure).delete()
        closure.state = ClosureState.REOPENED
        closure.save(update_fields=["state"])
        audit.record(BookingEvent.REOPENED, closure, by=by.user)
        calendar_version.bump(closure.center_id)
    return closure


def pass_on(rooms: Sequence[Room], span: Span) -> None:
    """Pass freed time in rooms of one house on, as the last step of the transaction that freed it: a planned closure begins when
    the last booking in its way, set-up and clean-up counted, is gone.
    """
    here = Q(room__in=rooms) | Q(room__part_of__in=rooms)
    waiting = ClosureRoom.objects.planned_over(rooms[0].center_id, (span[0] - MARGIN, span[1] + MARGIN)).filter(here)
    for pk in sorted(set(waiting.values_list("closure", flat=True))):
        _begin(pk)


def begin_planned() -> int:
    """Put in force the planned closures, in any house, whose last booking is over; gives how many began."""
    waiting = Closure.objects.active().filter(state=ClosureState.PLANNED)
    return sum(_begin(pk) for pk in list(waiting.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _begin(pk: int) -> bool:
    """Put a planned closure in force unless a booking is in its way.

    Its other rooms need no lock, for it lets nobody in. Its own row is locked: of two bookings that go at the same time, the later one
    lets it begin.
    """
    planned = Closure.objects.active().filter(pk=pk, state=ClosureState.PLANNED)
    closure = planned.select_for_update(no_key=True).first()
    if closure is None:
        return False
    closed = closure.closed_rooms.values("room")
    leaves = list(Room.objects.in_use().leaves().filter(Q(pk__in=closed) | Q(part_of__in=closed)))
    if _bookings_met(closure.center_id, leaves, (closure.starts_at, closure.ends_at)):
        return False
    _hold(closure, leaves)
    closure.state = ClosureState.IN_FORCE
    closure.save(update_fields=["state"])
    audit.record(BookingEvent.BEGAN, closure, by=None)
    calendar_version.bump(closure.center_id)
    return True


def _hold(closure: Closure, leaves: Sequence[Room]) -> None:
    """Hold the rooms, after what was used before the closure came into force: bookings that are over keep their time."""
    over = _bookings_in(closure.center_id, leaves, (closure.starts_at, closure.ends_at))
    free_from: datetime | None = over.aggregate(
        at=Max(Func("blocked", function="upper", output_field=DateTimeField()))
    )["at"]
    starts_at = max(closure.starts_at, free_from or closure.starts_at)
    if starts_at < closure.ends_at:
        hold(None, leaves, [Occurrence(closure, starts_at, closure.ends_at)])


def _bookings_met(center_id: int, leaves: Collection[Room], span: Span) -> list[Booking]:
    """The bookings that hold one of the rooms in the span and are not over yet, in time order."""
    rows = _bookings_in(center_id, leaves, span)
    return list(
        Booking.objects.filter(pk__in=rows.values("booking"), state__in=ACTIVE_STATES, ends_at__gt=clock.now())
        .with_parties()
        .order_by("starts_at", "id")
    )


def _bookings_in(center_id: int, leaves: Collection[Room], span: Span) -> OccupancyQuerySet:
    return Occupancy.objects.holding(center_id, [leaf.pk for leaf in leaves], span).filter(is_closure=False)
