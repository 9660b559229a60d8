"""The site as people meet it: the demo's houses in a database of its own, served by gunicorn in a process of its own.

The clock starts at NOW, so that “today” has the same bookings in every run.
"""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from medborger.embedded.home import CHECKOUT, Home
from medborger.embedded.postgres import APPLICATION, DATABASE, OWNER, Postgres
from medborger.embedded.process import Child, Program
from medborger.embedded.valkey import Valkey
from tests.services import services_home

NOW = "2026-11-24T16:45:00+01:00"  # a Tuesday afternoon in week 48
CELERY = ("-m", "celery", "-A", "medborger.celery", "worker", "-P", "threads", "-c", "1", "--without-gossip")
MEANWHILE = ("actors.council.tasks.close_due",)
GUNICORN = ("-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "--workers", "1", "medborger.wsgi")


@dataclass
class Site:
    """Where it is served, and by what: processes that can be stopped and started at another time."""

    url: str
    home: Home
    name: str
    environment: dict[str, str]
    running: list[Child] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.running[0].log

    def start(self, now: str) -> None:
        """Serve, with the clock at `now`."""
        environment = self.environment | {"MEDBORGER_CLOCK": now}
        self.running = [
            Child(
                Program(
                    f"{self.name}-{role}", [sys.executable, *command], self.home.site, environment, folder=CHECKOUT
                ),
                self.home,
            )
            for role, command in (("web", GUNICORN), ("worker", CELERY))
        ]
        web = self.running[0]
        assert web.wait_for(lambda: _answers(int(self.environment["PORT"])), seconds=60), web.said()

    def stop(self) -> None:
        for child in reversed(self.running):
            child.stop()

    def travel(self, now: str) -> None:
        """The same site at another time; who is logged in stays so. What the beat would have done meanwhile is done first."""
        self.stop()
        self.start(now)
        for task in MEANWHILE:
            self.do(task)

    def do(self, task: str) -> None:
        """What the beat would ask for now."""
        _celery(self.home, self.environment, "call", task)


@contextmanager
def open_site(name: str, valkey_database: int, *, now: str = NOW) -> Iterator[Site]:
    """A site with a fresh demo in the tests' own cluster; it and its database are gone afterwards."""
    home = services_home()
    port = _free_port()
    url = f"http://localhost:{port}"
    environment = _environment(home, name, valkey_database) | {"PORT": str(port), "PUBLIC_URL": url}
    _renew_database(home, name)
    for command in (["migrate", "--no-input"], ["collectstatic", "--no-input"], ["demo", "--if-empty"]):
        _run(home, environment | {"MEDBORGER_CLOCK": now}, "manage.py", *command)
    site = Site(url, home, name, environment)
    try:
        site.start(now)
        yield site
    finally:
        site.stop()


def _environment(home: Home, name: str, valkey_database: int) -> dict[str, str]:
    postgres, valkey = Postgres(home), Valkey(home)
    return {
        **os.environ,
        "DATABASE_URL": postgres.url(APPLICATION).replace(f"/{DATABASE}?", f"/{name}?"),
        "MIGRATE_DATABASE_URL": postgres.url(OWNER).replace(f"/{DATABASE}?", f"/{name}?"),
        "REDIS_URL": valkey.url(valkey_database),
        "BROKER_URL": valkey.broker_url(valkey_database),
        "HOST": "127.0.0.1",
        "MEDBORGER_DEMO": "1",
        "LOG_LEVEL": "INFO",
        "STATIC_ROOT": str(home.static / name),
    }


def _renew_database(home: Home, name: str) -> None:
    with psycopg.connect(Postgres(home).url(OWNER), autocommit=True) as connection:
        database = sql.Identifier(name)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(database))


def _celery(home: Home, environment: dict[str, str], *command: str) -> None:
    _run(home, environment, "-m", "celery", "-A", "medborger.celery", *command)


def _run(home: Home, environment: dict[str, str], *command: str) -> None:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=CHECKOUT,
        env=environment,
        umask=0o077,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **home.site.drop,
    )
    assert done.returncode == 0, done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
