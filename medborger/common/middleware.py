"""Middleware of every request: the client's true address, its cost, domain errors that no view answers."""

from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from medborger.common import clock, error_views
from medborger.common.context_vars import origin
from medborger.common.errors import DomainError

GetResponse = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger("medborger.request")


class ClientAddressMiddleware:
    """Sets REMOTE_ADDR to the client's address as seen by the outermost proxy of ours, and the truncated one for the audit.

    Only PROXY_COUNT entries from the right of X-Forwarded-For were written by proxies of ours; all others can be forged.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        forwarded = request.META.pop("HTTP_X_FORWARDED_FOR", "").split(",")
        if settings.PROXY_COUNT and len(forwarded) >= settings.PROXY_COUNT:
            request.META["REMOTE_ADDR"] = forwarded[-settings.PROXY_COUNT].strip()
        token = origin.set(truncated(request.META.get("REMOTE_ADDR", "")))
        try:
            return self.get_response(request)
        finally:
            origin.reset(token)


def truncated(address: str) -> str:
    """The address's network: /24 of IPv4, /48 of IPv6; empty for what is no address (a socket)."""
    try:
        version = ip_address(address).version
    except ValueError:
        return ""
    return str(ip_network(f"{address}/{24 if version == 4 else 48}", strict=False))


class RefusalMiddleware:
    """Answers with a 409 that says why, where a view lets a domain error through."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return error_views.refused(request, exception) if isinstance(exception, DomainError) else None


class MeasureMiddleware:
    """One log line a request: route, status, milliseconds, SQL statements. No query string, no body."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        counter, started = StatementCounter(), clock.monotonic()
        with connection.execute_wrapper(counter):
            response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            method=request.method,
            route=match.route if match else "",
            status=response.status_code,
            ms=round((clock.monotonic() - started) * 1000, 1),
            sql=counter.statements,
        )
        return response


class StatementCounter:
    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        self.statements += 1
        return execute(sql, params, many, context)
