"""Run an action from a page, and show on the page what it refuses.

Every refusal has one status:

====  ================================================================================================================
422   a form is shown again with its errors, found by the form itself or by the action
409   there is no field to show it at: a button that came too late, a version that another has changed meanwhile
403   the person may not do it (`NotAllowed`); Django's handler answers
====  ================================================================================================================
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from medborger.common.errors import AlreadyDone, DomainError, Stale
from medborger.common.forms import RefusingForm

T = TypeVar("T")
View = Callable[..., HttpResponse]

form_page = require_http_methods(["GET", "HEAD", "POST"])


def attempt(form: RefusingForm, action: Callable[..., T], **arguments: Any) -> T | None:
    """Run the action and return what it returns; None when it refused, which the form then says at its field.

    What the same form has made before is returned once more. Raises NotAllowed and Stale.
    """
    try:
        return action(**arguments)
    except Stale:
        raise
    except AlreadyDone as done:
        made: T = done.outcome
        return made
    except DomainError as error:
        form.refuse(error)
        return None


def succeeds(form: RefusingForm, action: Callable[..., object], **arguments: Any) -> bool:
    """Run an action that returns nothing; whether it did not refuse. Raises NotAllowed and Stale."""
    attempt(form, action, **arguments)
    return not form.errors


def refused_on(page: View) -> Callable[[View], View]:
    """Answer what an action in the view refuses with `page`, called with the view's arguments, `refused` (why) and the status."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except DomainError as error:
                return page(request, *args, **kwargs, refused=str(error.message), status=error.status)

        return answered

    return decorate
