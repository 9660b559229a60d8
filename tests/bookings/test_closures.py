"""Closing rooms or the house by the page, and opening them again."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, User
from bookings import actions
from bookings.actions.closures import OnClash
from bookings.enums import BookingState, ClosureState
from bookings.models import Booking, Closure, Occupancy
from bookings.querysets import Span
from centers.models import Center, Room
from medborger.common import clock
from medborger.common.models import Message
from tests.bookings.forms import wish
from tests.factories import BookingFactory, RoomFactory, close_room, slot, working_day
from tests.fixtures import access

CLOSURES = "/foreningernes-hus/lukninger/"


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    client.force_login(staff)
    return client


def closing(*rooms: Room, **changes: Any) -> dict[str, Any]:
    """All of a coming working day."""
    day = working_day().isoformat()
    fields = {
        "rooms": [room.slug for room in rooms],
        "from_date": day,
        "from_time": "0.00",
        "to_date": day,
        "to_time": "24.00",
        "reason": "Nyt gulv",
        "on_clash": "ask",
        "token": str(uuid4()),
    }
    return fields | changes


def test_a_closed_room_is_held_all_the_time(desk: Client, room: Room) -> None:
    assert desk.post(CLOSURES, closing(room)).status_code == 302

    closure = Closure.objects.get()
    held = Occupancy.objects.get(closure=closure)
    assert (closure.state, held.is_closure) == (ClosureState.IN_FORCE, True)
    assert (held.blocked.lower, held.blocked.upper) == (
        clock.midnight(working_day()),
        clock.midnight(working_day() + timedelta(days=1)),
    )
    assert "Nyt gulv" in desk.get(CLOSURES).content.decode()


def test_the_whole_house_is_closed_with_all_its_rooms(
    desk: Client, house: Center, room: Room, other_house: Center
) -> None:
    RoomFactory.create(center=house, part_of=room)
    RoomFactory.create(center=house, part_of=room)
    RoomFactory.create(center=house)
    RoomFactory.create(center=other_house)

    assert desk.post(CLOSURES, closing(whole_house="on")).status_code == 302
    assert Occupancy.objects.filter(center=house).count() == Occupancy.objects.count() == 3


def test_bookings_in_the_way_are_listed_and_nothing_happens_yet(desk: Client, room: Room, association: Actor) -> None:
    booking = BookingFactory.create(room=room, actor=association, title="Generalprøve")
    response = desk.post(CLOSURES, closing(room))

    html = response.content.decode()
    assert response.status_code == 409
    assert "Der er en booking i det tidsrum" in html
    assert "Generalprøve" in html
    for choice in ("wait", "cancel"):
        assert f'name="on_clash" value="{choice}"' in html
    assert not Closure.objects.exists()
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED


def test_waiting_leaves_the_closure_planned_until_the_last_is_gone(
    desk: Client, room: Room, association: Actor, member: User
) -> None:
    booking = BookingFactory.create(room=room, actor=association)
    assert desk.post(CLOSURES, closing(room, on_clash="wait")).status_code == 302
    assert Closure.objects.get().state == ClosureState.PLANNED
    assert desk.post("/foreningernes-hus/book/", wish(room, association, start="10", end="11")).status_code == 409

    actions.cancel(booking=booking, version=None, by=access(member))
    assert Closure.objects.get().state == ClosureState.IN_FORCE
    assert Occupancy.objects.get().is_closure


def close_over(booking: Booking, staff: User, on_clash: OnClash, *rooms: Room, span: Span | None = None) -> Closure:
    """A closure of the rooms, or else the booking's own, for the span, or else the booking's time."""
    starts_at, ends_at = span or booking.span
    return actions.close(
        center=booking.center,
        rooms=rooms or [booking.room],
        starts_at=starts_at,
        ends_at=ends_at,
        reason="Nyt gulv",
        on_clash=on_clash,
        token=None,
        by=access(staff),
    )


def test_a_closure_waits_for_the_clean_up_of_a_booking_and_begins_when_that_is_not_needed(
    house: Center, association: Actor, member: User, staff: User
) -> None:
    room = RoomFactory.create(center=house, cleanup_minutes=60)
    booking = BookingFactory.create(room=room, actor=association, by=member, start=600, end=660)
    later = slot(room, 690, 720)
    closure = close_over(booking, staff, "wait", span=later.span)
    assert closure.state == ClosureState.PLANNED
    actions.cancel(booking=booking, version=None, by=access(member))
    closure.refresh_from_db()
    assert closure.state == ClosureState.IN_FORCE


def test_moving_the_last_booking_away_lets_the_closure_begin(
    room: Room, association: Actor, member: User, staff: User
) -> None:
    booking = BookingFactory.create(room=room, actor=association, by=member)
    closure = close_over(booking, staff, "wait")
    other = RoomFactory.create(center=room.center)
    actions.move(booking=booking, slot=slot(other), version=None, by=access(member))
    closure.refresh_from_db()
    assert (closure.state, closure.occupancies.get().room) == (ClosureState.IN_FORCE, room)


def test_a_request_that_expires_lets_the_closure_begin(room: Room, association: Actor, staff: User) -> None:
    booking = BookingFactory.create(room=room, actor=association)
    closure = close_over(booking, staff, "wait")
    Booking.objects.update(state=BookingState.REQUESTED, expires_at=clock.now())
    assert actions.expire_requests() == 1
    closure.refresh_from_db()
    assert closure.state == ClosureState.IN_FORCE


def test_a_closure_that_cancels_lets_another_begin_that_waited_for_the_same_booking(
    room: Room, association: Actor, staff: User
) -> None:
    """The booking of a hall is in the way of a closure of one part, and of another of the other part."""
    parts = [RoomFactory.create(center=room.center, part_of=room) for _ in range(2)]
    booking = BookingFactory.create(room=room, actor=association)
    waiting = close_over(booking, staff, "wait", parts[0])
    closing = close_over(booking, staff, "cancel", parts[1])
    waiting.refresh_from_db()
    assert (waiting.state, closing.state) == (ClosureState.IN_FORCE, ClosureState.IN_FORCE)
    assert set(Occupancy.objects.values_list("closure", "room")) == {
        (waiting.pk, parts[0].pk),
        (closing.pk, parts[1].pk),
    }


def test_cancelling_them_tells_each_with_the_reason(desk: Client, room: Room, association: Actor, member: User) -> None:
    booking = BookingFactory.create(room=room, actor=association, by=member)
    Message.objects.all().delete()
    assert desk.post(CLOSURES, closing(room, on_clash="cancel", reason="Vandskade")).status_code == 302

    booking.refresh_from_db()
    message = Message.objects.get()
    assert (booking.state, Closure.objects.get().state) == (BookingState.CANCELLED, ClosureState.IN_FORCE)
    assert (message.recipient, message.subject.startswith("Aflyst: Salen")) == (member.email, True)
    assert "Vandskade" in message.text


@pytest.mark.parametrize("on_clash", ["wait", "cancel"])
def test_what_was_used_before_the_closure_stays_as_it_was(
    desk: Client, room: Room, association: Actor, on_clash: str
) -> None:
    over, form = (
        BookingFactory.create(room=room, actor=association, start=600, end=660),
        closing(room, on_clash=on_clash),
    )
    with time_machine.travel(clock.at(working_day(), 720), tick=False):
        assert desk.post(CLOSURES, form).status_code == 302

    over.refresh_from_db()
    closure = Closure.objects.get()
    assert (over.state, closure.state) == (BookingState.CONFIRMED, ClosureState.IN_FORCE)
    assert Occupancy.objects.get(closure=closure).during.lower == over.ends_at


def test_a_planned_closure_begins_when_its_last_booking_is_over(desk: Client, room: Room, association: Actor) -> None:
    booking = BookingFactory.create(room=room, actor=association, start=600, end=660)
    desk.post(CLOSURES, closing(room, on_clash="wait"))

    with time_machine.travel(booking.ends_at - timedelta(minutes=1), tick=False):
        assert actions.begin_planned() == 0
    with time_machine.travel(booking.ends_at, tick=False):
        assert actions.begin_planned() == 1
    assert Closure.objects.get().state == ClosureState.IN_FORCE


def test_reopening_frees_the_rooms(desk: Client, room: Room, staff: User) -> None:
    closure = close_room(room, staff)
    assert desk.post(f"{CLOSURES}{closure.pk}/aabn/").status_code == 302

    closure.refresh_from_db()
    assert closure.state == ClosureState.REOPENED
    assert not Occupancy.objects.exists()


def test_another_houses_closure_is_not_found(desk: Client, other_house: Center, admin: User) -> None:
    closure = close_room(RoomFactory.create(center=other_house), admin)

    assert desk.post(f"{CLOSURES}{closure.pk}/aabn/").status_code == 404


def test_another_houses_room_cannot_be_closed(desk: Client, other_house: Center, room: Room) -> None:
    response = desk.post(CLOSURES, closing(RoomFactory.create(center=other_house, slug="naboens")))

    assert (response.status_code, set(response.context["form"].errors)) == (422, {"rooms"})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rooms": []}, "rooms"),
        ({"reason": ""}, "reason"),
        ({"reason": "010190-1234"}, "reason"),
        ({"reason": "a\0b"}, "reason"),
        ({"from_date": "31.02.2027"}, "from_date"),
        ({"to_time": "25"}, "to_time"),
        ({"to_date": "1.1.2001"}, "to_time"),
        ({"from_date": "1.1.2001", "to_date": "2.1.2001"}, "to_date"),
        ({"from_date": "28.03.2027", "to_date": "28.03.2027", "from_time": "2.30"}, "from_time"),
        ({"on_clash": "xyz"}, "on_clash"),
        ({"token": "x"}, "token"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(desk: Client, room: Room, changes: dict[str, Any], field: str) -> None:
    response = desk.post(CLOSURES, closing(room, **changes))

    assert (response.status_code, set(response.context["form"].errors)) == (422, {field})
    assert not Closure.objects.exists()


def test_the_same_form_sent_twice_closes_once(desk: Client, staff: User, room: Room) -> None:
    form = closing(room)
    assert {desk.post(CLOSURES, form).status_code for _ in range(2)} == {302}
    with time_machine.travel(clock.midnight(working_day() + timedelta(days=2))):
        desk.force_login(staff)
        assert desk.post(CLOSURES, form).status_code == 302

    assert Closure.objects.count() == 1


def test_the_rooms_may_be_left_out_only_with_the_whole_house(desk: Client, room: Room) -> None:
    legend = re.compile(r"<legend[^>]*>(.*?)\s*</legend>", re.DOTALL)
    assert legend.findall(desk.get(CLOSURES).content.decode()) == ["Eller kun disse lokaler"]
    assert desk.post(CLOSURES, closing(whole_house="on")).status_code == 302


@pytest.mark.parametrize("person", ["member", "other_manager", "outsider"])
def test_only_the_houses_staff_close(request: pytest.FixtureRequest, client: Client, room: Room, person: str) -> None:
    client.force_login(request.getfixturevalue(person))

    assert client.get(CLOSURES).status_code == 403
    assert client.post(CLOSURES, closing(room)).status_code == 403
    assert not Closure.objects.exists()


def test_reopening_is_no_page(desk: Client, room: Room, staff: User) -> None:
    assert desk.get(f"{CLOSURES}{close_room(room, staff).pk}/aabn/").status_code == 405


def test_the_list_costs_the_same_with_one_closure_and_three(
    desk: Client, house: Center, room: Room, staff: User
) -> None:
    desk.get(CLOSURES)
    counts = []
    for ahead in (7, 20, 30):
        close_room(room, staff, day=working_day(ahead))
        with CaptureQueriesContext(connection) as queries:
            desk.get(CLOSURES)
        counts.append(len(queries))
    assert counts[0] == counts[-1]
