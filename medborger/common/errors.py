"""Domain errors: what an action refuses, said so that the page can help."""

from typing import Any

import psycopg
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A rule said no. `message` is for people, `field` names the form field it belongs to (None: the whole form)."""

    message: str | Promise = _("Det kan ikke lade sig gøre.")
    field: str | None = None
    status = 409

    def __init__(self, message: str | Promise | None = None, *, field: str | None = None, **details: Any) -> None:
        self.message = message if message is not None else self.message
        self.field = field if field is not None else self.field
        self.details = details
        super().__init__(str(self.message))


class Stale(DomainError):
    """The row was changed since the form was opened; `current` is the row as it is now."""

    message = _("En anden har ændret det imens. Her er det, som det ser ud nu.")

    def __init__(self, current: Any = None) -> None:
        super().__init__()
        self.current = current


class NotAllowed(PermissionDenied):
    """The person may see it but not do this to it. Django answers with a 403, which says the message."""

    message: str | Promise = _("Det har du ikke lov til.")

    def __str__(self) -> str:
        return str(self.message)


class AlreadyDone(DomainError):
    """The same form was sent twice; `outcome` is what the first one made."""

    message = _("Det er allerede gjort.")

    def __init__(self, outcome: Any) -> None:
        super().__init__()
        self.outcome = outcome


def violated(error: IntegrityError) -> str:
    """The name of the constraint by which the database refused; an action turns it into its own domain error."""
    cause = error.__cause__
    return cause.diag.constraint_name or "" if isinstance(cause, psycopg.Error) else ""
