"""Receivers of allauth's signals about the second factor."""

from typing import Any

import structlog
from allauth.mfa.signals import authentication_failed, authenticator_removed
from django.dispatch import receiver
from django.http import HttpRequest

from actors.login import second_factor
from actors.models import User

log = structlog.get_logger("medborger.security")


@receiver(authentication_failed, dispatch_uid="actors")
def log_failure(user: User, **signal: Any) -> None:
    """A second factor that did not fit is worth knowing of."""
    log.warning("second factor failed", user=user.pk)


@receiver(authenticator_removed, dispatch_uid="actors")
def removed(request: HttpRequest, **signal: Any) -> None:
    second_factor.forget(request)
