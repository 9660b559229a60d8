"""Booking a room, moving it, cancelling it, and undoing both."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from bookings import changes, emails, errors, rules, signals
from bookings.actions.closures import begin_planned
from bookings.enums import Audience, BookingState, Part, Verb
from bookings.hold import Locked, Occurrence, blocked_span, clashes, hold, release
from bookings.models import Booking, BookingActor
from bookings.rules import Slot, Wish
from centers.models import Center, Room
from medborger.common import audit, clock, outbox
from medborger.common.errors import AlreadyDone, DomainError, NotAllowed, Stale, violated
from medborger.common.models import Audit

if TYPE_CHECKING:
    from actors.models import Actor
    from actors.standing import Standing

UNDO_FOR = timedelta(minutes=10)
UNDOABLE = (Verb.MOVED, Verb.CANCELLED)
# What an act says of itself when it is not its booking's alone to undo: a closure cancelled it, or it is held together with another.
FOR_GOOD = frozenset({"because", "merged_into"})


def book(*, center: Center, wish: Wish, by: Standing) -> Booking:
    """Book a room for an actor. The same form sent twice books once: AlreadyDone carries the booking that the first one made,
    whatever would be said of the wish by now.

    Raises the errors of `bookings.errors`; RoomTaken with what is in the way.
    """
    try:
        with transaction.atomic():
            return _book(center, wish, by)
    except NotAllowed:
        raise
    except DomainError:
        if made := _made_by(wish):
            raise AlreadyDone(made) from None
        raise
    except IntegrityError as error:
        if violated(error) == "bookings_booking_form_token_key" and (made := _made_by(wish)):
            raise AlreadyDone(made) from error
        raise


def _book(center: Center, wish: Wish, by: Standing) -> Booking:
    rules.check_time(wish.slot, center)
    rules.check_actors(wish.actor, wish.partner, center, by)
    locked = Locked(center.pk, [wish.slot.room.pk])
    room = rules.check_room(locked.room(wish.slot.room.pk), [wish.actor.pk], by)
    rules.check_persons(room, wish.persons)
    outside = rules.check_hours(wish.slot, center, by)
    booking = Booking.objects.create(
        center=center,
        room=room,
        starts_at=wish.slot.starts_at,
        ends_at=wish.slot.ends_at,
        title=wish.title,
        audience=wish.audience,
        drop_in=wish.drop_in and wish.audience != Audience.CLOSED,
        persons=wish.persons,
        booked_by_id=by.user.pk,
        by_house=wish.actor.pk not in by.actor_ids,
        outside_hours=outside,
        hours_reason=wish.hours_reason if outside else "",
        form_token=wish.token,
        created_at=clock.now(),
    )
    _hold_or_say_why(booking, room, locked.leaves(room.pk))
    parties = [BookingActor(booking=booking, actor=wish.actor, part=Part.HOLDER)]
    if wish.partner is not None and wish.partner != wish.actor:
        parties.append(BookingActor(booking=booking, actor=wish.partner, part=Part.PARTNER))
    BookingActor.objects.bulk_create(parties)
    themes, groups = Booking.themes.through, Booking.target_groups.through
    themes._default_manager.bulk_create([themes(booking=booking, theme=theme) for theme in wish.themes])
    groups._default_manager.bulk_create([groups(booking=booking, targetgroup=group) for group in wish.target_groups])
    _tell(booking, Verb.BOOKED, by, parties, to=_place(booking), actor=wish.actor.pk)
    signals.announce(signals.event_published, booking, by)
    return booking


@transaction.atomic
def move(*, booking: Booking, slot: Slot, version: int | None, by: Standing) -> Booking:
    """Move a booking to another time or room of its house. Raises Stale when it was changed since `version`, and all that `book` does."""
    locked = Locked(booking.center_id, {booking.room_id, slot.room.pk})
    booking = _locked_for_change(booking, by, version)
    before = _place(booking)
    _put(booking, slot, locked, by)
    _tell(booking, Verb.MOVED, by, **{"from": before, "to": _place(booking)})
    signals.announce(signals.event_changed, booking, by)
    let_planned_closures_begin(booking.center_id)
    return booking


@transaction.atomic
def cancel(*, booking: Booking, version: int | None, by: Standing) -> Booking:
    """Give the room up. Can be undone for ten minutes, as long as nobody took the place meanwhile."""
    Locked(booking.center_id, [booking.room_id])
    booking = _locked_for_change(booking, by, version)
    withdraw(booking, by=by)
    let_planned_closures_begin(booking.center_id)
    return booking


def withdraw(booking: Booking, *, by: Standing, because: str = "", merged_into: Booking | None = None) -> None:
    """Cancel within the caller's transaction; `because` is the public reason of the closure that made it necessary, `merged_into` the
    booking that it is held together with instead."""
    said: dict[str, Any] = {"because": because} if because else {}
    if merged_into is not None:
        said["merged_into"] = merged_into.pk
    if booking.expires_at:
        said["expires_at"] = booking.expires_at.isoformat()
    release(booking)
    booking.state, booking.expires_at = BookingState.CANCELLED, None
    booking.version += 1
    booking.save(update_fields=["state", "expires_at", "version"])
    _tell(booking, Verb.CANCELLED, by, **{"from": _place(booking)}, **said)
    signals.announce(signals.event_withdrawn, booking, by)


@transaction.atomic
def undo(*, booking: Booking, by: Standing) -> Booking:
    """Take back the last move or cancellation, through all the rules again. Raises NothingToUndo and all that `move` does."""
    last = undoable(booking)
    if last is None:
        raise errors.NothingToUndo
    slot = _slot_of(last.parameters["from"])
    locked = Locked(booking.center_id, {booking.room_id, slot.room.pk})
    booking = _locked(booking, by)
    if undoable(booking) != last:
        raise errors.NothingToUndo
    before = _place(booking)
    if last.verb == Verb.CANCELLED:
        booking.expires_at = _expiry(last)
        booking.state = BookingState.REQUESTED if booking.expires_at else BookingState.CONFIRMED
    _put(booking, slot, locked, by)
    verb = Verb.RESTORED if last.verb == Verb.CANCELLED else Verb.MOVED_BACK
    _tell(booking, verb, by, **{"from": before, "to": _place(booking)})
    restored = verb == Verb.RESTORED
    signals.announce(signals.event_published if restored else signals.event_changed, booking, by)
    return booking


def undoable(booking: Booking) -> Audit | None:
    """The act that can be undone now: the booking's last one, if it is a move or cancellation less than ten minutes old.

    A cancelled request comes back only while it would still have waited for its answer.
    """
    last, now = audit.history(booking).last(), clock.now()
    if last is None or last.verb not in UNDOABLE or last.at < now - UNDO_FOR or FOR_GOOD & last.parameters.keys():
        return None
    expires_at = _expiry(last)
    return last if expires_at is None or expires_at > now else None


def _expiry(cancelled: Audit) -> datetime | None:
    """Until when the booking that was cancelled had been asked for; None when it was confirmed."""
    said: str | None = cancelled.parameters.get("expires_at")
    return datetime.fromisoformat(said) if said else None


@transaction.atomic
def leave(*, booking: Booking, actor: Actor, by: Standing) -> None:
    """A partner steps out. Raises NotAllowed for who does not act for it."""
    if actor.pk not in by.actor_ids and not by.is_staff_in(booking.center_id):
        raise NotAllowed
    if BookingActor.objects.filter(booking=booking, actor=actor, part=Part.PARTNER).delete()[0]:
        _tell(booking, Verb.PARTNER_LEFT, by, actor=actor.pk)
        signals.announce(signals.event_changed, booking, by)


@transaction.atomic
def give_reason(*, booking: Booking, reason: str, by: Standing) -> None:
    """Say afterwards why a booking lies outside the opening hours. Raises NotAllowed for others than staff."""
    if not by.is_staff_in(booking.center_id):
        raise NotAllowed
    booking.hours_reason = reason
    booking.save(update_fields=["hours_reason"])
    audit.record(Verb.REASON_GIVEN, booking, by=by.user)


def may_change(booking: Booking, by: Standing) -> bool:
    """One's own actor's bookings, staff any; a partner cannot."""
    return by.is_staff_in(booking.center_id) or any(
        p.part == Part.HOLDER and p.actor_id in by.actor_ids for p in booking.parties.all()
    )


def _locked(booking: Booking, by: Standing) -> Booking:
    """The booking as it is now, its row locked. Its room is locked already: a booking that left that room meanwhile is Stale."""
    fresh: Booking = (
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .select_related("center", "room")
        .with_parties()
        .get(pk=booking.pk)
    )
    if not may_change(fresh, by):
        raise NotAllowed
    if fresh.room_id != booking.room_id:
        raise Stale(fresh)
    return fresh


def _locked_for_change(booking: Booking, by: Standing, version: int | None) -> Booking:
    fresh = _locked(booking, by)
    if not fresh.holds or fresh.ends_at <= clock.now():
        raise errors.BookingOver
    if version is not None and fresh.version != version:
        raise Stale(fresh)
    return fresh


def _put(booking: Booking, slot: Slot, locked: Locked, by: Standing) -> None:
    """Give up what the booking holds and hold the slot instead, after all rules."""
    center = booking.center
    holder = next(party.actor for party in booking.parties.all() if party.part == Part.HOLDER)
    rules.check_time(slot, center)
    rules.check_actors(holder, None, center, by)
    room = rules.check_room(locked.room(slot.room.pk), [holder.pk], by)
    rules.check_persons(room, booking.persons)
    outside = rules.check_hours(slot, center, by)
    release(booking)
    booking.room, booking.starts_at, booking.ends_at, booking.outside_hours = (
        room,
        slot.starts_at,
        slot.ends_at,
        outside,
    )
    booking.version += 1
    booking.save(update_fields=["room", "starts_at", "ends_at", "outside_hours", "state", "expires_at", "version"])
    _hold_or_say_why(booking, room, locked.leaves(room.pk))


def let_planned_closures_begin(center_id: int) -> None:
    """After the commit, in transactions of their own: they lock other rooms. A sweep finds what this misses."""
    transaction.on_commit(lambda: begin_planned(center_id=center_id), robust=True)


def _hold_or_say_why(booking: Booking, room: Room, leaves: list[Room]) -> None:
    if hold(room, leaves, [Occurrence(booking, booking.starts_at, booking.ends_at)]):
        span = blocked_span(room, booking.starts_at, booking.ends_at)
        rows, planned = clashes(leaves, span, except_booking=booking)
        raise errors.RoomTaken(clashes=rows, planned=planned)


def _slot_of(place: dict[str, Any]) -> Slot:
    starts_at, ends_at = datetime.fromisoformat(place["start"]), datetime.fromisoformat(place["end"])
    day = clock.local(starts_at).date()
    room = Room.objects.get(pk=place["room"])
    return Slot(room, day, clock.minute_of_day(starts_at, day), clock.minute_of_day(ends_at, day))


def _place(booking: Booking) -> dict[str, Any]:
    return {"room": booking.room_id, "start": booking.starts_at.isoformat(), "end": booking.ends_at.isoformat()}


def _made_by(wish: Wish) -> Booking | None:
    return Booking.objects.filter(form_token=wish.token).first() if wish.token else None


def _tell(
    booking: Booking, verb: Verb, by: Standing, parties: list[BookingActor] | None = None, /, **parameters: Any
) -> None:
    """Audit, notices and the calendar's counter: what every act on a booking leaves behind."""
    row = audit.record(verb, booking, by=by.user, **parameters)
    outbox.post(emails.letters(booking=booking, act=row, by=by, parties=parties))
    changes.bump(booking.center_id)
