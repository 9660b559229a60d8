"""What the views of people have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.views.decorators.http import require_http_methods

from medborger.common.errors import DomainError, NotAllowed
from medborger.common.forms import RefusingForm

T = TypeVar("T")

form_page = require_http_methods(["GET", "HEAD", "POST"])


def attempt(form: RefusingForm, action: Callable[..., T], **arguments: Any) -> T | None:
    """Do it; a rule that says no lands on the form's field, and None comes back. Who may not do it at all gets a 403."""
    try:
        return action(**arguments)
    except NotAllowed:
        raise
    except DomainError as error:
        form.refuse(error)
        return None
