"""Races with real connections: whatever happens at the same time, a room is used by one."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from actors.access import Access
from actors.enums import Role
from actors.models import Actor, User
from bookings import actions, errors
from bookings.actions.closures import OnClash
from bookings.enums import BookingState, ClosureState
from bookings.models import Booking, Closure, Occupancy
from bookings.rules import BookingData, Slot
from centers.models import Center, Room
from medborger.common.errors import AlreadyDone
from tests.factories import ActorFactory, CenterFactory, RoomFactory, person_with, working_day
from tests.races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("race")]
CLIENTS = 8
ROUNDS = 6


class House:
    """A house with a divided hall, and a staff member who may do anything in it."""

    def __init__(self) -> None:
        self.center: Center = CenterFactory.create()
        self.whole: Room = RoomFactory.create(center=self.center, name="Salen", setup_minutes=15, cleanup_minutes=15)
        self.halves: list[Room] = [
            RoomFactory.create(center=self.center, part_of=self.whole, name=f"Salen {n}") for n in "AB"
        ]
        self.room: Room = RoomFactory.create(center=self.center)
        self.actor: Actor = ActorFactory.create(house=self.center)
        self.user: User = person_with(Role.STAFF, self.center)
        self.day = working_day()

    @property
    def by(self) -> Access:
        return Access.of(self.user)

    def data(self, room: Room, start: int, end: int, **more: Any) -> BookingData:
        return BookingData(slot=Slot(room, self.day, start, end), actor=self.actor, title="Øveaften", **more)

    def book(self, room: Room, start: int, end: int, **more: Any) -> Booking:
        return actions.book(center=self.center, data=self.data(room, start, end, **more), by=self.by)

    def close(self, room: Room, start: int, end: int, on_clash: OnClash, token: UUID | None = None) -> Closure:
        starts_at, ends_at = Slot(room, self.day, start, end).span
        return actions.close(
            center=self.center,
            rooms=[room],
            starts_at=starts_at,
            ends_at=ends_at,
            reason="Gulvet slibes",
            on_clash=on_clash,
            token=token,
            by=self.by,
        )


@pytest.fixture
def house() -> House:
    return House()


def assert_each_holding_booking_holds_all_its_leaves(house: House) -> None:
    for booking in Booking.objects.filter(center=house.center):
        leaves = 2 if booking.room_id == house.whole.pk else 1
        assert booking.occupancies.count() == (leaves if booking.holds else 0)


def test_one_of_many_wins_the_same_slot(house: House) -> None:
    for round_ in range(ROUNDS):
        hour = 8 * 60 + round_ * 60
        results = at_once(*[partial(house.book, house.room, hour, hour + 60)] * CLIENTS)
        assert sum(isinstance(r, Booking) for r in results) == 1
        assert sum(isinstance(r, errors.RoomTaken) for r in results) == CLIENTS - 1
    assert Occupancy.objects.filter(room=house.room).count() == ROUNDS


def test_the_whole_hall_and_its_halves_exclude_each_other(house: House) -> None:
    for round_ in range(ROUNDS):
        hour = 8 * 60 + round_ * 120
        rooms = [house.whole, *house.halves] * 2
        results = at_once(*[partial(house.book, room, hour, hour + 60) for room in rooms])
        won = [r.room_id for r in results if isinstance(r, Booking)]
        assert won == [house.whole.pk] or sorted(won) == sorted(half.pk for half in house.halves)
    assert_each_holding_booking_holds_all_its_leaves(house)


def test_moves_and_bookings_meet_in_the_same_slot(house: House) -> None:
    for round_ in range(ROUNDS):
        target = 12 * 60 + round_ * 60
        movers = [house.book(room, target, target + 60) for room in house.halves]
        slot = Slot(house.room, house.day, target, target + 60)
        moves = [partial(actions.move, booking=mover, slot=slot, version=1, by=house.by) for mover in movers]
        results = at_once(*moves, *[partial(house.book, house.room, target, target + 60)] * 4)
        assert sum(isinstance(r, Booking) for r in results) == 1
        assert sum(isinstance(r, errors.RoomTaken) for r in results) == 5
    assert_each_holding_booking_holds_all_its_leaves(house)


def test_two_bookings_that_swap_rooms_at_once_do_not_deadlock(house: House) -> None:
    left, right = house.book(house.halves[0], 600, 660), house.book(house.halves[1], 600, 660)

    def swap(mover: Booking, other: Booking) -> Callable[[], Booking]:
        slot = Slot(other.room, house.day, 600, 660)
        return lambda: actions.move(booking=mover, slot=slot, version=None, by=house.by)

    for _ in range(ROUNDS):
        left.refresh_from_db()
        right.refresh_from_db()
        results = at_once(swap(left, right), swap(right, left))
        assert all(isinstance(r, errors.RoomTaken) for r in results)
    assert_each_holding_booking_holds_all_its_leaves(house)


def test_a_closure_and_bookings_exclude_each_other(house: House) -> None:
    for round_ in range(ROUNDS):
        hour = 8 * 60 + round_ * 60
        results = at_once(
            partial(house.close, house.room, hour, hour + 60, "ask"),
            *[partial(house.book, house.room, hour, hour + 60)] * 4,
        )
        assert sum(isinstance(r, Booking | Closure) for r in results) == 1
        span = Slot(house.room, house.day, hour, hour + 60).span
        assert Occupancy.objects.filter(room=house.room, during__overlap=span).count() == 1


def test_a_planned_closure_lets_no_booking_in_and_begins_when_the_last_is_gone(house: House) -> None:
    booking = house.book(house.room, 600, 660)
    closure = house.close(house.room, 540, 720, "wait")
    results = at_once(
        partial(actions.cancel, booking=booking, version=None, by=house.by),
        *[partial(house.book, house.room, 600, 660)] * 4,
    )
    assert sum(isinstance(r, Booking) for r in results) == 1
    closure.refresh_from_db()
    assert closure.state == ClosureState.IN_FORCE
    assert Occupancy.objects.get(room=house.room).closure == closure


def test_of_the_last_two_bookings_that_go_at_once_one_lets_the_closure_begin(house: House) -> None:
    for round_ in range(ROUNDS):
        hour = 8 * 60 + round_ * 60
        made = [house.book(room, hour, hour + 30) for room in house.halves]
        closure = house.close(house.whole, hour, hour + 30, "wait")
        assert closure.state == ClosureState.PLANNED
        at_once(*[partial(actions.cancel, booking=booking, version=None, by=house.by) for booking in made])
        closure.refresh_from_db()
        assert (closure.state, closure.occupancies.count()) == (ClosureState.IN_FORCE, 2)


def test_cancelling_while_closing_does_not_deadlock(house: House) -> None:
    for round_ in range(ROUNDS):
        hour = 8 * 60 + round_ * 60
        made = house.book(house.whole, hour, hour + 30)
        results = at_once(
            partial(actions.cancel, booking=made, version=None, by=house.by),
            partial(house.close, house.halves[0], hour, hour + 30, "cancel"),
        )
        assert isinstance(results[1], Closure)
        made.refresh_from_db()
        assert made.state == BookingState.CANCELLED


def test_the_same_form_sent_at_once_books_once(house: House) -> None:
    token = uuid4()
    results = at_once(*[partial(house.book, house.room, 600, 660, token=token)] * CLIENTS)
    made = next(r for r in results if isinstance(r, Booking))
    again = [r for r in results if isinstance(r, AlreadyDone)]
    assert len(again) == CLIENTS - 1
    assert {r.outcome for r in again} == {made}


def test_the_same_closing_form_sent_at_once_closes_once(house: House) -> None:
    token = uuid4()
    results = at_once(*[partial(house.close, house.room, 600, 660, "ask", token)] * CLIENTS)
    assert results == [Closure.objects.get()] * CLIENTS
