"""Closing rooms and opening them again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import DateTimeField, Func, Max

from bookings import changes, errors
from bookings.enums import HOLDING, ClosureState, Verb
from bookings.hold import Locked, Occurrence, hold
from bookings.models import Booking, Closure, ClosureRoom, Occupancy
from bookings.querysets import OccupancyQuerySet, Span
from centers.models import Center, Room
from medborger.common import audit, clock
from medborger.common.errors import NotAllowed

if TYPE_CHECKING:
    from actors.standing import Standing

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
    by: Standing,
) -> Closure:
    """Close rooms for a period (UTC) with a public reason; nobody passes a closure.

    Where it meets bookings: "ask" raises ClosureMeetsBookings, "wait" leaves it planned until the last is gone and lets no new one
    in, "cancel" cancels them with a notice to each. Raises NotAllowed for others than staff.
    """
    if not by.is_staff_in(center.pk):
        raise NotAllowed
    leaves = Locked(center.pk, [room.pk for room in rooms]).all_leaves()
    if token and (made := Closure.objects.filter(form_token=token).first()):
        return made
    _check_time(starts_at, ends_at)
    if not leaves:
        raise errors.NothingToClose
    waits = _make_room(center.pk, leaves, (starts_at, ends_at), on_clash, because=reason, by=by)
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
    audit.record(Verb.PLANNED if waits else Verb.CLOSED, closure, by=by.user, rooms=[leaf.pk for leaf in leaves])
    changes.bump(center.pk)
    return closure


def _check_time(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise errors.EndsBeforeStart
    if ends_at <= clock.now():
        raise errors.InThePast


def _make_room(
    center_id: int, leaves: Collection[Room], span: Span, on_clash: OnClash, *, because: str, by: Standing
) -> bool:
    """Do with the bookings in the way what the person chose; gives whether the closure must wait for them."""
    met = bookings_met(center_id, leaves, *span)
    if met and on_clash == "ask":
        raise errors.ClosureMeetsBookings(bookings=met)
    if on_clash == "cancel":
        _cancel_all(met, by=by, because=because)
    return bool(met) and on_clash == "wait"


@transaction.atomic
def reopen(*, closure: Closure, by: Standing) -> Closure:
    """Open what was closed, or drop a plan to close."""
    if not by.is_staff_in(closure.center_id):
        raise NotAllowed
    Locked(closure.center_id, closure.closed_rooms.values_list("room_id", flat=True))
    closure = Closure.objects.select_for_update(no_key=True).get(pk=closure.pk)
    if closure.state != ClosureState.REOPENED:
        Occupancy.objects.filter(closure=closure).delete()
        closure.state = ClosureState.REOPENED
        closure.save(update_fields=["state"])
        audit.record(Verb.REOPENED, closure, by=by.user)
        changes.bump(closure.center_id)
    return closure


def begin_planned(*, center_id: int | None = None) -> int:
    """Put in force the planned closures whose last booking is gone, of one house or of all; gives how many began."""
    waiting = Closure.objects.filter(state=ClosureState.PLANNED, ends_at__gt=clock.now())
    if center_id is not None:
        waiting = waiting.filter(center_id=center_id)
    return sum(_begin(closure) for closure in waiting.order_by("pk").prefetch_related("closed_rooms"))


@transaction.atomic
def _begin(closure: Closure) -> bool:
    leaves = Locked(closure.center_id, [closed.room_id for closed in closure.closed_rooms.all()]).all_leaves()
    planned = Closure.objects.select_for_update(no_key=True).filter(pk=closure.pk, state=ClosureState.PLANNED)
    if not planned or bookings_met(closure.center_id, leaves, closure.starts_at, closure.ends_at):
        return False
    _hold(closure, leaves)
    planned.update(state=ClosureState.IN_FORCE)
    audit.record(Verb.BEGAN, closure, by=None)
    changes.bump(closure.center_id)
    return True


def _hold(closure: Closure, leaves: Collection[Room]) -> None:
    """Hold the rooms, after what was used before the closure came into force: bookings that are over keep their time."""
    over = _bookings_in(closure.center_id, leaves, closure.starts_at, closure.ends_at)
    free_from: datetime | None = over.aggregate(
        at=Max(Func("blocked", function="upper", output_field=DateTimeField()))
    )["at"]
    starts_at = max(closure.starts_at, free_from or closure.starts_at)
    if starts_at < closure.ends_at:
        hold(None, list(leaves), [Occurrence(closure, starts_at, closure.ends_at)])


def _bookings_in(center_id: int, leaves: Collection[Room], starts_at: datetime, ends_at: datetime) -> OccupancyQuerySet:
    held = Occupancy.objects.holding(center_id, [leaf.pk for leaf in leaves], (starts_at, ends_at))
    return held.filter(is_closure=False)


def bookings_met(center_id: int, leaves: Collection[Room], starts_at: datetime, ends_at: datetime) -> list[Booking]:
    """The bookings that hold one of the rooms in the period and are not over yet, in time order."""
    rows = _bookings_in(center_id, leaves, starts_at, ends_at)
    return list(
        Booking.objects.filter(pk__in=rows.values("booking"), state__in=HOLDING, ends_at__gt=clock.now())
        .with_parties()
        .order_by("starts_at", "id")
    )


def _cancel_all(met: Collection[Booking], *, by: Standing, because: str) -> None:
    from bookings.actions.bookings import withdraw

    for booking in met:
        withdraw(booking, by=by, because=because)
