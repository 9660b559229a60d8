"""A forum that meets on the first Thursday of each month at nine, held by nobody yet, with the dancers in it."""

from datetime import timedelta

import pytest

from actors.models import Actor, User
from centers.models import Center
from collaboration.forum import actions
from collaboration.forum.models import Forum
from medborger.common import clock
from tests.collaboration.forum.factories import frame
from tests.factories import ActorFactory, UserFactory
from tests.fixtures import access


@pytest.fixture
def forum(house: Center, coordinator: User, association: Actor, contact: User) -> Forum:
    said = frame(counts_from=clock.today() - timedelta(days=365))
    made = actions.found(center=house, frame=said, by=access(coordinator))
    actions.add_member(forum=made, actor=association, by=access(coordinator))
    return made


@pytest.fixture
def singers(house: Center) -> Actor:
    return ActorFactory.create(name="Koret", house=house)


@pytest.fixture
def singer(singers: Actor) -> User:
    return UserFactory.create(contact_of=singers, name="Signe Sopran", email="sopran@huset.example")
