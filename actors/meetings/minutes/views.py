"""Pages of the minutes: write them, tick who is present, approve and send."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.meetings import actions, errors
from actors.meetings.action_points.action_point_rows import of_meeting
from actors.meetings.action_points.forms import ActionPointForm, Candidates
from actors.meetings.agenda.agenda_outline import agenda_lines
from actors.meetings.forms import AttendanceForm, MinutesForm
from actors.meetings.meeting_access import PAGE_OR_POST, address, item_of, limit_minutes, meeting_to_minute
from actors.meetings.minutes.attendance_lists import Attendance
from actors.meetings.models import AgendaItem
from actors.meetings.views import meeting_page, refused_meeting
from actors.permissions import logged_in
from actors.requests import HouseRequest
from medborger.common.errors import Stale
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import refused_on


@requires(logged_in)
@require_safe
@refused_on(refused_meeting)
def minutes(request: HouseRequest, pk: int) -> HttpResponse:
    """Show all items, each with a form of its own."""
    meeting = meeting_to_minute(request, pk)
    if not meeting.takes_minutes:
        raise errors.MinutesClosed
    agreed = of_meeting(meeting, request.access, keeps_minutes=True)
    candidates = Candidates(meeting, request.access)
    lines = agenda_lines(meeting, points=agreed)
    context = {
        "meeting": meeting,
        "parts": [(line, MinutesForm.of(line.item), ActionPointForm.new(line.item, candidates)) for line in lines],
        "attendance": Attendance.of(meeting, names=True),
    }
    return render(request, "meetings/minutes.html", context)


def _not_saved(request: HouseRequest, pk: int, *, refused: str, status: int, **path: object) -> HttpResponse:
    if request.htmx:
        return render(request, "meetings/_not_saved.html", {"text": refused}, status=status)
    return refused_meeting(request, pk, refused=refused, status=status)


@requires(logged_in)
@limit_minutes
@require_http_methods(PAGE_OR_POST)
@refused_on(_not_saved)
def item_minutes(request: HouseRequest, pk: int, item: int) -> HttpResponse:
    """Save the minutes of one item. htmx, which sends them while they are written, gets a line that says whether they were saved."""
    meeting = meeting_to_minute(request, pk)
    found = item_of(meeting, item)
    if not meeting.takes_minutes:
        raise errors.MinutesClosed
    if request.method != "POST":
        return _item_page(request, found, MinutesForm.of(found))
    form = MinutesForm.of(found, request.POST)
    if not form.is_valid():
        return _refused(request, found, form, status=422)
    try:
        saved = actions.save_minutes(item=found, by=request.access, **form.cleaned_data)
    except Stale as error:
        return _refused(request, found, form, saved=error.current, status=409)
    if request.htmx:
        return render(request, "meetings/_saved.html", {"item": saved, "version": saved.minutes_version})
    return redirect(f"{address(meeting, 'meeting_minutes')}#punkt-{saved.pk}")


@requires(logged_in)
@posting
@require_POST
@refused_on(_not_saved)
def attendance(request: HouseRequest, pk: int) -> HttpResponse:
    """Save who is present."""
    meeting = meeting_to_minute(request, pk)
    form = AttendanceForm(request.POST, people=meeting.participants.values_list("pk", flat=True))
    if not form.is_valid():
        return meeting_page(request, meeting, status=422)
    actions.attend(meeting=meeting, came=form.came, left=form.left, by=request.access)
    return redirect(address(meeting, "meeting_minutes"))


@requires(logged_in)
@posting
@require_http_methods(PAGE_OR_POST)
@refused_on(refused_meeting)
def approve(request: HouseRequest, pk: int) -> HttpResponse:
    """Show what approving leads to, and approve."""
    meeting = meeting_to_minute(request, pk)
    if request.method != "POST":
        context = {"meeting": meeting, "url": address(meeting, "meeting_approve")}
        return render(request, "meetings/approve.html", context)
    actions.approve(meeting=meeting, by=request.access)
    return redirect(address(meeting))


@requires(logged_in)
@posting
@require_http_methods(PAGE_OR_POST)
@refused_on(refused_meeting)
def send(request: HouseRequest, pk: int) -> HttpResponse:
    """Show to whom the approved minutes will be sent, and send them once."""
    meeting = meeting_to_minute(request, pk)
    if not meeting.is_approved:
        raise errors.NotApprovedYet
    if request.method != "POST":
        return render(request, "meetings/send.html", {"meeting": meeting, "count": len(actions.readers(meeting))})
    sent = actions.send(meeting=meeting, by=request.access)
    if sent:
        said = ngettext("Referatet er sendt til %(count)s.", "Referatet er sendt til %(count)s personer.", sent)
        messages.success(request, said % {"count": sent})
    return redirect(address(meeting))


def _refused(
    request: HouseRequest, item: AgendaItem, form: MinutesForm, *, status: int, saved: AgendaItem | None = None
) -> HttpResponse:
    """Nothing was written. `saved` is what another has saved meanwhile: the page shows both texts, ready to be made one."""
    if request.htmx:
        return render(request, "meetings/_not_saved.html", {"item": item, "form": form, "saved": saved}, status=status)
    if saved is not None:
        form = MinutesForm.of(saved, form.cleaned_data | {"version": saved.minutes_version})
    return _item_page(request, item, form, status=status, saved=saved)


def _item_page(
    request: HouseRequest, item: AgendaItem, form: MinutesForm, *, status: int = 200, saved: AgendaItem | None = None
) -> HttpResponse:
    context = {"meeting": item.meeting, "item": item, "form": form, "saved": saved}
    return render(request, "meetings/item_minutes.html", context, status=status)
