"""The form chooser: what one agrees with stands in the address."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actors.requests import HouseRequest
from collaboration.chooser import KEYS, STATEMENTS, suggest
from collaboration.enums import Form
from collaboration.permissions import tied
from medborger.common.access import requires


@requires(tied)
@require_safe
def choose_form(request: HouseRequest, hus: str) -> HttpResponse:
    """Statements to tick, the form or two that they point to and why, and all five to choose among."""
    agreed = KEYS.intersection(request.GET.getlist("passer"))
    context = {
        "statements": [(statement, statement.key in agreed) for statement in STATEMENTS],
        "answered": bool(agreed),
        "suggestions": suggest(agreed),
        "five": list(Form),
    }
    return render(request, "collaboration/chooser.html", context)
