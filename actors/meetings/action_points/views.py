"""Pages of action points: written under the items of the minutes, listed for the house, closed with one click."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.meetings import actions, errors
from actors.meetings.action_points import action_point_rows
from actors.meetings.action_points.forms import ActionPointForm, BackForm, Candidates
from actors.meetings.meeting_access import PAGE_OR_POST, address, item_of, meeting_to_minute
from actors.meetings.models import ActionPoint
from actors.meetings.views import meeting_page
from actors.permissions import logged_in, tied
from actors.requests import HouseRequest, redirect_in_house
from medborger.common.limits import posting
from medborger.common.pagination import page
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, refused_on

MOST = 200


@requires(tied)
@require_safe
def action_points(request: HouseRequest) -> HttpResponse:
    """List what is open by its day, what is done a page at a time, and the person's own."""
    shown = request.GET.get("vis", "")
    seen = ActionPoint.objects.visible_to(request.access, request.center).with_owner()
    done = None
    if shown == "loeste":
        done = page(seen.filter(done_at__isnull=False), request.GET, field="done_at", newest_first=True)
    elif shown == "mine":
        seen = seen.mine(request.access, request.center)
    found = done.rows if done else seen.open().order_by("due_on", "id")[:MOST]
    context = {
        "rows": action_point_rows.rows(found, request.access),
        "done": done,
        "shown": shown if shown in ("mine", "loeste") else "",
        "filters": [("", _("Åbne")), ("mine", _("Mine")), ("loeste", _("Løste"))],
    }
    return render(request, "meetings/points.html", context)


@requires(logged_in)
@posting
@require_http_methods(PAGE_OR_POST)
def new(request: HouseRequest, pk: int, item: int) -> HttpResponse:
    """Write a point under an item; the form is on the page of the minutes too."""
    meeting = meeting_to_minute(request, pk)
    found = item_of(meeting, item)
    if not meeting.takes_minutes:
        return meeting_page(request, meeting, status=409, refused=str(errors.MinutesClosed()))
    data = request.POST if request.method == "POST" else None
    form = ActionPointForm.new(found, Candidates(meeting, request.access), data)
    if request.method == "POST" and form.is_valid():
        said = {"data": form.to_data(), "token": form.cleaned_data["token"], "by": request.access}
        if attempt(form, actions.add_point, item=found, **said):
            return redirect(f"{address(meeting, 'meeting_minutes')}#punkt-{found.pk}")
    context = {"meeting": meeting, "item": found, "form": form}
    return render(request, "meetings/point_new.html", context, status=422 if form.errors else 200)


def _refused(request: HouseRequest, pk: int, *, refused: str, status: int, **path: object) -> HttpResponse:
    return _point_page(request, visible_point(request, pk), refused=refused, status=status)


@requires(logged_in)
@posting
@require_http_methods(PAGE_OR_POST)
@refused_on(_refused)
def action_point(request: HouseRequest, pk: int) -> HttpResponse:
    """Show a point; who keeps the minutes may change it."""
    point = visible_point(request, pk)
    if request.method != "POST":
        return _point_page(request, point)
    if not _keeps(request, point):
        raise PermissionDenied
    form = ActionPointForm.of(point, Candidates(point.meeting, request.access), request.POST)
    if not form.is_valid():
        return _point_page(request, point, form=form, status=422)
    said = {"data": form.to_data(), "version": form.cleaned_data["version"], "by": request.access}
    if attempt(form, actions.change_point, point=point, **said):
        return redirect_in_house(request, "action_point", pk)
    return _point_page(request, point, form=form, status=422)


@requires(logged_in)
@posting
@require_POST
@refused_on(_refused)
def close(request: HouseRequest, pk: int) -> HttpResponse:
    """Mark the point as done."""
    point = visible_point(request, pk)
    actions.close_point(point=point, by=request.access)
    return _back(request, point)


@requires(logged_in)
@posting
@require_POST
@refused_on(_refused)
def reopen(request: HouseRequest, pk: int) -> HttpResponse:
    """Undo the closing, within ten minutes."""
    point = visible_point(request, pk)
    actions.reopen_point(point=point, by=request.access)
    return _back(request, point)


@requires(logged_in)
@posting
@require_POST
@refused_on(_refused)
def remove(request: HouseRequest, pk: int) -> HttpResponse:
    """Delete the point, until the minutes are approved."""
    point = visible_point(request, pk)
    actions.remove_point(point=point, by=request.access)
    messages.success(request, _("Opgaven er slettet."))
    return redirect(address(point.meeting, "meeting_minutes"))


def visible_point(request: HouseRequest, pk: int) -> ActionPoint:
    """The action point, if the person may see it. Raises Http404."""
    rows = ActionPoint.objects.visible_to(request.access, request.center).with_owner()
    point: ActionPoint = get_object_or_404(rows, pk=pk)
    point.center = request.center
    return point


def _back(request: HouseRequest, point: ActionPoint) -> HttpResponse:
    """Go back to the page that the button stands on."""
    form = BackForm(request.POST)
    back = form.cleaned_data["back"] if form.is_valid() else ""
    if back == "me":
        return redirect("me")
    if back == "list":
        return redirect_in_house(request, "action_points")
    if back == "meeting":
        return redirect(f"{address(point.meeting)}#punkt-{point.item_id}")
    return redirect_in_house(request, "action_point", point.pk)


def _keeps(request: HouseRequest, point: ActionPoint) -> bool:
    return point.meeting.body.may_keep_minutes(request.access, request.center)


def _point_page(
    request: HouseRequest,
    point: ActionPoint,
    *,
    form: ActionPointForm | None = None,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    keeps = _keeps(request, point)
    if keeps and form is None and not point.is_done:
        form = ActionPointForm.of(point, Candidates(point.meeting, request.access))
    context: dict[str, Any] = {
        "row": action_point_rows.rows([point], request.access, keeps_minutes=keeps)[0],
        "point": point,
        "form": form,
        "refused": refused,
        "keeps": keeps,
        "sees_meeting": keeps or request.access.is_tied_to(request.center.pk),
    }
    return render(request, "meetings/point.html", context, status=status)
