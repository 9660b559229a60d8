"""The audit trail: one row per action, written in the action's own transaction."""

from typing import Any

import structlog
from django.db import models

from medborger.common import clock
from medborger.common.context_vars import origin
from medborger.common.models import Audit, AuditOrigin


def record(verb: str, subject: models.Model, *, by: Any, center_id: int | None = None, **parameters: Any) -> Audit:
    """Write that `by` (a user, or None for the house itself) did `verb` to `subject`. `parameters` hold no personal values."""
    at = clock.now()
    row = Audit.objects.create(
        at=at,
        center_id=center_id if center_id is not None else getattr(subject, "center_id", None),
        person=by,
        verb=verb,
        subject=subject._meta.model_name or "",
        subject_id=subject.pk,
        parameters=parameters,
        request_id=str(structlog.contextvars.get_contextvars().get("request_id", "")),
    )
    if network := origin.get():
        AuditOrigin.objects.create(audit=row, network=network, at=at)
    return row


def history(subject: models.Model) -> models.QuerySet[Audit]:
    """The subject's acts, oldest first."""
    return Audit.objects.filter(subject=subject._meta.model_name, subject_id=subject.pk).order_by("at", "id")
