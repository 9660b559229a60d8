"""The demo takes seconds to build: once for the modules that look at it, which therefore run on the same worker."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from medborger.demo.build import build
from tests.databases import copy, inside

TODAY = date(2026, 11, 24)
DEMO = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.xdist_group("demo")]


def quiet(_line: str) -> None:
    """Where the demo's progress goes."""


@contextmanager
def rolled_back() -> Iterator[None]:
    """The database as it was, afterwards; the setting says demo meanwhile."""
    with override_settings(DEMO=True), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All four houses, in a database of their own. Their foreign keys are checked once; what plans PostgreSQL has kept for that from
    the time when the tables were empty would go through whole tables for each row."""
    with django_db_blocker.unblock(), copy("demo"):
        with inside("demo"), override_settings(DEMO=True), transaction.atomic():
            build(say=quiet, today=TODAY)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            connection.check_constraints()
        yield


@pytest.fixture(scope="module")
def demo(built: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The tests see the demo instead of an empty database, and leave it as it was."""
    with django_db_blocker.unblock(), inside("demo"), rolled_back():
        yield
