"""Puts the house of the address on the request, so that access can be checked before the view runs."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from centers.models import Center


class CenterMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if slug := kwargs.get("hus"):
            request.center = get_object_or_404(Center.objects.open_to_visitors(), slug=slug)  # type: ignore[attr-defined]
