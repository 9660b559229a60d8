"""Who asks: the person's language, standing, and whether they have shown a second factor where their role demands it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_from_request

from actors.standing import Standing

GetResponse = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """The footer's choice (a cookie) first, then the person's own setting, then the browser's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = get_language_from_request(request)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.user.is_authenticated:
            language = request.user.language
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class StandingMiddleware:
    """`request.standing`: read when first asked for, once per request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.standing = SimpleLazyObject(lambda: Standing.of(request.user))  # type: ignore[attr-defined,arg-type]
        return self.get_response(request)


class RequireMfaMiddleware:
    """Outside the demo, who holds a role in a house must set up a second factor before anything else (security.md, 9)."""

    EXEMPT = ("account_", "mfa_", "set_language", "healthz", "readyz")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        return None
