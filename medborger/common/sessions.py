"""Sessions in the cache and in the database: with the cache down, who is logged in goes on reading."""

from typing import Any

from django.contrib.sessions.backends import cached_db, db
from redis.exceptions import RedisError


class SessionStore(cached_db.SessionStore):
    def load(self) -> dict[str, Any]:
        """From the cache, else from the database; Django's own fails when it cannot put what it read back into the cache."""
        try:
            loaded: dict[str, Any] = super().load()
        except RedisError:
            loaded = db.SessionStore.load(self)
        return loaded
