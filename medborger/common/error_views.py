"""Error pages: each says what to do, and the request's number in the log."""

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from medborger.common.errors import DomainError, NotAllowed


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler400`; a body over the limit is answered with 413."""
    return _bare(413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler403`; says what `NotAllowed` says."""
    said = str(exception) if isinstance(exception, NotAllowed) else ""
    return render(request, "errors/403.html", {**_context(), "refused": said}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler404`."""
    return _page(request, 404)


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A domain error that no view answers; says its message."""
    return render(request, "errors/409.html", {**_context(), "refused": error.message}, status=409)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """`handler429`: a limit was reached."""
    return _page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """`handler500`."""
    return _bare(500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a fresh token, mostly from a page left open: `CSRF_FAILURE_VIEW`."""
    return render(request, "errors/csrf.html", _context(), status=403)


def _page(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"errors/{status}.html", _context(), status=status)


def _bare(status: int) -> HttpResponse:
    """Without the request, hence without context processors, session and database: one of them may be what failed."""
    return HttpResponse(loader.get_template(f"errors/{status}.html").render(_context()), status=status)


def _context() -> dict[str, str]:
    return {"request_id": structlog.contextvars.get_contextvars().get("request_id", "")}
