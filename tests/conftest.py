"""What every test stands on. PostgreSQL and Valkey are those of `tests.services`."""

import gc
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from psycopg.conninfo import make_conninfo

from medborger.common.grants import grant_to_application
from medborger.embedded.postgres import APPLICATION, Postgres
from tests.services import services_home

pytest_plugins = ["tests.fixtures"]

QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


def pytest_collection_finish() -> None:
    """All that is imported by now stays: the garbage collector, which took a fifth of the time, need not walk through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(scope="session", autouse=True)
def quick_settings() -> Iterator[None]:
    """No slow hashes, and pages that do not need collected static files."""
    with override_settings(**QUICK):
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Counters, limits and sessions of one test are not those of the next."""
    yield
    cache.clear()


@pytest.fixture
def as_application(transactional_db: None) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the role that the site has in production, with the rights that `migrate` grants it."""
    with override_settings(DATABASE_APP_ROLE=APPLICATION):
        grant_to_application(using="default")
    url = Postgres(services_home()).url(APPLICATION)
    with psycopg.connect(make_conninfo(url, dbname=connection.settings_dict["NAME"])) as application:
        yield application
