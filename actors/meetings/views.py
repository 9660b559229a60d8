"""The meetings of a body, the page of one, and answering an invitation."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from actors.meetings import actions
from actors.meetings.action_points.action_point_rows import of_meeting
from actors.meetings.agenda.agenda_outline import agenda_lines, overrun
from actors.meetings.convening.meeting_invitations import MeetingInvitation
from actors.meetings.enums import Answer
from actors.meetings.forms import AnswerForm
from actors.meetings.ics import calendar_file
from actors.meetings.meeting_access import MeetingRights, address, body_of_house, visible_meeting
from actors.meetings.minutes.attendance_lists import Attendance
from actors.meetings.models import Meeting
from actors.permissions import logged_in
from actors.requests import HouseRequest
from medborger.common.limits import posting
from medborger.common.pagination import page
from medborger.common.permissions import requires
from medborger.common.refusals import refused_on


@requires(logged_in)
@require_safe
def meetings(request: HouseRequest, kreds: str) -> HttpResponse:
    """List the coming meetings, and the past ones a page at a time."""
    body, name = body_of_house(request, kreds)
    seen = Meeting.objects.visible_to(request.access, request.center).filter(circle=body.key)
    rows = seen.select_related("center", "room")
    context = {
        "body": body,
        "name": name,
        "coming": rows.coming(),
        "past": page(rows.past(), request.GET, newest_first=True),
        "rights": MeetingRights.of(request, body),
    }
    return render(request, "meetings/meetings.html", context)


@requires(logged_in)
@require_safe
def meeting(request: HouseRequest, pk: int) -> HttpResponse:
    """Show when the reader is needed, the agenda, who comes, and the minutes."""
    return meeting_page(request, visible_meeting(request, pk))


def meeting_page(request: HouseRequest, meeting: Meeting, *, status: int = 200, refused: str = "") -> HttpResponse:
    """`refused` says why an action on this page was refused."""
    body = meeting.body
    may = MeetingRights.of(request, body)
    invitation = MeetingInvitation.of(meeting, request.access)
    invited = invitation is not None and invitation.place is not None
    sees_minutes = meeting.is_approved or may.keeps_minutes or invited
    agreed = of_meeting(meeting, request.access, keeps_minutes=may.keeps_minutes) if sees_minutes else {}
    context = {
        "meeting": meeting,
        "body": body,
        "name": body.name(request.center),
        "rights": may,
        "invitation": invitation,
        "lines": agenda_lines(meeting, invitation, agreed),
        "overrun": overrun(meeting),
        "attendance": Attendance.of(meeting, names=False),
        "sees_minutes": sees_minutes,
        "refused": refused,
    }
    return render(request, "meetings/meeting.html", context, status=status)


def refused_meeting(request: HouseRequest, pk: int, *, refused: str, status: int, **path: object) -> HttpResponse:
    """Show the meeting as it is now, with what was refused."""
    return meeting_page(request, visible_meeting(request, pk), status=status, refused=refused)


@requires(logged_in)
@posting
@require_POST
@refused_on(refused_meeting)
def answer(request: HouseRequest, pk: int) -> HttpResponse:
    """Save whether the person comes; from the meeting's page or /mig/, and back there."""
    found = visible_meeting(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return meeting_page(request, found, status=422)
    actions.answer(meeting=found, answer=Answer(form.cleaned_data["answer"]), by=request.access)
    return redirect("me" if form.cleaned_data["back"] == "me" else address(found))


@requires(logged_in)
@require_safe
def calendar_entry(request: HouseRequest, pk: int) -> HttpResponse:
    """Return the person's own times as an .ics file, or those of their actor; the whole meeting where neither is invited."""
    found = visible_meeting(request, pk)
    invitation = MeetingInvitation.of(found, request.access)
    spans = invitation.spans if invitation else [(found.starts_at, found.ends_at)]
    url = request.build_absolute_uri(address(found))
    content = calendar_file(found, spans if found.stands else [], before=spans, url=url)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="moede-{found.pk}.ics"'
    return response
