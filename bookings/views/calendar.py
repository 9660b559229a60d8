"""The house's calendar: day and week, and what has changed in it since it was fetched."""

from hashlib import blake2b
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from actors.requests import HouseRequest
from bookings.calendar import calendar_version as counter_of, page
from medborger.common import clock
from medborger.common.permissions import public


@public
@require_safe
def calendar(request: HouseRequest) -> HttpResponse:
    """The whole page, or 304 when nothing on it can have changed since the browser got it."""
    counter = counter_of.current(request.center.pk)
    etag = _etag(request, counter)
    if unchanged := get_conditional_response(request, etag=etag):
        return _private(unchanged)
    read = page.read(request)
    response = render(request, "bookings/calendar.html", page.context(read, counter))
    if etag:
        response.headers["ETag"] = etag
    return _private(response)


@public
@require_safe
def changes(request: HouseRequest) -> HttpResponse:
    """The grid alone, for a page that is open: 204 while the counter is where the page saw it (`siden`)."""
    counter = counter_of.current(request.center.pk)
    if counter is not None and request.GET.get("siden") == str(counter):
        return _private(HttpResponse(status=204))
    context = page.context(page.read(request), counter)
    return _private(render(request, context["template"], context))


def _etag(request: HouseRequest, counter: int | None) -> str | None:
    """All that the page depends on. None when Valkey is down, and when a message waits, which is shown once only."""
    if counter is None or len(get_messages(request)):
        return None
    access, center_id = request.access, request.center.pk
    depends_on: tuple[Any, ...] = (
        request.get_full_path(),
        counter,
        request.user.pk,
        access.is_admin,
        sorted(access.roles_in(center_id)),
        sorted(access.actor_ids),
        sorted(access.actors_in(center_id)),
        get_language(),
        int(clock.now().timestamp()) // 60,
    )
    return f'W/"{blake2b(repr(depends_on).encode(), digest_size=12).hexdigest()}"'


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_cache=True)
    return response
