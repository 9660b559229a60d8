"""What the tests of bookings share."""

import pytest

from actors.models import Actor, User
from bookings.models import Booking
from centers.models import Room
from tests.bookings.calendar_page import SECRET
from tests.factories import BookingFactory


@pytest.fixture
def secret(room: Room, association: Actor, member: User) -> Booking:
    return BookingFactory.create(room=room, actor=association, by=member, title=SECRET)
