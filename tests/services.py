"""A pytest plugin (`-p tests.services`): PostgreSQL and Valkey of the tests' own, up before Django reads its settings.

Started once, in a temporary home, shared by the xdist workers: each has a database and a Valkey database of its own. The
site's role owns the tables here, for pytest-django must create databases; what the application's role may do has tests
of its own.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from medborger.embedded.catalogues import compile_catalogues
from medborger.embedded.home import Home
from medborger.embedded.postgres import OWNER, Postgres
from medborger.embedded.services import Services, owned
from medborger.embedded.valkey import Valkey

HOME = "MEDBORGER_HOME"
STARTED = "MEDBORGER_TESTS_STARTED"
_stack = ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Runs before pytest-django's, which loads the settings."""
    if STARTED not in os.environ:
        _start()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker:
        os.environ["REDIS_URL"] = Valkey(services_home()).url(int(worker.removeprefix("gw")) + 1)
    try:
        return (yield)
    except BaseException:
        _stack.close()
        raise


def pytest_unconfigure() -> None:
    _stack.close()


def services_home() -> Home:
    """The home of the tests' services."""
    return Home.open(os.environ[HOME])


def _start() -> None:
    compile_catalogues()
    folder = Path(tempfile.mkdtemp(prefix="medborger-test-"))
    _stack.callback(shutil.rmtree, folder)
    home = Home.open(str(folder))
    _stack.enter_context(owned(Services(home, {}, for_tests=True), "pytest"))
    os.environ |= {
        STARTED: "1",
        HOME: str(folder),
        "DATABASE_URL": Postgres(home).url(OWNER),
        "MIGRATE_DATABASE_URL": "",
        "DATABASE_POOL_SIZE": "0",  # each thread of a race has a connection of its own
        "REDIS_URL": Valkey(home).url(),
        "BROKER_URL": "",
        "SECRET_KEY": "for-tests-only-" + "x" * 50,
        "STATIC_ROOT": str(home.static),
        "MEDIA_ROOT": str(home.media),
        "MEDBORGER_DEMO": "0",
        "MEDBORGER_EMBEDDED": "0",
        "HTTPS": "0",
        "PROXY_COUNT": "0",
        "LOG_LEVEL": "WARNING",
    }
