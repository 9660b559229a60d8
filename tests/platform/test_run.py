"""`./run` as a person meets it: it starts, it survives, it stops, and it says plainly why it does not."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from medborger.embedded.home import Home
from medborger.embedded.postgres import APPLICATION, Postgres
from medborger.embedded.process import recorded, wait_until

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("postgres", "valkey", "web", "worker", "beat")
PATIENCE = 180  # seconds; far more than it takes, for a busy machine
BARE = {"PATH": os.environ["PATH"], "MEDBORGER_DEMO": "0"}

pytestmark = pytest.mark.xdist_group("run")


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start() -> Iterator[Start]:
    """`./run` with the packages that the tests themselves run on; ended with the test, whatever came of it."""
    started: list[subprocess.Popen[str]] = []

    def start(**variables: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "medborger.embedded"]
        process = subprocess.Popen(
            command, cwd=ROOT, env=BARE | variables, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.communicate()


def refusal(process: subprocess.Popen[str]) -> str:
    """What a `./run` said that did not start."""
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1, output
    return output


def is_ready(port: str) -> bool:
    connection = http.client.HTTPConnection("localhost", int(port), timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def running(folder: Path) -> list[psutil.Process]:
    """What `./run` started in this home and what that started in turn."""
    parents = [process for name in PROGRAMS if (process := recorded(folder / "run" / f"{name}.pid"))]
    return [process for parent in parents for process in (parent, *parent.children(recursive=True))]


def all_gone(processes: list[psutil.Process]) -> bool:
    return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)


@pytest.fixture
def port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """One home for all: what a command by itself has migrated, `./run` finds."""
    folder = Path(tempfile.mkdtemp(prefix="medborger-run-"))
    yield folder
    for process in running(folder):
        process.kill()
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("variables", "beginning"),
    [
        ({"HOST": "0.0.0.0"}, "HOST=0.0.0.0 would open this demo"),
        ({"HOST": "huset.example"}, "HOST=huset.example would open this demo"),
        ({"PORT": "eighty"}, "PORT=eighty is not a port"),
        ({"PORT": "70000"}, "PORT=70000 is not a port"),
    ],
)
def test_it_refuses_in_one_sentence(start: Start, variables: dict[str, str], beginning: str) -> None:
    said = refusal(start(**variables))
    assert said.startswith(beginning)
    assert said.count("\n") == 1


def test_it_says_so_when_the_port_is_taken(start: Start, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refusal(start(MEDBORGER_HOME=str(folder), PORT=str(port)))
    assert said.startswith(f"127.0.0.1:{port} cannot be used (Address already in use)")
    assert running(folder) == []


def test_a_command_by_itself_starts_the_database_and_leaves_nothing_behind(folder: Path) -> None:
    def manage(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=BARE | {"MEDBORGER_HOME": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    ask = "from django.db import connection as c; k = c.cursor(); k.execute({!r}); print(*k.fetchone())"
    question = "SELECT current_user, tableowner FROM pg_tables WHERE tablename = 'django_session'"
    manage("migrate", "--no-input")
    assert manage("shell", "-v0", "-c", ask.format(question)) == "medborger medborger_owner\n"
    assert running(folder) == []


def test_it_survives_any_kill_and_leaves_nothing_behind(start: Start, folder: Path, port: str) -> None:
    variables = {"MEDBORGER_HOME": str(folder), "PORT": port}

    first = start(**variables)
    assert wait_until(lambda: is_ready(port), seconds=PATIENCE)
    assert {process.uids().real for process in running(folder)} == {Home.open(str(folder)).services.uid}
    database = Postgres(Home.open(str(folder))).url(APPLICATION)
    with psycopg.connect(database) as connection:
        connection.execute("INSERT INTO django_session VALUES ('kept', 'data', '2099-01-01')")

    assert "already works with" in refusal(start(**variables)), "a second ./run on the same home"

    fallen = running(folder)
    for name in PROGRAMS:
        process = recorded(folder / "run" / f"{name}.pid")
        assert process
        process.kill()
    assert wait_until(
        lambda: all_gone(fallen) and len(running(folder)) > len(PROGRAMS) and is_ready(port), seconds=PATIENCE
    )

    orphans = running(folder)
    first.kill()
    first.communicate()
    assert wait_until(lambda: all_gone(orphans), seconds=PATIENCE), "killed with ./run itself"

    second = start(**variables)
    assert wait_until(lambda: is_ready(port), seconds=PATIENCE)
    with psycopg.connect(database) as connection:
        kept = connection.execute("SELECT session_data FROM django_session WHERE session_key = 'kept'").fetchone()
    assert kept == ("data",)

    everything = running(folder)
    second.send_signal(signal.SIGTERM)
    output, _ = second.communicate(timeout=PATIENCE)
    assert (second.returncode, output.splitlines()[-1]) == (0, "Stopped. Nothing is left running.")
    assert all_gone(everything)
