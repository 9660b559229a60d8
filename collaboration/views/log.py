"""Pages of the log: the list with its charts, the same as a file, and the chooser of a kind of collaboration."""

from collections.abc import Iterator, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.login.recent_login import recent_login
from actors.requests import HouseRequest
from collaboration import figures, log_charts
from collaboration.chooser import KEYS, STATEMENTS, suggest
from collaboration.enums import CollaborationKind
from collaboration.filters import CollaborationFilter, Shown
from collaboration.models import Collaboration
from collaboration.permissions import tied
from collaboration.querysets import CollaborationQuerySet
from medborger.common import clock
from medborger.common.csv_file import csv_response
from medborger.common.limits import limited
from medborger.common.pagination import page
from medborger.common.permissions import requires

# Exports: 5 an hour per user.
exporting = limited("exports", "5/h")
MOST_ROWS = 20_000


@requires(tied)
@require_safe
def collaborations(request: HouseRequest) -> HttpResponse:
    """Who works together in the house, and how: newest first."""
    chosen = _chosen(request)
    rows = chosen.chosen.with_parties()
    numbers = figures.by_form(chosen.matching)
    context = {
        "chosen": chosen,
        "shown": Shown,
        "page": page(rows, request.GET, field="since", newest_first=True),
        "bars": log_charts.bars(numbers),
        "total": sum(numbers.values()),
    }
    return render(request, "collaboration/collaborations.html", context)


@requires(tied)
@recent_login
@exporting
@require_safe
def log_csv(request: HouseRequest) -> HttpResponse:
    """What the same address shows as a page."""
    rows = _chosen(request).chosen.with_parties().prefetch_related("themes", "target_groups")
    name = f"samarbejder-{request.center.slug}-{clock.today().isoformat()}.csv"
    return csv_response(name, _table(rows.order_by("-since", "-id")[:MOST_ROWS]))


def _table(rows: CollaborationQuerySet) -> Iterator[Sequence[object]]:
    yield (
        _("Hvad"),
        _("Hvem"),
        _("Form"),
        _("Tilstand"),
        _("Siden"),
        _("Til"),
        _("Emne"),
        _("For hvem"),
        _("Formål"),
        _("Lært"),
        _("Registreret af huset"),
    )
    for row in rows:
        yield (
            row.title,
            ", ".join(party.actor.name for party in row.parties.all()),
            CollaborationKind(row.form).label,
            row.get_state_display(),
            row.since.isoformat(),
            row.until.isoformat() if row.until else "",
            ", ".join(str(theme) for theme in row.themes.all()),
            ", ".join(str(group) for group in row.target_groups.all()),
            row.purpose,
            row.learned,
            _("ja") if row.by_house else _("nej"),
        )


def _chosen(request: HouseRequest) -> CollaborationFilter:
    seen = Collaboration.objects.visible_to(request.access, request.center.pk)
    return CollaborationFilter(request.GET, seen, request.center)


@requires(tied)
@require_safe
def choose_form(request: HouseRequest) -> HttpResponse:
    """Statements to tick, the form or two that they point to and why, and all five to choose among."""
    agreed = KEYS.intersection(request.GET.getlist("passer"))
    context = {
        "statements": [(statement, statement.key in agreed) for statement in STATEMENTS],
        "answered": bool(agreed),
        "suggestions": suggest(agreed),
        "five": list(CollaborationKind),
    }
    return render(request, "collaboration/chooser.html", context)
