"""What must not stand in a log: query strings, and the path of an invitation, a feed or a digest's link, which is itself the key to it."""

import re
from collections.abc import MutableMapping
from typing import Any

_SECRET_PATH = re.compile(r"(/(?:invitation|feed|mig/overblik/afmeld|mig/overblik)/)(?!afmeld/)[^/\s?\"']+")


def mask_paths(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: the token in a path becomes three dots, a request loses its query string."""
    if "request" in event:
        event["request"] = str(event["request"]).partition("?")[0]
    for key, value in event.items():
        if isinstance(value, str) and "/" in value:
            event[key] = _SECRET_PATH.sub(r"\1...", value)
    return event
