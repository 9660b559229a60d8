"""The cache speaks JSON only: what comes back from it can never run code."""

import json
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class JSONSerializer:
    """For Django's Redis cache; integers stay bare so that INCR works on them."""

    def dumps(self, value: Any) -> bytes | int:
        if type(value) is int:
            return value
        return json.dumps(value).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


class Client(RedisCacheClient):
    """Keeps its clients: Django makes a new one for every question, which took as long as the question itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: Any = None

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """The one client of the one server; a cache with replicas would need one for each."""
        if self._kept is None:
            self._kept = super().get_client(key, write=write)
        return self._kept


class Cache(RedisCache):
    """Django's Redis cache with the clients kept; they are safe to share among threads, their connections come from the pool."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Client
