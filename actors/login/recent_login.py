"""Require a recent log-in (ten minutes) to give a role or change a log-in."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

View = Callable[..., HttpResponseBase]


def logged_in_recently(request: HttpRequest) -> bool:
    """Whether the session's last log-in or confirmation, of any kind, is at most ten minutes old.

    allauth writes the machine's time into its records, so that is what they are compared with.
    """
    records = get_authentication_records(request, request.user)
    latest: float = max((record["at"] for record in records), default=0.0)
    return time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def recent_login(view: View) -> View:
    """Only with a recent log-in; else the person confirms who they are first, and comes back to the page.

    Stands inside `@requires`. A POST is never replayed: its form is opened again, so that nothing happens unseen.
    """
    return _recent(view, "")


def recent_login_from(page: str) -> Callable[[View], View]:
    """The same for a POST without a page of its own: the person comes back to the house's page of this route name."""
    return lambda view: _recent(view, page)


def _recent(view: View, page: str) -> View:
    @wraps(view)
    def checked(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if logged_in_recently(request):
            return view(request, *args, **kwargs)
        methods = get_adapter(request).get_reauthentication_methods(request.user)
        if not methods:
            raise PermissionDenied
        back = reverse(page, kwargs={"hus": request.center.slug}) if page else request.get_full_path()
        return redirect(f"{methods[0]['url']}?{urlencode({'next': back})}")

    return checked
