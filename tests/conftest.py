"""What every test stands on. PostgreSQL and Valkey are those of `tests.services`, the time is `tests.moment.NOW`."""

import gc
from collections import defaultdict
from collections.abc import Generator, Iterator
from typing import Any

import hypothesis
import psycopg
import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import override_settings

from medborger.embedded.postgres import APPLICATION
from tests.databases import create, inside
from tests.moment import at_now
from tests.services import WORKER, database_url

pytest_plugins = ["tests.fixtures"]

A_MINUTE = 60  # seconds: a run of less needs no account of itself
QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


# The same examples in every run, and none of them is timed: a busy machine fails nobody.
hypothesis.settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("suite")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Each test with all that it needs begins at NOW, however long the run has lasted, or at the instant that its `moment` names."""
    own = item.get_closest_marker("moment")
    with time_machine.travel(own.args[0]) if own else at_now():
        return (yield)


def pytest_collection_finish() -> None:
    """All that is imported by now stays: the garbage collector, which took a fifth of the time, need not walk through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def folder_of(nodeid: str) -> str:
    """`tests/actors/council`: what the summary counts together."""
    return "/".join(nodeid.partition("::")[0].split("/")[:-1][:3])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes a worker longest comes first, so that no worker is left alone with it in the end. One builds the demo meanwhile."""
    order = ("tests/demo/test_demo", "tests/platform/test_run", "tests/browser", "tests/demo", "tests/guards")
    places = {name: place for place, name in enumerate(order)}

    def place(item: pytest.Item) -> int:
        return next((places[name] for name in order if item.nodeid.startswith(name)), len(order))

    items.sort(key=place)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Where the time went, in seconds of a worker; `--durations` names the tests."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[folder_of(report.nodeid)] += report.duration
    if sum(seconds.values()) < A_MINUTE:
        return
    terminalreporter.section("seconds per folder")
    for folder, spent in sorted(seconds.items(), key=lambda row: -row[1]):
        terminalreporter.write_line(f"{spent:7.1f}  {folder}")


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


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> Iterator[None]:
    """A copy of the migrated database for each worker, instead of pytest-django's, which migrates for each."""
    name = f"test_{WORKER}"
    create(name)
    with inside(name):
        yield


@pytest.fixture
def as_application(transactional_db: None) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the role that the site has in production, with the rights that `migrate` grants it."""
    url = database_url(APPLICATION, connection.settings_dict["NAME"])
    with psycopg.connect(url) as application:
        yield application
