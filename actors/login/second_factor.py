"""Whether a person has a second factor: a code app or a passkey. Recovery codes alone are none."""

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

_KEY = "second_factor"
_TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_known(request: HttpRequest) -> bool:
    """Whether this session has seen it before; costs no statement."""
    return request.session.get(_KEY) == request.user.pk


def look_up(request: HttpRequest) -> bool:
    """Read it, and remember it in the session when there is one."""
    found: bool = Authenticator.objects.filter(user_id=request.user.pk, type__in=_TYPES).exists()
    if found:
        request.session[_KEY] = request.user.pk
    return found


def forget(request: HttpRequest) -> None:
    """A factor was removed: look again."""
    request.session.pop(_KEY, None)
