"""Middleware about the person: language, access, and the second factor that a role requires."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_from_request, gettext as _

from actors.access import Access
from actors.login import second_factor
from actors.models import User
from medborger.common import clock
from medborger.common.installation import is_demo

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


class AccessMiddleware:
    """`request.access`: read when first asked for, once per request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.access = SimpleLazyObject(lambda: Access.of(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)


class SeenMiddleware:
    """Keeps `User.seen_on`, the day of the last visit, with one statement per person and day: unused users are erased by it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and request.user.seen_on != clock.today():
            User.objects.filter(pk=request.user.pk, erased_at=None).update(seen_on=clock.today(), warned_at=None)
        return response


class RequireMfaMiddleware:
    """Outside the demo, who holds a role in a house sets up a second factor before anything else (docs/security.md, check 9).

    Costs no statement for who holds none: the access is read once per request anyway, and who has shown a second
    factor once is remembered in the session.
    """

    EXEMPT = frozenset({"set_language", "healthz", "readyz", "accessibility", "privacy"})

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        if not request.user.is_authenticated or self._is_exempt(request) or second_factor.is_known(request):
            return None
        if not request.access.holds_a_role or is_demo() or second_factor.look_up(request):
            return None
        messages.info(
            request, _("Din rolle kræver, at du logger ind i to trin. Vælg en kode-app eller en adgangsnøgle.")
        )
        return redirect("mfa_index")

    def _is_exempt(self, request: HttpRequest) -> bool:
        name = request.resolver_match.url_name if request.resolver_match else None
        return name is None or name in self.EXEMPT or name.startswith(("account_", "mfa_"))
