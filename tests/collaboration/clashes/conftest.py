"""What the tests of clashes share: a house with two events that meet."""

import pytest

from bookings.models import Booking
from centers.models import Center
from collaboration.clashes.models import Clash
from collaboration.models import Neighbour
from medborger.common import clock
from tests.collaboration.clashes.events import Town


@pytest.fixture
def town(house: Center) -> Town:
    return Town(house)


@pytest.fixture
def first(town: Town) -> Booking:
    return town.event(title="Sangaften")


@pytest.fixture
def second(town: Town, first: Booking) -> Booking:
    return town.event(title="Folkedans")


@pytest.fixture
def clash(second: Booking) -> Clash:
    """The two have met: nothing has been done about it."""
    return Clash.objects.with_events().get()


@pytest.fixture
def neighbours(house: Center, other_house: Center) -> Neighbour:
    """Named by the one side only."""
    return Neighbour.objects.create(center=other_house, neighbour=house, since=clock.today())
