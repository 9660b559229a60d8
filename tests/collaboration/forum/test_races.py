"""Races with real connections: the same matter waits once, and a house has one forum."""

from functools import partial

import pytest

from actors.access import Access
from actors.enums import Role
from actors.models import User
from centers.models import Center
from collaboration.forum import actions, errors
from collaboration.forum.models import Forum, ProposedItem
from medborger.common.errors import AlreadyDone
from tests.collaboration.forum.factories import frame, proposal
from tests.factories import CenterFactory, person_with
from tests.races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("race")]


@pytest.fixture
def center() -> Center:
    return CenterFactory.create(slug="huset")


@pytest.fixture
def coordinator(center: Center) -> User:
    return person_with(Role.COORDINATOR, center)


def test_of_many_who_found_a_forum_at_once_one_does(center: Center, coordinator: User) -> None:
    results = at_once(*[partial(actions.found, center=center, frame=frame(), by=Access.of(coordinator))] * 4)
    assert sum(isinstance(result, Forum) for result in results) == 1
    assert sum(isinstance(result, errors.ForumAlready) for result in results) == 3


def test_of_many_who_propose_the_same_page_at_once_all_get_the_one_that_stands(
    center: Center, coordinator: User
) -> None:
    actions.found(center=center, frame=frame(), by=Access.of(coordinator))
    results = at_once(*[partial(proposal, center, coordinator, about="/huset/kalender/")] * 4)
    item = ProposedItem.objects.get()
    assert [result.outcome for result in results if isinstance(result, AlreadyDone)] == [item] * 3
