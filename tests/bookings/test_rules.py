"""The rules of a booking, for many slots at once; what each refuses is told in `test_book_rules.py`."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, User
from bookings import errors
from bookings.rules import Slot, SlotContext, check_slot
from centers.hours import Hours, holiday_name
from centers.models import Center, Room
from tests.factories import ActorFactory, RoomFactory, RoomHolderFactory, working_day
from tests.fixtures import access

pytestmark = pytest.mark.django_db
Context = Callable[[], SlotContext]


@pytest.fixture
def office(house: Center, association: Actor) -> Room:
    """A room that is the association's own: every rule is asked of it."""
    room = RoomFactory.create(center=house, bookable=False)
    RoomHolderFactory.create(room=room, actor=association)
    return room


@pytest.fixture
def context(house: Center, association: Actor, member: User) -> Context:
    """What is read for fifty dates of the association and a partner."""
    by, partner = access(member), ActorFactory.create(house=house)

    def read() -> SlotContext:
        hours = Hours(house, working_day(), working_day() + timedelta(days=120))
        return SlotContext(house, hours, by, [association.pk], 4, association, partner)

    return read


def open_days(number: int) -> list[date]:
    days = (working_day() + timedelta(days=ahead) for ahead in range(120))
    return [day for day in days if not holiday_name(day, ())][:number]


def test_fifty_dates_cost_what_one_does(office: Room, context: Context) -> None:
    counts = []
    for dates in (1, 50):
        with CaptureQueriesContext(connection) as queries:
            read = context()
            assert not any(check_slot(Slot(office, day, 1080, 1200), read) for day in open_days(dates))
        counts.append(len(queries))
    assert counts == [3, 3]  # the hours, the actors' ties, the rooms they have for their own


def test_each_slot_is_checked_in_its_own_room(office: Room, context: Context) -> None:
    read, (day, *_) = context(), open_days(1)
    assert not check_slot(Slot(office, day, 1080, 1200), read)
    with pytest.raises(errors.TooManyPersons):
        check_slot(Slot(RoomFactory.create(center=office.center, capacity=3), day, 1080, 1200), read)
    with pytest.raises(errors.RoomNotBookable):
        check_slot(Slot(RoomFactory.create(center=office.center, bookable=False), day, 1080, 1200), read)
