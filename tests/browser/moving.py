"""What the sites of the browser tests serve: the site itself, with a clock that can be moved while it runs.

The processes would have to be started anew otherwise, which costs more than most journeys. How far it has been moved from where
MEDBORGER_CLOCK set it stands in a file, in seconds.
"""

import os
from datetime import timedelta
from pathlib import Path

from medborger.celery import app
from medborger.common import clock
from medborger.wsgi import application

__all__ = ["app", "application"]
MOVED_BY = Path(os.environ["MEDBORGER_TEST_MOVED_BY"])
_at_start = clock._offset()


def _offset() -> timedelta:
    return _at_start + timedelta(seconds=float(MOVED_BY.read_text()) if MOVED_BY.exists() else 0)


clock._offset = _offset  # type: ignore[assignment]
