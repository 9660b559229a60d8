"""What a person at the terminal sees. Standard library only: it also runs before anything is installed."""

import errno
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

QUIET_SECONDS = 10  # off a terminal, a line this often shows that a long step still moves


class Stop(Exception):
    """The start cannot go on; its text is the one plain sentence that says why and what to do."""


def say(text: str) -> None:
    print(text, flush=True)


@contextmanager
def plainly() -> Iterator[None]:
    """End the program with a sentence instead of a traceback where a sentence says all there is to say."""
    try:
        yield
    except Stop as stop:
        sys.exit(str(stop))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.exit(f"The disk is full ({error.filename or 'while writing'}): free some space and start again.")


def run_step(title: str, command: Sequence[str | Path], **popen: Any) -> None:
    """Run a command out of sight, showing the seconds that pass.

    Raises Stop with the last lines of its output when it fails.
    """
    started = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **popen)
        try:
            _show_progress(title, process, started)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        if process.returncode:
            output.seek(0)
            raise Stop(failure(title, output.read().decode(errors="replace")))
    live = f"\r{title} … " if sys.stdout.isatty() else "    "
    say(f"{live}done in {time.monotonic() - started:.1f} s")


def failure(title: str, output: str) -> str:
    """The sentence for a failed step: a full disk by its name, else the end of what the step printed."""
    if os.strerror(errno.ENOSPC) in output:
        return f"\nThe disk is full: “{title}” could not finish. Free some space and start again."
    tail = "\n".join(f"    {line}" for line in output.strip().splitlines()[-15:])
    return f"\n“{title}” failed:\n{tail}"


def _show_progress(title: str, process: subprocess.Popen[bytes], started: float) -> None:
    live = sys.stdout.isatty()
    if not live:
        say(f"{title} …")
    said = 0.0
    while True:
        try:
            process.wait(timeout=0.2 if live else 1)
            return
        except subprocess.TimeoutExpired:
            seconds = time.monotonic() - started
        if live:
            print(f"\r{title} … {seconds:.0f} s", end="", flush=True)
        elif seconds >= said + QUIET_SECONDS:
            said = seconds
            say(f"    still at it, {seconds:.0f} s")
