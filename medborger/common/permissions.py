"""Who may open which page: every view declares `@requires(permission)` or `@public`; `undeclared` walks the URLconf.

Common knows no roles. A permission is a named predicate over the person's access and the house of the address, both put on
the request by `actors.middleware` and `centers.middleware`.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

View = Callable[..., HttpResponseBase]


class Access(Protocol):
    """A person's roles and actors, read once per request."""

    is_admin: bool

    def roles_in(self, center_id: int) -> frozenset[str]: ...


class Permission:
    """A small named predicate; compose with `&` and `|`. It raises nothing and catches nothing."""

    def __init__(self, name: str, test: Callable[[Any, Any], bool]) -> None:
        self.name, self.test = name, test

    def __call__(self, access: Any, center: Any = None) -> bool:
        return self.test(access, center)

    def __and__(self, other: "Permission") -> "Permission":
        return Permission(f"({self.name} & {other.name})", lambda s, c: self.test(s, c) and other.test(s, c))

    def __or__(self, other: "Permission") -> "Permission":
        return Permission(f"({self.name} | {other.name})", lambda s, c: self.test(s, c) or other.test(s, c))

    def __repr__(self) -> str:
        return f"<Permission {self.name}>"


logged_in = Permission("logged_in", lambda access, center: True)


def requires(permission: Permission) -> Callable[[View], View]:
    """Only who is logged in and holds `permission` in the house of the address; others get a log-in or a 403.

    What such a page says is for one person: no cache keeps it, not even the browser's.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not permission(request.access, getattr(request, "center", None)):  # type: ignore[attr-defined]
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        # The decorator answers for log-in itself, so that a view can still say 405 before anything else.
        return _declare(login_not_required(checked), permission.name)

    return decorate


def public(view: View) -> View:
    """Anyone may open it; who is logged in may see more, so only their own browser keeps it, and asks before showing it again."""

    @wraps(view)
    def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return _declare(login_not_required(open_to_all), "public")


def _declare(view: View, access: str) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the URLconf with its whole path."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, path)
        else:
            yield path, entry


def undeclared() -> list[str]:
    """The paths whose view declares neither `@requires` nor `@public`."""
    return [path for path, pattern in routes() if not hasattr(pattern.callback, "access")]
