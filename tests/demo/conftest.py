"""The demo as of NOW, which takes seconds to build: once for the modules that look at it, which therefore run on the same worker.

`make days` looks at it as of every moment that has been trouble, `./test` at one house as of six (`test_moments`).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from medborger.demo.build import build
from tests.browser.site import demo_database
from tests.databases import create, inside
from tests.moment import NOW, read
from tests.services import WORKER

DEMO = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
# Those of `./test`: the end of a month late at night, a closed day, the first minutes of a week, a leap day, both DST nights.
MOMENTS = (
    "2026-11-30T22:16",
    "2026-12-24T18:00",
    "2027-03-28T01:30",
    "2027-07-05T00:05",
    "2027-10-31T02:30",
    "2028-02-29T12:00",
)
MORE = (
    "2026-12-31T23:40",  # in week 53
    "2027-01-03T15:00",  # a Sunday
    "2027-02-28T23:30",
    "2027-03-28T03:00",
    "2027-05-01T05:05",  # the first of a month, just after the house has looked back
    "2027-06-14T06:59",  # a Monday, just before the digests
    "2028-12-31T00:00",
)
ALL = "MEDBORGER_TEST_DAYS"


def chosen() -> list[datetime]:
    return [NOW, *(map(read, MOMENTS + MORE) if os.environ.get(ALL) else ())]


def named(moment: datetime) -> str:
    return "now" if moment == NOW else f"{moment:%Y-%m-%dT%H:%MZ}"


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        moment = getattr(item, "callspec", None) and item.callspec.params.get("moment")  # type: ignore[attr-defined]
        if moment:
            item.add_marker(pytest.mark.xdist_group(f"demo {named(moment)}"))


@pytest.fixture(scope="session", params=chosen(), ids=named)
def moment(request: pytest.FixtureRequest) -> datetime:
    """As of when the demo is built and looked at."""
    instant: datetime = request.param
    return instant


def quiet(_line: str) -> None:
    """Where the demo's progress goes."""


@contextmanager
def rolled_back() -> Iterator[None]:
    """The database as it was, afterwards; the setting says demo meanwhile."""
    with override_settings(DEMO=True), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def built(moment: datetime, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> str:
    """All four houses; gives the name of their database. As of NOW it is a copy of what the sites of the browser tests begin as."""
    name = f"demo_{WORKER}"
    if moment == NOW:
        create(name, template=demo_database())
        return name
    create(name)
    with django_db_blocker.unblock(), inside(name), override_settings(DEMO=True), transaction.atomic():
        build(say=quiet, now=moment)
    return name


@pytest.fixture(scope="module")
def opened(built: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The tests see the demo instead of an empty database, and leave it as it was."""
    with django_db_blocker.unblock(), inside(built), rolled_back():
        yield


@pytest.fixture
def demo(opened: None, moment: datetime) -> Iterator[None]:
    """It is the moment as of which the demo was built."""
    with time_machine.travel(moment, tick=False):
        yield
