"""What every page knows: the house of the address, its menu, whether it is open, whether this is a demo."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actors.council.urls import urlpatterns as council
from actors.permissions import logged_in, staff, tied
from collaboration.clashes.urls import urlpatterns as clashes
from collaboration.forum.urls import urlpatterns as forum
from collaboration.urls import urlpatterns as collaborations
from medborger.common.installation import is_demo
from medborger.common.permissions import Permission


@dataclass(frozen=True)
class MenuItem:
    """A link in a menu. `permission` None: for everyone. `views` are names of further routes whose pages mark the link as current."""

    view: str
    label: Promise
    icon: str = ""
    permission: Permission | None = None
    in_house: bool = True
    views: Set[str] = frozenset()


def _names(patterns: Iterable[Any]) -> frozenset[str]:
    return frozenset(str(route.name) for route in patterns)


# The links above the pages about collaboration.
TABS = (
    MenuItem("collaborations", _("Samarbejder"), permission=tied, views=_names(collaborations)),
    MenuItem("clashes", _("Samme tid"), permission=tied, views=_names(clashes)),
    MenuItem("forum", _("Forum"), permission=tied, views=_names(forum) | {"action_points", "action_point"}),
    MenuItem("digest_now", _("Ugens overblik"), permission=tied, views={"digest", "digest_choice", "digest_receivers"}),
)
MENU = (
    MenuItem("front", _("Huset"), "home"),
    MenuItem(
        "calendar",
        _("Kalender"),
        "calendar-month",
        views={"book", "booking", "bookings", "booking_move", "booking_cancel"},
    ),
    MenuItem("free", _("Ledige lokaler"), "search"),
    # Not by its own name: "Kvarterhusledelsen" does not fit in a phone's menu.
    MenuItem("council", _("Rådet"), "forum", tied, views=_names(council)),
    MenuItem(
        "collaborations",
        _("Samarbejde"),
        "together",
        tied,
        views=frozenset(name for tab in TABS for name in (tab.view, *tab.views)),
    ),
    MenuItem("closures", _("Lukninger"), "lock", staff),
    MenuItem(
        "people", _("Mennesker"), "groups", staff, views={"duties", "grant_role", "invite_to_actor", "invite_to_house"}
    ),
    MenuItem("me", _("Mig"), "person", logged_in, in_house=False),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor. Nothing in it is read from the database until a template asks."""
    center = getattr(request, "center", None)
    return {
        "center": center,
        "nav": list(_links(request, center, MENU)) if center else [],
        "tabs": partial(_links, request, center, TABS),
        "open_now": getattr(request, "open_now", None),
        "is_demo": is_demo,
        "LANGUAGES": settings.LANGUAGES,
    }


def _links(request: HttpRequest, center: Any, items: Iterable[MenuItem]) -> Iterator[dict[str, Any]]:
    """The links that the person may follow."""
    here = getattr(request, "page_of", "") or (request.resolver_match.url_name if request.resolver_match else "")
    for item in items:
        if item.permission is None or _holds(request, item.permission, center):
            yield {
                "url": reverse(item.view, kwargs={"hus": center.slug} if item.in_house else None),
                "icon": item.icon,
                "label": item.label,
                "current": here == item.view or here in item.views,
            }


def _holds(request: HttpRequest, permission: Permission, center: Any) -> bool:
    return request.user.is_authenticated and permission(getattr(request, "access", None), center)
