"""PostgreSQL and Valkey for whoever needs them: `./run` owns them, a `manage.py` command borrows or starts them.

Two locks in the home order this. Whoever runs the services holds `services.lock`. Commands that use services of another
hold `guests.lock` together, and an owner among the commands waits for it before it stops the services.
"""

import fcntl
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from medborger.embedded.console import Stop, say
from medborger.embedded.home import Home
from medborger.embedded.postgres import APPLICATION, OWNER, Postgres
from medborger.embedded.process import Child, stop_leftovers, wait_until
from medborger.embedded.valkey import Valkey

PATIENCE = 90  # seconds that a guest waits for the owner's services to answer


@dataclass
class Services:
    """What the environment does not already give: a DATABASE_URL or REDIS_URL of the user's own is left alone."""

    home: Home
    given: Mapping[str, str]
    for_tests: bool = False

    def __post_init__(self) -> None:
        self.postgres = None if self.given.get("DATABASE_URL") else Postgres(self.home, self.for_tests)
        self.valkey = None if self.given.get("REDIS_URL") else Valkey(self.home, self.for_tests)

    def start(self) -> list[Child]:
        children: list[Child] = []
        try:
            children.extend(service.start() for service in (self.postgres, self.valkey) if service)
        except BaseException:
            stop(children)
            raise
        return children

    def answer(self) -> bool:
        return all(service.answers() for service in (self.postgres, self.valkey) if service)

    def environment(self) -> dict[str, str]:
        """The variables of the site (`medborger/env.py`), the user's own first."""
        ours = {"MEDBORGER_EMBEDDED": "1", "STATIC_ROOT": str(self.home.static), "MEDIA_ROOT": str(self.home.media)}
        if self.postgres:
            ours |= {"DATABASE_URL": self.postgres.url(APPLICATION), "MIGRATE_DATABASE_URL": self.postgres.url(OWNER)}
            ours |= {"MEDBORGER_DEMO": "1"}
        if self.valkey:
            ours |= {"REDIS_URL": self.valkey.url()}
        if not self.given.get("SECRET_KEY"):
            ours |= {"SECRET_KEY_FILE": str(self.home.secrets / "secret_key")}
        return {**ours, **{name: value for name, value in self.given.items() if value}}


def stop(children: list[Child]) -> None:
    for child in reversed(children):
        child.stop()


@contextmanager
def owned(services: Services, who: str) -> Iterator[list[Child]]:
    """The services, started by us and stopped at the end. Raises Stop when somebody else runs them."""
    with _open_lock(services.home.run / "services.lock") as lock:
        if not _acquire(lock, fcntl.LOCK_EX | fcntl.LOCK_NB):
            raise Stop(f"{lock.read() or 'Another process'} already works with {services.home.path}: stop it first.")
        with _running(services, lock, who) as children:
            yield children


@contextmanager
def borrowed(services: Services, who: str) -> Iterator[None]:
    """The services for one command: those that run already, else our own for as long as it takes."""
    if not services.postgres and not services.valkey:
        yield
        return
    folder = services.home.run
    with _open_lock(folder / "services.lock") as lock, _open_lock(folder / "guests.lock") as guests:
        _acquire(guests, fcntl.LOCK_SH)
        ours = False

        def ours_or_answering() -> bool:
            nonlocal ours
            ours = _acquire(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return ours or services.answer()

        if not wait_until(ours_or_answering, seconds=PATIENCE):
            raise Stop(f"The database of {services.home.path} does not answer: see {services.home.logs}.")
        if not ours:
            yield
            return
        _acquire(guests, fcntl.LOCK_UN)
        with _running(services, lock, who):
            try:
                yield
            finally:
                _wait_for_guests(guests)


@contextmanager
def _running(services: Services, lock: IO[str], who: str) -> Iterator[list[Child]]:
    lock.truncate(0)
    lock.write(f"{who} (process {os.getpid()})")
    lock.flush()
    stop_leftovers(services.home)
    children = services.start()
    try:
        yield children
    finally:
        with _uninterrupted():
            stop(children)


def _wait_for_guests(guests: IO[str]) -> None:
    if not _acquire(guests, fcntl.LOCK_EX | fcntl.LOCK_NB):
        say("Another command still uses the database: waiting for it to end …")
        _acquire(guests, fcntl.LOCK_EX)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """A second Ctrl-C does not leave a service behind."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _open_lock(path: Path) -> IO[str]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+")


def _acquire(lock: IO[str], how: int) -> bool:
    try:
        fcntl.flock(lock, how)
    except BlockingIOError:
        return False
    return True
