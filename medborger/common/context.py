"""What every page knows: the house of the address, the menu, whether it is open, whether this is a demo.

Common knows no domain: the floors above put the house on the request and offer their menu items when their apps are ready.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from medborger.common.access import Permission
from medborger.common.installation import is_demo


@dataclass(frozen=True)
class MenuItem:
    """An entry of a house's menu. `permission` None: for everyone. `views` are further route names that belong under it."""

    view: str
    icon: str
    label: Promise
    position: int
    permission: Permission | None = None
    in_house: bool = True
    views: Set[str] = frozenset()


_menu: list[MenuItem] = []


def offer(*items: MenuItem) -> None:
    """Put items in the menu of every house; called once, when an app is ready."""
    _menu.extend(items)
    _menu.sort(key=lambda item: item.position)


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor. Nothing in it is read from the database until a template asks."""
    center = getattr(request, "center", None)
    return {
        "center": center,
        "nav": list(_entries(request, center)) if center else [],
        "open_now": getattr(request, "open_now", None),
        "is_demo": is_demo,
        "LANGUAGES": settings.LANGUAGES,
    }


def _entries(request: HttpRequest, center: Any) -> Iterator[dict[str, Any]]:
    here = getattr(request, "page_of", "") or (request.resolver_match.url_name if request.resolver_match else "")
    for item in _menu:
        if item.permission is None or _holds(request, item.permission, center):
            yield {
                "url": reverse(item.view, kwargs={"hus": center.slug} if item.in_house else None),
                "icon": item.icon,
                "label": item.label,
                "current": here == item.view or here in item.views,
            }


def _holds(request: HttpRequest, permission: Permission, center: Any) -> bool:
    return request.user.is_authenticated and permission(getattr(request, "standing", None), center)
