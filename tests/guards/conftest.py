"""The world of the guards' tests: made once for all modules, in a database of its own, and rolled back after each."""

from collections.abc import Iterator
from zlib import crc32

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.databases import create, inside
from tests.guards.meetings import register_body
from tests.guards.world import Answers, Browsers, Case, World, build
from tests.moment import at_now
from tests.services import WORKER

PARTS = 8
WORLD = f"world_{WORKER}"


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of a route on one worker, which asks for its answers once."""
    for item in items:
        case = getattr(item, "callspec", None) and item.callspec.params.get("case")  # type: ignore[attr-defined]
        if isinstance(case, Case):
            item.add_marker(pytest.mark.matrix)
            item.add_marker(pytest.mark.xdist_group(f"routes {crc32(case.route.encode()) % PARTS}"))


@pytest.fixture(scope="session")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> World:
    create(WORLD)
    with django_db_blocker.unblock(), inside(WORLD), at_now(stands=True), transaction.atomic():
        return build()


@pytest.fixture(scope="session")
def answers() -> Answers:
    return {}


@pytest.fixture(scope="module")
def world(made: World, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The tests see the world instead of an empty database, and leave it as it was."""
    register_body(made.next_door)
    with django_db_blocker.unblock(), inside(WORLD), transaction.atomic():
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browsers(world: World, answers: Answers) -> Browsers:
    return Browsers(world, answers)
