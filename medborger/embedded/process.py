"""Child processes that never outlive us, and that a later start recognises if they did."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from medborger.embedded.home import Account, Home

LARGEST_LOG = 20_000_000  # bytes
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Program:
    """What is to run: the command, as whom, and how it is asked to stop."""

    name: str
    command: Sequence[str | Path]
    account: Account
    environment: Mapping[str, str]
    stop_signal: signal.Signals = signal.SIGTERM
    grace: float = 10  # seconds between the request to stop and the end
    folder: Path = Path("/")
    text: str = ""  # standard input


@dataclass
class Child:
    """A running program. Its log and its record (pid and start time) lie in the home."""

    program: Program
    home: Home
    process: subprocess.Popen[bytes] = field(init=False)
    log_start: int = field(init=False)

    def __post_init__(self) -> None:
        program = self.program
        self.log_start = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                program.command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=program.folder,
                env=dict(program.environment),
                umask=0o077,
                start_new_session=True,  # Ctrl-C reaches us alone, and we stop the children in order
                preexec_fn=_die_with_parent(program.stop_signal),
                **program.account.drop,
            )
        assert self.process.stdin
        with self.process.stdin as stdin:
            stdin.write(program.text.encode())
        record = {"pid": self.process.pid, "started": psutil.Process(self.process.pid).create_time()}
        (self.home.run / f"{program.name}.pid").write_text(json.dumps(record))

    @property
    def log(self) -> Path:
        return self.home.logs / f"{self.program.name}.log"

    def said(self) -> str:
        """What it wrote to its log since it started."""
        return self.log.read_bytes()[self.log_start :].decode(errors="replace")

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def wait_for(self, ready: Callable[[], bool], *, seconds: float) -> bool:
        """Whether `ready` came true in time and the program still runs."""
        return wait_until(lambda: self.ended or ready(), seconds=seconds) and not self.ended

    def reason(self) -> str:
        """How it ended, in words."""
        code = self.process.returncode
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"

    def sweep(self) -> None:
        """End what an ended child left in its session."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def stop(self) -> None:
        """Ask, wait, insist. Returns when nothing of it runs."""
        if not self.ended:
            self.process.send_signal(self.program.stop_signal)
            try:
                self.process.wait(self.program.grace)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.sweep()
        (self.home.run / f"{self.program.name}.pid").unlink(missing_ok=True)

    def trim_log(self) -> None:
        """Keep the log and one before it. It is open for appending, so that emptying it in place is safe."""
        if self.log.stat().st_size > LARGEST_LOG:
            self.log.with_suffix(".log.1").write_bytes(self.log.read_bytes())
            os.truncate(self.log, 0)


def _die_with_parent(request: signal.Signals) -> Callable[[], None]:
    """Run in the child before the program: the kernel sends `request` when we die, however that happens."""
    parent = os.getpid()

    def arrange() -> None:
        if sys.platform == "linux":
            _libc.prctl(_PR_SET_PDEATHSIG, request)
            if os.getppid() != parent:
                os._exit(1)

    return arrange


def stop_leftovers(home: Home, grace: float = 10) -> list[str]:
    """Stop what an earlier start left running, if the process is still the one recorded. Returns the names."""
    found = {}
    for record in home.run.glob("*.pid"):
        process = recorded(record)
        if process:
            found[record.stem] = process
            process.send_signal(signal.SIGINT if record.stem == "postgres" else signal.SIGTERM)
        else:
            record.unlink()
    _, stubborn = psutil.wait_procs(found.values(), timeout=grace)
    for process in stubborn:
        process.kill()
    psutil.wait_procs(stubborn, timeout=grace)
    return sorted(found)


def recorded(record: Path) -> psutil.Process | None:
    """The process of a record, or None when it is gone and its number may be another's."""
    try:
        known = json.loads(record.read_text())
        process = psutil.Process(known["pid"])
        same = abs(process.create_time() - known["started"]) < 1 and process.status() != psutil.STATUS_ZOMBIE
    except (FileNotFoundError, psutil.NoSuchProcess, ValueError, KeyError):
        return None
    return process if same else None


def wait_until(ready: Callable[[], bool], *, seconds: float) -> bool:
    """Whether `ready` came true in time."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
