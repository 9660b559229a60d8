"""The meetings of a circle, the page of one, and answering an invitation."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from actors.meetings import actions, circles
from actors.meetings.agenda import Span
from actors.meetings.attendance import Attendance
from actors.meetings.enums import Answer
from actors.meetings.feeds import calendar_file
from actors.meetings.forms import AnswerForm
from actors.meetings.invitation import Colleagues, Invitation
from actors.meetings.models import Meeting
from actors.meetings.outline import Outline
from actors.meetings.points import of_meeting
from actors.meetings.views.shared import Rights, address, circle_of_house, rights, visible_meeting
from actors.permissions import logged_in
from actors.requests import HouseRequest
from medborger.common.access import requires
from medborger.common.errors import DomainError
from medborger.common.limits import posting
from medborger.common.pagination import page


@requires(logged_in)
@require_safe
def meetings(request: HouseRequest, hus: str, kreds: str) -> HttpResponse:
    """The coming meetings, and the past ones a page at a time."""
    circle, name = circle_of_house(request, kreds)
    seen = Meeting.objects.visible_to(request.standing, request.center).filter(circle=circle.key)
    rows = seen.select_related("center", "room")
    context = {
        "circle": circle,
        "name": name,
        "coming": rows.coming(),
        "past": page(rows.past(), request.GET, newest_first=True),
        "rights": Rights.of(request, circle),
    }
    return render(request, "meetings/meetings.html", context)


@requires(logged_in)
@require_safe
def meeting(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """When one is needed and the answer to it, the agenda, who comes, and the minutes."""
    return meeting_page(request, visible_meeting(request, pk))


def meeting_page(request: HouseRequest, meeting: Meeting, *, status: int = 200, refused: str = "") -> HttpResponse:
    """`refused` is why something that was asked for here did not happen."""
    may = rights(request, meeting)
    invitation = Invitation.of(meeting, request.standing)
    circle = circles.by_key(meeting.circle)
    sees_minutes = meeting.is_approved or may.keeps_minutes or invitation is not None
    agreed = of_meeting(meeting, request.standing, keeps_minutes=may.keeps_minutes) if sees_minutes else {}
    context = {
        "meeting": meeting,
        "circle": circle,
        "name": circle.name(request.center),
        "rights": may,
        "invitation": invitation,
        "colleagues": None if invitation else Colleagues.of(meeting, request.standing),
        "outline": Outline.of(meeting, invitation, agreed),
        "attendance": Attendance.of(meeting, names=False),
        "sees_minutes": sees_minutes,
        "refused": refused,
    }
    return render(request, "meetings/meeting.html", context, status=status)


@requires(logged_in)
@posting
@require_POST
def answer(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """Whether one comes; from the meeting's page or /mig/, and back there."""
    found = visible_meeting(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return meeting_page(request, found, status=422)
    try:
        actions.answer(meeting=found, answer=Answer(form.cleaned_data["answer"]), by=request.standing)
    except DomainError as error:
        return meeting_page(request, visible_meeting(request, pk), status=409, refused=str(error.message))
    return redirect("me" if form.cleaned_data["back"] == "me" else address(found))


@requires(logged_in)
@require_safe
def calendar_entry(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """One's own times as an .ics file, or those of one's actor; the whole meeting where neither is invited."""
    found = visible_meeting(request, pk)
    spans = _spans(request, found)
    url = request.build_absolute_uri(address(found))
    content = calendar_file(found, spans if found.stands else [], before=spans, url=url)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="moede-{found.pk}.ics"'
    return response


def _spans(request: HouseRequest, meeting: Meeting) -> list[Span]:
    if invitation := Invitation.of(meeting, request.standing):
        return invitation.place.needed
    colleagues = Colleagues.of(meeting, request.standing)
    return colleagues.spans if colleagues else [(meeting.starts_at, meeting.ends_at)]
