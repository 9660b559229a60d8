"""Pages that create, change, convene and cancel a meeting."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from actors.meetings import actions
from actors.meetings.forms import MeetingForm
from actors.meetings.meeting_access import PAGE_OR_POST, MeetingRights, address, body_of_house, meeting_to_convene
from actors.meetings.views import refused_meeting
from actors.permissions import logged_in
from actors.requests import HouseRequest
from medborger.common.errors import Stale
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, refused_on


@requires(logged_in)
@posting
@require_http_methods(PAGE_OR_POST)
def new(request: HouseRequest, kreds: str) -> HttpResponse:
    """Create a draft; its agenda comes next."""
    body, name = body_of_house(request, kreds)
    if not MeetingRights.of(request, body).convenes:
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = MeetingForm.new(data, center=request.center, body=body, title=name)
    if request.method == "POST" and form.is_valid():
        said = {"data": form.to_data(), "token": form.cleaned_data["token"], "by": request.access}
        if made := attempt(form, actions.create, center=request.center, body=body.key, **said):
            return redirect(address(made, "meeting_agenda"))
    context = {"form": form, "body": body, "name": name}
    return render(request, "meetings/edit.html", context, status=422 if form.errors else 200)


@requires(logged_in)
@posting
@require_http_methods(PAGE_OR_POST)
def change(request: HouseRequest, pk: int) -> HttpResponse:
    """Change time, place or title."""
    meeting = meeting_to_convene(request, pk)
    form = MeetingForm.of(meeting, request.POST if request.method == "POST" else None)
    status, refused = 200, ""
    if request.method == "POST" and form.is_valid():
        said = {"data": form.to_data(), "version": form.cleaned_data["version"], "by": request.access}
        try:
            if attempt(form, actions.change, meeting=meeting, **said):
                return redirect(address(meeting))
        except Stale as error:
            meeting = meeting_to_convene(request, pk)
            form, status, refused = MeetingForm.of(meeting), 409, str(error.message)
    body = meeting.body
    context = {"form": form, "meeting": meeting, "name": body.name(request.center), "refused": refused}
    return render(request, "meetings/edit.html", context, status=422 if form.errors else status)


def _convene_page(
    request: HouseRequest, pk: int, *, refused: str = "", status: int = 200, **path: object
) -> HttpResponse:
    meeting = meeting_to_convene(request, pk)
    known = set(meeting.participants.values_list("user_id", flat=True))
    invitees = list(meeting.body.invitees(request.center))
    coming = {invitee.user.pk for invitee in invitees} - known
    context = {"meeting": meeting, "count": len(coming), "invited": len(known), "refused": refused}
    return render(request, "meetings/convene.html", context, status=status)


@requires(logged_in)
@posting
@require_http_methods(PAGE_OR_POST)
@refused_on(_convene_page)
def convene(request: HouseRequest, pk: int) -> HttpResponse:
    """Show who will be invited, and invite them; again for those who have joined since."""
    if request.method != "POST":
        return _convene_page(request, pk)
    meeting = actions.convene(meeting=meeting_to_convene(request, pk), by=request.access)
    messages.success(request, _("Der er indkaldt. Hver enkelt har fået besked om, hvornår de skal bruges."))
    return redirect(address(meeting))


@requires(logged_in)
@posting
@require_http_methods(PAGE_OR_POST)
@refused_on(refused_meeting)
def cancel(request: HouseRequest, pk: int) -> HttpResponse:
    """Show what cancelling leads to, and cancel."""
    meeting = meeting_to_convene(request, pk)
    if request.method != "POST":
        context = {"meeting": meeting, "url": address(meeting, "meeting_cancel")}
        return render(request, "meetings/cancel.html", context)
    actions.cancel(meeting=meeting, by=request.access)
    return redirect(address(meeting))


@requires(logged_in)
@posting
@require_POST
@refused_on(refused_meeting)
def tell(request: HouseRequest, pk: int) -> HttpResponse:
    """Tell at once the people whose time has moved."""
    meeting = meeting_to_convene(request, pk)
    told = actions.tell(meeting=meeting, by=request.access)
    if told:
        said = ngettext(
            "%(count)s har fået besked om sin nye tid.", "%(count)s har fået besked om deres nye tid.", told
        )
        messages.success(request, said % {"count": told})
    else:
        messages.info(request, _("Ingen har fået en ny tid."))
    return redirect(address(meeting, "meeting_agenda"))
