"""A meeting with three items: the first for all, one for the dancers, one for the singers."""

from collections.abc import Iterator

import pytest
import time_machine

from actors.meetings import actions
from actors.meetings.models import AgendaItem, Meeting
from actors.models import Actor, User
from centers.models import Center
from tests.actors.meetings.factories import at, draft, item
from tests.actors.meetings.meeting_bodies import registered
from tests.factories import ActorFactory, UserFactory
from tests.fixtures import access


@pytest.fixture(autouse=True)
def body() -> Iterator[None]:
    with registered():
        yield


@pytest.fixture
def singers(house: Center) -> Actor:
    return ActorFactory.create(name="Koret", house=house)


@pytest.fixture
def singer(singers: Actor) -> User:
    return UserFactory.create(contact_of=singers, name="Signe Sopran", email="sopran@huset.example")


@pytest.fixture
def meeting(house: Center, staff: User, association: Actor, contact: User, singers: Actor, singer: User) -> Meeting:
    made = draft(house, staff)
    item(made, staff, "Siden sidst", 20)
    item(made, staff, "Nye gulve", 20, association)
    item(made, staff, "Nye noder", 30, singers)
    return made


@pytest.fixture
def items(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.all())


@pytest.fixture
def invited(meeting: Meeting, staff: User) -> Meeting:
    """It has been convened."""
    return actions.convene(meeting=meeting, by=access(staff))


@pytest.fixture
def running(invited: Meeting) -> Iterator[Meeting]:
    """It is ten past nine."""
    with time_machine.travel(at(550), tick=False):
        yield invited
