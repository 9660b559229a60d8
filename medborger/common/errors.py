"""Domain errors: an action raises one to refuse; its message helps the person."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any
from uuid import UUID

import psycopg
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A rule said no. `message` is for people, `field` names the form field it belongs to (None: the whole form).

    What else an error carries it declares as attributes, and is given by name: `raise TooLong(minutes=60)`.
    """

    field: str | None = None
    status = 409

    def __init__(self, message: str | Promise | None = None, *, field: str | None = None, **details: Any) -> None:
        self.field = field if field is not None else self.field
        vars(self).update(details if message is None else {**details, "message": message})
        super().__init__()

    @cached_property
    def message(self) -> str | Promise:
        """What the person reads; the error of one rule says it as a plain attribute, or by what it carries."""
        return _("Det kan ikke lade sig gøre.")

    def __str__(self) -> str:
        return str(self.message)


class EndsBeforeStart(DomainError):
    message, field = _("Sluttiden skal være efter starttiden."), "end"


class Stale(DomainError):
    """The row was changed since the form was opened; `current` is the row as it is now."""

    current: Any = None
    message = _("En anden har ændret det imens. Her er det, som det ser ud nu.")


class NotAllowed(PermissionDenied):
    """The person may see it but not do this to it. Django answers with a 403, which says the message."""

    message: str | Promise = _("Det har du ikke lov til.")

    def __str__(self) -> str:
        return str(self.message)


class AlreadyDone(DomainError):
    """The same form was sent twice; `outcome` is what the first one made."""

    outcome: Any
    message = _("Det er allerede gjort.")


def violated(error: IntegrityError) -> str:
    """The name of the constraint by which the database refused; an action turns it into its own domain error."""
    cause = error.__cause__
    return cause.diag.constraint_name or "" if isinstance(cause, psycopg.Error) else ""


@contextmanager
def made_once(model: type[Model], token: UUID | None) -> Iterator[None]:
    """Run in a transaction that makes a row with this `form_token`. Raises AlreadyDone when the same form has made one already."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if violated(error) == f"{model._meta.db_table}_form_token_key":
            raise AlreadyDone(outcome=model._default_manager.get(form_token=token)) from error
        raise
