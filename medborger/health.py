"""For machines: is the process alive, and can it serve? The queue and beat are alerts, not readiness."""

import hmac
import threading
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from medborger.common import clock
from medborger.common.permissions import public

REMEMBERED = 5.0  # seconds that an answer of /readyz stands
_lock = threading.Lock()
_remembered: tuple[float, dict[str, str]] | None = None


@public
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; asks nothing of database or Valkey."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database, Valkey and migrations are in place, else 503; with the bearer token also what is wrong."""
    state = _state()
    ready = all(value == "ok" for value in state.values())
    status = 200 if ready else 503
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.HEALTH_TOKEN and hmac.compare_digest(token.encode(), settings.HEALTH_TOKEN.encode()):
        return JsonResponse(state, status=status)
    return HttpResponse("ok\n" if ready else "not ready\n", content_type="text/plain", status=status)


def _state() -> dict[str, str]:
    global _remembered
    with _lock:
        if _remembered is None or clock.monotonic() - _remembered[0] > REMEMBERED:
            checks: dict[str, Callable[[], str]] = {"database": _database, "valkey": _valkey, "migrations": _migrations}
            _remembered = clock.monotonic(), {name: check() for name, check in checks.items()}
        return _remembered[1]


def forget() -> None:
    """Ask again at the next /readyz."""
    global _remembered
    _remembered = None


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return type(error).__name__
    return "ok"


def _valkey() -> str:
    try:
        cache.set("readyz", 1, timeout=10)
    except RedisError as error:
        return type(error).__name__
    return "ok"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return type(error).__name__
    return f"{len(waiting)} to apply" if waiting else "ok"
