"""Many people post at once, from a process of its own: `python -m benchmark.volley`, the volley as JSON on standard input.

It is no browser: it writes prepared bytes on kept connections and reads the status, so that it takes next to nothing of the
two cores it shares with what is measured. A wait is counted from the moment at which the post was due, not from when a
connection was free.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from urllib.parse import urlencode

from medborger.embedded.home import CHECKOUT

CONNECTIONS = 32  # as a proxy in front keeps towards the web server
PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Volley:
    """`posts`: when each is due in seconds after the beginning, and its request as it goes over the wire."""

    port: int
    posts: Sequence[tuple[float, str]]


@dataclass(frozen=True)
class Echo:
    """Of each post its status (0: no answer) and how long it took in seconds; how long all took, and the client's own CPU."""

    statuses: Sequence[int]
    waits: Sequence[float]
    seconds: float
    cpu: float


def request(path: str, cookies: dict[str, str], fields: dict[str, str]) -> str:
    """A form's post as it goes over the wire."""
    body = urlencode(fields)
    head = {
        "Host": "localhost",
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
        "Accept-Encoding": "gzip",
    }
    return f"POST {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in head.items()) + "\r\n" + body


def fire(volley: Volley) -> Echo:
    """Post it all from another process, and wait for the answers."""
    ran = subprocess.run(
        [sys.executable, "-m", "benchmark.volley"],
        cwd=CHECKOUT,
        input=json.dumps(asdict(volley)).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return Echo(**json.loads(ran.stdout))


class Line:
    """A kept connection; opened anew when the server has closed it meanwhile."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, request: bytes) -> int:
        """The status of the answer, 0 when there was none."""
        try:
            return await asyncio.wait_for(self._post(request), PATIENCE)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            self.streams = None
            return 0

    async def _post(self, request: bytes) -> int:
        if self.streams is None or self.streams[0].at_eof():
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(length_of(head))
        if b"connection: close" in head.lower():
            writer.close()
            self.streams = None
        return int(head.split(b" ", 2)[1])


def length_of(head: bytes) -> int:
    """How many bytes the body has."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


async def _run(volley: Volley) -> Echo:
    free: asyncio.Queue[Line] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(Line(volley.port))
    began = perf_counter()

    async def post(due: float, request: bytes) -> tuple[int, float]:
        await asyncio.sleep(due - (perf_counter() - began))
        line = await free.get()
        status = await line.post(request)
        free.put_nowait(line)
        return status, perf_counter() - began - due

    answers = await asyncio.gather(*(post(due, request.encode()) for due, request in volley.posts))
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Echo(
        [status for status, _wait in answers],
        [wait for _status, wait in answers],
        perf_counter() - began,
        used.ru_utime + used.ru_stime,
    )


if __name__ == "__main__":
    sent = json.load(sys.stdin)
    sys.stdout.write(json.dumps(asdict(asyncio.run(_run(Volley(sent["port"], sent["posts"]))))))
