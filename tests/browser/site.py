"""The site as people meet it: the demo's houses in a database of its own, served by gunicorn in a process of its own.

Its clock starts at `tests.moment.NOW`, as of which the demo is built, once for all sites of a run.
"""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import redis

from medborger.common import clock
from medborger.embedded.home import CHECKOUT, Home
from medborger.embedded.postgres import APPLICATION
from medborger.embedded.process import Child, Program
from medborger.embedded.valkey import Valkey
from tests.databases import create, made_once
from tests.moment import NOW
from tests.services import database_url, services_home

MOVED_BY = "MEDBORGER_TEST_MOVED_BY"  # the file in which `tests.browser.moving` reads how far the clock was moved
DEMO = "demo"  # the database that all sites begin as
SEND = "import sys; from medborger.celery import app; [app.send_task(name) for name in sys.argv[1:]]"
CELERY = ("-m", "celery", "-A", "tests.browser.moving", "worker", "-P", "threads", "-c", "1", "--without-gossip")
MEANWHILE = ("actors.council.tasks.close_due",)
GUNICORN = ("-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "--workers", "1", "tests.browser.moving")


@dataclass
class Site:
    """Where it is served, and by what: processes that can be stopped and started at another time."""

    url: str
    home: Home
    name: str
    environment: dict[str, str]
    running: list[Child] = field(default_factory=list)
    _began_at: float = 0
    _moved: timedelta = timedelta()

    @property
    def now(self) -> datetime:
        """What its clock says."""
        return NOW + self._moved + timedelta(seconds=clock.monotonic() - self._began_at)

    @property
    def log(self) -> Path:
        return self.running[0].log

    def start(self) -> None:
        """Serve, with the clock at NOW."""
        environment = self.environment | {"MEDBORGER_CLOCK": NOW.isoformat()}
        # What an earlier site of the name has left, its broker's too.
        redis.Redis.from_url(environment["REDIS_URL"]).flushdb()
        self._began_at = clock.monotonic()
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

    def travel(self, now: datetime, *tasks: str) -> None:
        """The same site at another time. What the beat would have done meanwhile is done first, and then the tasks that it would ask for
        now."""
        self._moved += now - self.now
        moved_by = Path(self.environment[MOVED_BY])
        written = moved_by.with_suffix(".new")
        written.write_text(str(self._moved.total_seconds()))
        written.chmod(0o644)
        written.rename(moved_by)  # nobody reads half of it
        _run(self.home, self.environment, "-c", SEND, *MEANWHILE, *tasks)


@contextmanager
def open_site(name: str, valkey_database: int) -> Iterator[Site]:
    """A site with a fresh demo in the tests' own cluster, at NOW."""
    home = services_home()
    port = _free_port()
    url = f"http://localhost:{port}"
    environment = _environment(home, name, valkey_database) | {"PORT": str(port), "PUBLIC_URL": url}
    create(name, template=demo_database())
    with tempfile.TemporaryDirectory(prefix="medborger-clock-") as folder:
        Path(folder).chmod(0o755)  # the site reads in it, and only we write
        site = Site(url, home, name, environment | {MOVED_BY: str(Path(folder) / name)})
        try:
            site.start()
            yield site
        finally:
            site.stop()


def _environment(home: Home, name: str, valkey_database: int) -> dict[str, str]:
    valkey = Valkey(home)
    return {
        **os.environ,
        "DATABASE_URL": database_url(APPLICATION, name),
        "REDIS_URL": valkey.url(valkey_database),
        "BROKER_URL": valkey.broker_url(valkey_database),
        "HOST": "127.0.0.1",
        "MEDBORGER_DEMO": "1",
        "LOG_LEVEL": "INFO",
        "STATIC_ROOT": str(home.static),
    }


def demo_database() -> str:
    """The name of a database with the demo's houses as of NOW, made once for the whole run: a template."""
    made_once(DEMO, _make_demo)
    return DEMO


def _make_demo(name: str) -> None:
    """The houses as of NOW in the database, and the static files of all sites."""
    home = services_home()
    environment = _environment(home, name, valkey_database=0) | {"MEDBORGER_CLOCK": NOW.isoformat()}
    for command in (["collectstatic", "--no-input"], ["demo"]):
        _run(home, environment, "manage.py", *command)


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
