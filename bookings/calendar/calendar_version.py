"""One counter per house, raised when what its calendar shows has changed; an unchanged calendar answers 304 by it.

It lives in Valkey, not on Center: that row would be locked by every booking of the house.
"""

from django.core.cache import cache
from django.db import transaction
from redis.exceptions import RedisError

from medborger.common import clock


def bump(center_id: int) -> None:
    """Raise the counter when the caller's transaction commits."""
    transaction.on_commit(lambda: _raise(center_id), robust=True)


def current(center_id: int) -> int | None:
    """The counter, or None when Valkey does not answer: then nothing counts as unchanged."""
    try:
        return int(cache.get_or_set(_key(center_id), _start, timeout=None) or 0)
    except RedisError:
        return None


def _raise(center_id: int) -> None:
    cache.add(_key(center_id), _start(), timeout=None)
    cache.incr(_key(center_id))


def _start() -> int:
    """Milliseconds of the clock: a counter that starts anew after Valkey lost it never repeats an old value."""
    return int(clock.now().timestamp() * 1000)


def _key(center_id: int) -> str:
    return f"calendar:{center_id}"
