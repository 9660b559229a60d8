"""Two more associations beside the dancers, and their people."""

import pytest

from actors.models import Actor, User
from centers.models import Center
from collaboration.models import Collaboration
from tests.collaboration.factories import entered
from tests.factories import ActorFactory, UserFactory


@pytest.fixture
def singers(house: Center) -> Actor:
    return ActorFactory.create(name="Koret", house=house)


@pytest.fixture
def singer(singers: Actor) -> User:
    return UserFactory.create(contact_of=singers, name="Signe Sopran", email="sopran@huset.example")


@pytest.fixture
def players(house: Center) -> Actor:
    return ActorFactory.create(name="Skakklubben", house=house)


@pytest.fixture
def player(players: Actor) -> User:
    return UserFactory.create(contact_of=players, name="Sofus Skak", email="skak@huset.example")


@pytest.fixture
def singing(house: Center, association: Actor, singers: Actor, contact: User) -> Collaboration:
    """The dancers and the choir, written in by the dancers' contact."""
    return entered(house, contact, association, singers)
