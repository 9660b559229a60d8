"""Puts the house of the address on the request, so that access can be checked before the view runs."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import SimpleLazyObject

from centers import open_state
from centers.hours import Hours, OpenNow
from centers.models import Center


class CenterMiddleware:
    """Takes `hus` from the view's arguments and puts the house on the request.

    `request.center`, and read when first asked for: `request.hours` (a view may put a wider span there) and `request.open_now`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if slug := kwargs.pop("hus", ""):
            center = get_object_or_404(Center.objects.open_to_visitors(), slug=slug)
            request.center = center
            request.hours = SimpleLazyObject(lambda: Hours.reaching(center))
            request.open_now = SimpleLazyObject(lambda: open_state.now_in({center.pk: request.hours})[center.pk])


class CenterRequest(HttpRequest):
    center: Center
    hours: Hours
    open_now: OpenNow
