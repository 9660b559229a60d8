"""The demo takes seconds to build: once for each module that looks at it, in a transaction that is rolled back at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from medborger.demo.build import build

TODAY = date(2026, 11, 24)


def quiet(_line: str) -> None:
    """Where the demo's progress goes."""


@contextmanager
def rolled_back() -> Iterator[None]:
    """The database as it was, afterwards; the setting says demo meanwhile."""
    with override_settings(DEMO=True), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def empty_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), rolled_back():
        yield


@pytest.fixture(scope="module")
def demo(empty_database: None) -> None:
    """All four houses. Their foreign keys are checked once, not after each test anew; what plans PostgreSQL has kept for that from
    the time when the tables were empty would go through whole tables for each row."""
    build(say=quiet, today=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.check_constraints()
