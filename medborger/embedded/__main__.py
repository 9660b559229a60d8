"""`./run`, once the packages are there: prepare the home, start everything, say where it is, and watch."""

import compileall
import hashlib
import http.client
import ipaddress
import os
import shutil
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from medborger.demo import logins
from medborger.embedded.catalogues import compile_catalogues
from medborger.embedded.console import Stop, failure, plainly, run_step, say
from medborger.embedded.home import CHECKOUT, Home
from medborger.embedded.install import CODE
from medborger.embedded.process import Child, Program
from medborger.embedded.services import Services, owned
from medborger.embedded.supervisor import Supervisor

PYTHON = sys.executable
SLOWEST_START = 60  # seconds until the site answers


def main(given: Mapping[str, str]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    host, port = (given.get("HOST") or "127.0.0.1").strip("[]"), _port(given.get("PORT") or "8000")
    _refuse_strangers(host, given)
    home = Home.open(given.get("MEDBORGER_HOME", ""))
    services = Services(home, given)
    with owned(services, "./run") as children:
        _check_port(host, port)
        site = {"HOST": host, "PORT": str(port), "PUBLIC_URL": f"http://localhost:{port}"}
        environment = {**os.environ, **site, **services.environment()}
        _prepare(home, environment)
        supervisor = Supervisor(children)
        _start_site(home, environment, supervisor)
        _welcome(host, port, environment)
        try:
            supervisor.watch()
        except KeyboardInterrupt:
            say("\nStopping …")
    say("Stopped. Nothing is left running.")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stop(f"PORT={text} is not a port: give a number from 1 to 65535, such as PORT=8000.")
    return int(text)


def _refuse_strangers(host: str, given: Mapping[str, str]) -> None:
    """This is a demo with known passwords: it answers this machine only, unless told otherwise."""
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback and given.get("MEDBORGER_DEMO_PUBLIC") != "1":
        raise Stop(
            f"HOST={host} would open this demo, whose passwords are known, to other machines. "
            "Set MEDBORGER_DEMO_PUBLIC=1 as well if that is what you want."
        )


def _check_port(host: str, port: int) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError as error:
        raise Stop(f"Port {port} is reserved for root: choose another, for example PORT=8000.") from error
    except OSError as error:
        advice = f"choose another, for example PORT={port + 1} ./run"
        raise Stop(f"{host}:{port} cannot be used ({error.strerror}): {advice}") from error


def _prepare(home: Home, environment: dict[str, str]) -> None:
    """Everything between the services and the site: texts, static files, tables, the demo."""
    as_site = {"cwd": CHECKOUT, "env": environment, "umask": 0o077, **home.site.drop}
    compile_catalogues()
    if home.site.drop:
        for folder in CODE:
            compileall.compile_dir(CHECKOUT / folder, quiet=2)
    _collect_static(home, as_site)
    run_step("Bringing the tables up to date", [PYTHON, "manage.py", "migrate", "--no-input"], **as_site)
    if environment.get("MEDBORGER_DEMO") == "1":
        run_step(
            "Building the demo houses, if the database is empty", [PYTHON, "manage.py", "demo", "--if-empty"], **as_site
        )


def _collect_static(home: Home, as_site: Mapping[str, object]) -> None:
    key = hashlib.sha256((CHECKOUT / "requirements.lock").read_bytes())
    for path in sorted((CHECKOUT / "static" / "build").rglob("*")):
        status = path.stat()
        key.update(f"{path} {status.st_size} {status.st_mtime_ns}".encode())
    collected = home.run / "static.key"
    if collected.exists() and collected.read_text() == key.hexdigest():
        return
    collected.unlink(missing_ok=True)
    run_step("Collecting the static files", [PYTHON, "manage.py", "collectstatic", "--no-input", "--clear"], **as_site)
    collected.write_text(key.hexdigest())


def _start_site(home: Home, environment: dict[str, str], supervisor: Supervisor) -> None:
    celery = [PYTHON, "-m", "celery", "-A", "medborger.celery"]
    commands: dict[str, list[str | Path]] = {
        "web": [PYTHON, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "medborger.wsgi"],
        "worker": [*celery, "worker", "-P", "threads", "-c", "4", "--without-gossip", "--without-mingle"],
        "beat": [*celery, "beat", "--schedule", home.state / "beat", "--pidfile="],
    }
    for name, command in commands.items():
        supervisor.children.append(Child(Program(name, command, home.site, environment, folder=CHECKOUT), home))
    web = next(child for child in supervisor.children if child.program.name == "web")
    host, port = environment["HOST"], int(environment["PORT"])
    if not web.wait_for(lambda: _is_healthy(host, port), seconds=SLOWEST_START):
        raise Stop(failure("Starting the site", web.said()))


def _is_healthy(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=5)  # noqa: S104 - a comparison
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _welcome(host: str, port: int, environment: Mapping[str, str]) -> None:
    width = min(shutil.get_terminal_size().columns, 100)
    say("─" * width)
    say(f"Medborger is open: http://{'localhost' if host == '127.0.0.1' else host}:{port}")
    if environment.get("MEDBORGER_DEMO") == "1":
        say(f"\nThe demo's log-ins, all with the password {logins.PASSWORD}:")
        say(f"    {logins.address('<role>', '<house>')}, and {logins.ADMIN}")
        say(f"    roles:  {', '.join(logins.ROLES)}")
        say(f"    houses: {', '.join(logins.HOUSES)}")
        say(f"Mail and SMS of the demo: http://localhost:{port}/demo/post/")
    say("\nCtrl-C stops it.")
    say("─" * width)


if __name__ == "__main__":
    with plainly():
        main(os.environ)
