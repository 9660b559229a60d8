"""Sessions in the cache and in the database: with the cache down, who is logged in goes on reading."""

from typing import Any

from django.contrib.sessions.backends import cached_db, db
from redis.exceptions import RedisError


class SessionStore(cached_db.SessionStore):
    def _validate_session_key(self, key: str | None) -> bool:
        """Django's own asks for eight characters of any kind; a quoted cookie can hold a NUL, which PostgreSQL refuses."""
        return key is not None and len(key) >= 8 and key.isascii() and key.isalnum()

    def load(self) -> dict[str, Any]:
        """From the cache, else from the database; Django's own fails when it cannot put what it read back into the cache."""
        try:
            loaded: dict[str, Any] = super().load()
        except RedisError:
            loaded = db.SessionStore.load(self)
        return loaded
