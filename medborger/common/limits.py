"""Rate limits on posts and searches (docs/security.md, "Limits"). Without Valkey nothing is counted."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django_ratelimit import ALL, UNSAFE
from django_ratelimit.core import is_ratelimited
from redis.exceptions import RedisError

from medborger.common.error_views import too_many_requests

View = Callable[..., HttpResponseBase]


def limited(group: str, rate: str, *, posts_only: bool = False) -> Callable[[View], View]:
    """At most `rate` ("60/m") requests to the views of `group` per user, or per address for visitors; beyond it a 429."""
    methods = UNSAFE if posts_only else ALL

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if _is_over(request, group, rate, methods):
                return too_many_requests(request)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def _is_over(request: HttpRequest, group: str, rate: str, methods: Any) -> bool:
    try:
        return bool(is_ratelimited(request, group=group, key=_who, rate=rate, method=methods, increment=True))
    except RedisError:
        return False


def _who(group: str, request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"user {request.user.pk}"
    return str(request.META.get("REMOTE_ADDR", ""))


# Forms: 60 a minute per user.
posting = limited("forms", "60/m", posts_only=True)
# What writes to other actors' people of itself: 60 an hour per user, so that nobody fills their mailboxes.
writing_to_others = limited("letters to others", "60/h", posts_only=True)
