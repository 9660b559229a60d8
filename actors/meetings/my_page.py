"""The meetings that a person is invited to and the action points that wait for them, over all houses, for /mig/."""

from django.db.models import Prefetch, Q

from actors.meetings.action_points.action_point_rows import rows
from actors.meetings.convening.meeting_invitations import MeetingInvitation
from actors.meetings.models import UNDO_FOR, ActionPoint, Meeting, Participant
from actors.my_page import Section, sections
from actors.requests import PersonRequest
from medborger.common import clock

MOST = 10


@sections.register(order=40)
def my_meetings(request: PersonRequest) -> Section | None:
    """Return when the person is needed, and the buttons to answer: six statements, however many meetings."""
    meetings = Prefetch("meeting", queryset=Meeting.objects.with_agenda())
    places = Participant.objects.waiting_for(request.user).prefetch_related(meetings, "actors")[:MOST]
    invitations = [MeetingInvitation.of_place(place) for place in places]
    return Section("meetings/_me.html", {"invitations": invitations}) if invitations else None


@sections.register(order=50)
def my_points(request: PersonRequest) -> Section | None:
    """Return what the person has taken on, the first day first, and what can still be reopened; in one statement."""
    open_or_new = Q(done_at=None) | Q(done_at__gt=clock.now() - UNDO_FOR)
    own = ActionPoint.objects.waiting_for(request.access).filter(open_or_new, center__retired_at=None)
    found = rows(own.with_owner().select_related("center").order_by("due_on", "id")[:MOST], request.access)
    return Section("meetings/_my_points.html", {"rows": found}) if found else None
