"""Who gets at the embedded data: the neighbours on the machine do not (docs/security.md, "The embedded mode")."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest
import redis
from psycopg.conninfo import make_conninfo
from redis.backoff import NoBackoff
from redis.retry import Retry

from medborger.embedded.home import Account, Home
from medborger.embedded.postgres import APPLICATION, OWNER, Postgres
from medborger.embedded.process import recorded
from medborger.embedded.valkey import Valkey
from tests.services import services_home

CONNECT = "import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
PYTHON = Path(sys.base_exec_prefix) / "bin" / "python3"


@pytest.fixture
def home() -> Home:
    """The home that this session's own services run in."""
    return services_home()


@pytest.fixture
def stranger() -> Account:
    if os.geteuid():
        pytest.skip("only root can become somebody else; the modes of the folders are tested for everybody")
    return Account(1, 1, "daemon")


@pytest.mark.parametrize("name", [".s.PGSQL.5432", "valkey.sock"])
def test_another_user_does_not_reach_the_sockets(home: Home, stranger: Account, name: str) -> None:
    socket = str(home.sockets / name)
    assert home.services.can(PYTHON, "-c", CONNECT, socket)
    assert not stranger.can(PYTHON, "-c", CONNECT, socket)


def test_another_user_reads_nothing_in_the_home(home: Home, stranger: Account) -> None:
    listing = subprocess.run(
        ["/usr/bin/find", home.path], capture_output=True, text=True, check=False, cwd="/", **stranger.drop
    )
    assert listing.stdout in ("", f"{home.path}\n")


def test_no_folder_of_the_home_lets_others_in(home: Home) -> None:
    closed = [home.path, home.sockets, *home.path.iterdir()]
    assert [folder for folder in closed if folder.stat().st_mode & 0o007] == []
    assert [file for file in home.secrets.iterdir() if file.stat().st_mode & 0o077] == []


def test_neither_postgresql_nor_valkey_runs_as_root(home: Home) -> None:
    servers = [process for name in ("postgres", "valkey") if (process := recorded(home.run / f"{name}.pid"))]
    family = [process for server in servers for process in (server, *server.children(recursive=True))]
    assert len(family) > 2
    assert {uid for process in family for uid in process.uids()} == {home.services.uid}
    assert 0 not in {home.services.uid}
    assert all(not psutil.Process(process.pid).net_connections(kind="inet") for process in servers)


@pytest.mark.parametrize("role", ["postgres", OWNER, APPLICATION])
@pytest.mark.parametrize("password", ["", "guessed"])
def test_postgresql_lets_nobody_in_without_the_password(home: Home, role: str, password: str) -> None:
    url = make_conninfo(Postgres(home).url(OWNER), user=role, password=password, passfile="/dev/null")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(url)


def test_valkey_lets_nobody_in_without_the_password(home: Home) -> None:
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(unix_socket_path=str(Valkey(home).socket), retry=Retry(NoBackoff(), 0)).ping()


def test_passwords_stand_on_no_command_line(home: Home) -> None:
    secrets = {file.read_text() for file in home.secrets.iterdir()}
    arguments = {part for process in psutil.process_iter(["cmdline"]) for part in process.info["cmdline"] or []}
    assert not {secret for secret in secrets for argument in arguments if secret in argument}
