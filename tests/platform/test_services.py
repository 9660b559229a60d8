"""The parts of the embedded mode, each by itself."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
import psutil
import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured

from medborger import env
from medborger.embedded.catalogues import compile_catalogues
from medborger.embedded.console import Stop
from medborger.embedded.home import CHECKOUT, Account, Home
from medborger.embedded.process import Child, Program, stop_leftovers, wait_until
from medborger.embedded.services import Services, borrowed, owned
from medborger.embedded.supervisor import Supervisor

SLEEP = "/usr/bin/sleep"


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder that every user can reach, as pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="medborger-part-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def home(folder: Path) -> Home:
    return Home.open(str(folder / "home"))


def program(home: Home, *command: str | Path, name: str = "trial") -> Program:
    return Program(name, command, home.services, {}, grace=2)


def test_a_command_borrows_running_services_and_starts_its_own_otherwise(home: Home) -> None:
    services = Services(home, {}, for_tests=True)
    with borrowed(services, "first"):
        owner = (home.run / "services.lock").read_text()
        with borrowed(services, "second"):
            assert (home.run / "services.lock").read_text() == owner == f"first (process {os.getpid()})"
            psycopg.connect(services.environment()["DATABASE_URL"]).close()
    assert not services.answer()


def test_services_in_use_are_not_taken_over(home: Home) -> None:
    services = Services(home, {}, for_tests=True)
    with (
        owned(services, "./run"),
        pytest.raises(Stop, match=r"^\./run \(process \d+\) already works with"),
        owned(services, "./run"),
    ):
        pass


def test_a_database_of_ones_own_is_used_and_not_started(home: Home) -> None:
    given = {"DATABASE_URL": "postgres://mine", "REDIS_URL": "redis://mine"}
    services = Services(home, given)
    with owned(services, "./run") as children:
        assert children == []
    environment = services.environment()
    assert environment["DATABASE_URL"] == "postgres://mine"
    assert "MEDBORGER_DEMO" not in environment
    assert "MIGRATE_DATABASE_URL" not in environment


def test_a_deep_home_has_its_sockets_in_a_private_folder_elsewhere(folder: Path) -> None:
    home = Home.open(str(folder / ("deep" * 30)))
    status = home.sockets.lstat()
    assert home.path not in home.sockets.parents
    assert (status.st_mode & 0o777, status.st_uid) == (0o700, home.services.uid)
    home.sockets.rmdir()


def test_a_home_of_somebody_else_is_left_alone(folder: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can make a folder somebody else's")
    theirs = folder / "home"
    theirs.mkdir()
    os.chown(theirs, 1, 1)
    with pytest.raises(Stop, match="belongs to another user"):
        Home.open(str(theirs))


def test_a_process_that_took_the_number_of_an_old_one_is_not_stopped(home: Home) -> None:
    bystander = subprocess.Popen([SLEEP, "60"])
    (home.run / "web.pid").write_text(json.dumps({"pid": bystander.pid, "started": 1.0}))
    assert stop_leftovers(home) == []
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_what_an_earlier_start_left_running_is_stopped(home: Home) -> None:
    child = Child(program(home, SLEEP, "60", name="worker"), home)
    assert stop_leftovers(home) == ["worker"]
    assert child.ended


def test_a_child_dies_with_the_process_that_started_it(home: Home) -> None:
    parent = f"""
import os, signal
from pathlib import Path
from medborger.embedded.home import Home
from medborger.embedded.process import Child, Program
home = Home.open({str(home.path)!r})
child = Child(Program("trial", [{SLEEP!r}, "60"], home.services, {{}}), home)
print(child.process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", parent], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    child = int(done.stdout)
    assert wait_until(lambda: not psutil.pid_exists(child), seconds=5)


def test_a_program_that_keeps_falling_stops_the_whole(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    falling = Child(program(home, "/bin/sh", "-c", "echo the reason; exit 3"), home)
    falling.process.wait()
    supervisor = Supervisor([falling])
    with pytest.raises(Stop, match="the reason"):
        supervisor.watch(tick=lambda seconds: bool(supervisor.children[0].process.wait()), pause=lambda seconds: None)
    assert capsys.readouterr().out.splitlines() == ["trial stopped (exit code 3); starting it again."] * 4


def test_a_stubborn_program_is_ended_with_all_that_it_started(home: Home) -> None:
    child = Child(program(home, "/bin/sh", "-c", f"trap '' TERM; {SLEEP} 60 & {SLEEP} 60; {SLEEP} 60"), home)
    family = [psutil.Process(child.process.pid)]
    child.stop()
    assert not any(process.is_running() for process in family)
    assert not (home.run / "trial.pid").exists()


def test_catalogues_are_compiled_once_and_again_when_they_change(tmp_path: Path) -> None:
    source = tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Hus", msgstr="House"))
    catalogue.append(polib.POEntry(msgid="Sal", msgstr="Guess", flags=["fuzzy"]))
    catalogue.save(str(source))
    os.utime(source, (1, 1))
    assert compile_catalogues(tmp_path) == [source]
    assert compile_catalogues(tmp_path) == []
    assert {entry.msgid: entry.msgstr for entry in polib.mofile(str(source.with_suffix(".mo")))} == {"Hus": "House"}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("DATABASE_URL", None, "DATABASE_URL is not set"),
        ("DATABASE_POOL_SIZE", "many", "DATABASE_POOL_SIZE='many' is not valid. Example: DATABASE_POOL_SIZE=8"),
        ("HTTPS", "yes", "HTTPS='yes' is not valid. Example: HTTPS=1"),
    ],
)
def test_a_missing_or_malformed_variable_is_named_with_an_example(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str | None, message: str
) -> None:
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=message):
        env.flag(name) if name == "HTTPS" else env.number(name)


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"MEDBORGER_DEMO": "0"}, "only a demo without HTTPS"),
        ({"MEDBORGER_DEMO": "1", "HTTPS": "1", "PROXY_COUNT": "1"}, "only a demo without HTTPS"),
        ({"MEDBORGER_DEMO": "1", "MEDBORGER_CLOCK": "2026-11-24T16:45:00"}, "is not valid. Example: MEDBORGER_CLOCK="),
    ],
)
def test_a_real_installation_refuses_another_clock(variables: dict[str, str], message: str) -> None:
    environment = os.environ | {"MEDBORGER_CLOCK": "2031-01-01T00:00:00+01:00"} | variables
    command = [sys.executable, "-c", "import django; django.setup()"]
    environment |= {"DJANGO_SETTINGS_MODULE": "medborger.settings"}
    done = subprocess.run(command, env=environment, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert message in done.stderr


def test_an_account_can_only_what_it_may(folder: Path) -> None:
    me = Account(os.geteuid(), os.getegid(), "me")
    assert me.can("/usr/bin/test", "-d", folder)
    assert not me.can("/usr/bin/test", "-d", folder / "nowhere")
    assert not me.can("/nowhere/at/all")
