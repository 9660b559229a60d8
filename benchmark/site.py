"""An installation to measure: PostgreSQL that syncs to disk, Valkey, gunicorn as in production, and a big demo."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from redis import Redis

from medborger.embedded.catalogues import compile_catalogues
from medborger.embedded.home import CHECKOUT, Home
from medborger.embedded.process import Child, Program
from medborger.embedded.services import Services, owned

START = 60  # seconds until the site answers
WEB = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "medborger.wsgi"]
WORKER = [
    sys.executable,
    "-m",
    "celery",
    "-A",
    "medborger.celery",
    "worker",
    "-P",
    "threads",
    "-c",
    "4",
    "--without-gossip",
]


@dataclass(frozen=True)
class Size:
    houses: int
    bookings: int


@dataclass
class Site:
    """The running installation. `children` are stopped with it."""

    home: Home
    environment: Mapping[str, str]
    children: list[Child]
    port: int
    built_in: float = 0

    def start(self, name: str, command: list[str]) -> Child:
        child = Child(Program(name, command, self.home.site, self.environment, folder=CHECKOUT), self.home)
        self.children.append(child)
        return child

    def start_web(self) -> Child:
        web = self.start("web", WEB)
        if not web.wait_for(self.answers, seconds=START):
            raise SystemExit(web.said())
        return web

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=CHECKOUT, env=dict(self.environment), check=True, **self.home.site.drop)

    def forget_limits(self) -> None:
        """Posts and searches are limited per person and minute; here one person does the work of many."""
        with Redis.from_url(self.environment["REDIS_URL"]) as valkey:
            for key in valkey.scan_iter(match="*rl:*", count=1000):
                valkey.delete(key)

    def settle(self) -> None:
        """What autovacuum would have done by itself some minutes after the bulk load, so that it does not do it meanwhile."""
        with psycopg.connect(self.environment["MIGRATE_DATABASE_URL"], autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE)")


@contextmanager
def running() -> Iterator[Site]:
    """An empty, migrated installation in a folder of its own, gone afterwards; this process's Django works on it too."""
    folder = Path(tempfile.mkdtemp(prefix="medborger-bench-"))
    try:
        home = Home.open(str(folder))
        services = Services(home, {})
        with owned(services, "the benchmark") as children:
            port = _free_port()
            settings = {"HOST": "127.0.0.1", "PORT": str(port), "ALLOWED_HOSTS": "localhost", "LOG_LEVEL": "INFO"}
            environment = {
                **os.environ,
                **settings,
                **services.environment(),
                "DJANGO_SETTINGS_MODULE": "medborger.settings",
            }
            site = Site(home, environment, children, port)
            compile_catalogues()
            site.manage("collectstatic", "--no-input", "--verbosity", "0")
            site.manage("migrate", "--no-input", "--verbosity", "0")
            os.environ.update(environment)
            yield site
    finally:
        shutil.rmtree(folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
