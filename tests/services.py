"""A pytest plugin (`-p tests.services`): PostgreSQL and Valkey of the tests' own, up before Django reads its settings.

Started once, in a temporary home, shared by the xdist workers: each has a database and a Valkey database of its own. The
site's role owns the tables here, for the tests make databases; what the application's role may do has tests of its own.

The cluster with its migrated TEMPLATE is made once and kept for later runs, until a migration or a package changes. So is
what Python compiles, whatever the shell says: workers and sites import the same modules, and each would compile them again.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterable
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from stat import S_ISDIR

import psycopg
import pytest

from medborger.embedded.catalogues import compile_catalogues
from medborger.embedded.home import CHECKOUT, Home
from medborger.embedded.install import CODE, digest
from medborger.embedded.postgres import APPLICATION, DATABASE, OWNER, Postgres
from medborger.embedded.services import Services, owned
from medborger.embedded.valkey import Valkey
from tests.moment import at_now

HOME = "MEDBORGER_HOME"
STARTED = "MEDBORGER_TESTS_STARTED"
TEMPLATE = "migrated"
WORKER = os.environ.get("PYTEST_XDIST_WORKER") or "gw0"
NUMBER = int(WORKER.removeprefix("gw"))
KEPT = ("postgres", "secrets", "programs")  # folders of a home
AN_HOUR, A_DAY = 3600, 86_400  # seconds
MOST_KEPT = 3  # clusters: one for each of the branches that one works on
_stack = ExitStack()
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Runs before pytest-django's, which loads the settings."""
    if STARTED not in os.environ:
        _start()
    if "PYTEST_XDIST_WORKER" in os.environ:
        os.environ["REDIS_URL"] = Valkey(services_home()).url(NUMBER + 1)
    _stack.enter_context(at_now())  # modules that are imported know it, too
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


def database_url(role: str, name: str = DATABASE) -> str:
    """Where one of the run's databases is, for a role."""
    return Postgres(services_home()).url(role).replace(f"/{DATABASE}?", f"/{name}?")


def _start() -> None:
    """Serve from the kept cluster; where there is none, or it is damaged, from a new one that is kept."""
    compile_catalogues()
    _sweep(Path(tempfile.gettempdir()), ("medborger-test-*", "medborger-clock-*"), older=A_DAY)
    kept = _kept_cluster()
    if _is_ours(kept):
        try:
            _serve(kept, is_there=True)
            return
        except Exception as error:
            print(f"{kept} is made anew, for it does not start: {error}", file=sys.stderr)  # noqa: T201
            shutil.rmtree(kept, ignore_errors=True)
    _serve(kept, is_there=False)


def _serve(kept: Path, *, is_there: bool) -> None:
    """Start the services of a new home, with the variables that lead to them, until `_stack` is closed."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="medborger-test-"))
        stack.callback(shutil.rmtree, folder)
        if is_there:
            _copy(kept, folder)
        home = Home.open(str(folder))
        os.environ |= _variables(home)
        services = partial(Services, home, {}, for_tests=True)
        if not is_there:
            with owned(services(), "pytest"):
                _migrate()
            _keep(folder, kept)
        stack.enter_context(owned(services(), "pytest"))
        with psycopg.connect(database_url(OWNER, TEMPLATE)) as template:
            template.execute("SELECT FROM django_migrations")
        if is_there:
            with suppress(OSError):  # a cache that can only be read
                os.utime(kept)
        _stack.push(stack.pop_all())


def _variables(home: Home) -> dict[str, str]:
    # WhiteNoise looks through it for each test client; the sites of the browser tests have theirs.
    without_files = home.path / "no-static"
    without_files.mkdir(mode=0o700)
    return {
        STARTED: "1",
        HOME: str(home.path),
        "DATABASE_URL": Postgres(home).url(OWNER),
        "MIGRATE_DATABASE_URL": "",
        "DATABASE_POOL_SIZE": "0",  # each thread of a race has a connection of its own
        "REDIS_URL": Valkey(home).url(),
        "BROKER_URL": "",
        "SECRET_KEY": "for-tests-only-" + "x" * 50,
        "STATIC_ROOT": str(without_files),
        "MEDIA_ROOT": str(home.media),
        "MEDBORGER_DEMO": "0",
        "MEDBORGER_EMBEDDED": "0",
        "HTTPS": "0",
        "PROXY_COUNT": "0",
        "LOG_LEVEL": "WARNING",
    }


def _migrate() -> None:
    """As production does it: the owner migrates, and the application's role is granted its rights."""
    with psycopg.connect(database_url(OWNER), autocommit=True) as cluster:
        cluster.execute(f"CREATE DATABASE {TEMPLATE}")
    urls = {
        "DATABASE_URL": database_url(APPLICATION, TEMPLATE),
        "MIGRATE_DATABASE_URL": database_url(OWNER, TEMPLATE),
    }
    command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"]
    subprocess.run(command, cwd=CHECKOUT, env=os.environ | urls, check=True)


def _kept_cluster() -> Path:
    """Where the cluster of these migrations is kept, in a folder that is the user's alone."""
    folders = [CHECKOUT / name for name in CODE]
    # What is granted to the application's role depends on the models, on how that is wired and on the role's name.
    tables = ("migrations/*.py", "models.py", "models/*.py", "grants.py", "apps.py", "settings.py", "embedded/*.py")
    files = {file for folder in folders for pattern in tables for file in folder.rglob(pattern)}
    key = digest(sorted([*files, Path(__file__), CHECKOUT / "requirements-dev.lock"]), sys.version)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "medborger" / f"test-cluster-{key}"


def _is_ours(kept: Path) -> bool:
    """Whether we made it, and nobody else can write in it: its programs are run."""
    try:
        stats = [folder.lstat() for folder in (kept, kept.parent)]
    except OSError:
        return False
    return all(S_ISDIR(stat.st_mode) and stat.st_uid == os.geteuid() and not stat.st_mode & 0o022 for stat in stats)


def _keep(folder: Path, kept: Path) -> None:
    """Copy the cluster to where later runs look for it. A full disk or a closed folder costs them the migrations, and no run."""
    try:
        kept.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        _prune(kept.parent)
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=kept.parent))
        try:
            _copy(folder, unfinished)
            unfinished.rename(kept)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"The migrated cluster is not kept in {kept.parent}: {error}", file=sys.stderr)  # noqa: T201


def _prune(cache: Path) -> None:
    """Make room for one more. A cluster is renamed before it goes, so that no half of it is ever found."""
    clusters = sorted(cache.glob("test-cluster-*"), key=lambda cluster: cluster.stat().st_mtime)
    for old in clusters[: 1 - MOST_KEPT]:
        gone = old.rename(old.with_name(f"unfinished-{old.name}"))
        shutil.rmtree(gone, ignore_errors=True)
    _sweep(cache, ("unfinished-*",), older=AN_HOUR)


def _sweep(folder: Path, patterns: Iterable[str], *, older: int) -> None:
    """Remove what runs that were killed have left there, when it is older than so many seconds."""
    for left in (found for pattern in patterns for found in folder.glob(pattern)):
        with suppress(OSError):
            stat = left.lstat()
            if stat.st_uid == os.geteuid() and stat.st_mtime < time.time() - older:
                shutil.rmtree(left)


def _copy(source: Path, target: Path) -> None:
    """Owners and modes stay; where the file system can, the copy takes no room."""
    folders = [source / name for name in KEPT if (source / name).exists()]
    subprocess.run(["/usr/bin/cp", "--archive", "--reflink=auto", *folders, target], check=True)
