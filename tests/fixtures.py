"""A house with a room and the people around it. Ask for what the test needs; all of it belongs to the one `house`."""

import pytest

from actors.access import Access
from actors.enums import Role, Tie
from actors.models import Actor, User
from centers.models import Center, Room
from tests.factories import ActorFactory, CenterFactory, RoomFactory, UserFactory, person_with


@pytest.fixture
def house(db: None) -> Center:
    return CenterFactory.create(name="Foreningernes Hus", slug="foreningernes-hus")


@pytest.fixture
def other_house(db: None) -> Center:
    return CenterFactory.create(name="Kvarterhuset", slug="kvarterhuset")


@pytest.fixture
def room(house: Center) -> Room:
    return RoomFactory.create(center=house, name="Salen", slug="salen", capacity=80)


@pytest.fixture
def association(house: Center) -> Actor:
    """An association with a fixed base in the house."""
    return ActorFactory.create(name="Folkedanserne", house=house, tie=Tie.FIXED)


@pytest.fixture
def member(association: Actor) -> User:
    return UserFactory.create(member_of=association, name="Mette Medlem", email="medlem@huset.example")


@pytest.fixture
def contact(association: Actor) -> User:
    return UserFactory.create(contact_of=association, name="Karim Kontakt", email="kontakt@huset.example")


@pytest.fixture
def staff(house: Center) -> User:
    return person_with(Role.STAFF, house, name="Maja Medarbejder", email="medarbejder@huset.example")


@pytest.fixture
def booking_admin(house: Center) -> User:
    return person_with(Role.BOOKING_ADMIN, house, name="Birk Booking", email="bookingansvarlig@huset.example")


@pytest.fixture
def coordinator(house: Center) -> User:
    return person_with(Role.COORDINATOR, house, name="Kaja Koordinator", email="koordinator@huset.example")


@pytest.fixture
def manager(house: Center) -> User:
    return person_with(Role.MANAGER, house, name="Leo Leder", email="leder@huset.example")


@pytest.fixture
def other_manager(other_house: Center) -> User:
    """The manager of another house: a visitor in this one."""
    return person_with(Role.MANAGER, other_house, name="Nanna Nabo", email="leder@kvarterhuset.example")


@pytest.fixture
def admin(db: None) -> User:
    return UserFactory.create(name="Ada Admin", email="admin@medborger.example", is_admin=True)


@pytest.fixture
def outsider(db: None) -> User:
    """Somebody with a log-in and no tie to any house."""
    return UserFactory.create(name="Ole Udenfor", email="udenfor@huset.example")


def access(user: User) -> Access:
    """What the person is, as each request reads it anew."""
    return Access.of(user)
