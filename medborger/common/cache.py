"""The cache speaks JSON only: what comes back from it can never run code."""

import json
from typing import Any


class JSONSerializer:
    """For Django's Redis cache; integers stay bare so that INCR works on them."""

    def dumps(self, value: Any) -> bytes | int:
        if type(value) is int:
            return value
        return json.dumps(value).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)
