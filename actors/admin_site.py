"""The admin site: allauth's log-in, and only for whoever runs the installation."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import URLPattern, URLResolver
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from actors.permissions import installation_admin
from medborger.common.permissions import public, requires

# Log-ins and their secrets are changed by their owners only.
HIDDEN_APPS = {"account", "mfa", "auth"}


class Site(AdminSite):
    site_header = site_title = "Medborger"
    index_title = _("Husene og deres grunddata")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models = model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        shown = [model for model in models if model._meta.app_label not in HIDDEN_APPS]
        super().register(shown, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one log-in, with its codes, limits and second factor."""
        following = urlencode({"next": request.GET.get("next", resolve_url("admin:index"))})
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{following}")

    def get_urls(self) -> list[Any]:
        entries = super().get_urls()
        _guard(entries)
        return entries


def _guard(entries: Iterable[URLPattern | URLResolver]) -> None:
    """Every view of the admin declares who may open it, like any other."""
    for entry in entries:
        if isinstance(entry, URLResolver):
            _guard(entry.url_patterns)
        elif entry.name == "login":
            entry.callback = public(partial(entry.callback))
        elif entry.name in ("password_change", "password_change_done"):
            entry.callback = requires(installation_admin)(RedirectView.as_view(pattern_name="account_change_password"))
        else:
            entry.callback = requires(installation_admin)(entry.callback)
