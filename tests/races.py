"""Acts against each other on real connections."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from medborger.common.errors import DomainError


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts on threads of their own, each on its own connection, released together; gives results or domain errors."""
    barrier = threading.Barrier(len(acts), timeout=30)
    results: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait()
            results[place] = act()
        except DomainError as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
