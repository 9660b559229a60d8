"""Watch over the running programs: start again what falls, and stop when it keeps falling."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from medborger.embedded.console import Stop, failure, say
from medborger.embedded.process import Child

PULSE = 0.5  # seconds between two looks
TOO_OFTEN = 5  # falls of one program within a minute
TRIM_EVERY = 60  # seconds between two looks at the logs' size


@dataclass
class Supervisor:
    """The children, in the list of whoever stops them: one that was started again takes its place there."""

    children: list[Child]
    falls: dict[str, deque[float]] = field(default_factory=dict)

    def watch(
        self, tick: Callable[[float], object] = time.sleep, pause: Callable[[float], object] = time.sleep
    ) -> None:
        """Never returns; Ctrl-C and SIGTERM arrive as exceptions. Raises Stop when a program cannot be kept up."""
        trimmed = time.monotonic()
        while True:
            tick(PULSE)
            for place, child in enumerate(self.children):
                if child.ended:
                    self.children[place] = self._again(child, pause)
            if time.monotonic() - trimmed > TRIM_EVERY:
                trimmed = time.monotonic()
                for child in self.children:
                    child.trim_log()

    def _again(self, fallen: Child, pause: Callable[[float], object]) -> Child:
        name, now = fallen.program.name, time.monotonic()
        falls = self.falls.setdefault(name, deque(maxlen=TOO_OFTEN))
        falls.append(now)
        if len(falls) == TOO_OFTEN and now - falls[0] < 60:
            raise Stop(failure(f"Keeping {name} up", fallen.said()))
        say(f"{name} stopped ({fallen.reason()}); starting it again.")
        fallen.sweep()
        pause(min(len(falls) - 1, 3))
        return Child(fallen.program, fallen.home)
