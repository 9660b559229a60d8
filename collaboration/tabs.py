"""The pages under «Samarbejde»: the nested apps put theirs beside the log, as the apps put theirs in the menu."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from actors.requests import HouseRequest
from medborger.common.access import Permission


@dataclass(frozen=True)
class Tab:
    """`view` takes the house alone; `views` are further route names that belong under it."""

    view: str
    label: Promise
    position: int
    permission: Permission
    views: frozenset[str] = frozenset()


_tabs: list[Tab] = []
# All route names under the tabs, as far as the apps are ready: the menu marks «Samarbejde» on them.
views: set[str] = set()


def offer(*tabs: Tab) -> None:
    """Called once, when an app is ready."""
    _tabs.extend(tabs)
    _tabs.sort(key=lambda tab: tab.position)
    views.update(name for tab in tabs for name in (tab.view, *tab.views))


def of(request: HouseRequest) -> Iterator[dict[str, object]]:
    """The tabs that the person may open, as `collaboration/_tabs.html` draws them."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    for tab in _tabs:
        if tab.permission(request.standing, request.center):
            yield {
                "url": reverse(tab.view, kwargs={"hus": request.center.slug}),
                "label": tab.label,
                "current": here == tab.view or here in tab.views,
            }
