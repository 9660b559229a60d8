"""Word to the floors above that what a house's rules say has changed: the calendar shows them, and is kept by browsers."""

from collections.abc import Callable

Listener = Callable[[int], None]
_listeners: list[Listener] = []


def register(listener: Listener) -> None:
    """Have `listener` called with the house's id inside the transaction that changes a rule; called once, when an app is ready."""
    _listeners.append(listener)


def announce(center_id: int) -> None:
    for listener in _listeners:
        listener(center_id)
