"""The meetings one is invited to, over all houses, for /mig/."""

from __future__ import annotations

from django.db.models import Prefetch

from actors.me import Section
from actors.meetings.invitation import Invitation
from actors.meetings.models import Meeting, Participant
from actors.requests import PersonRequest

MOST = 10


def my_meetings(request: PersonRequest) -> Section | None:
    """When one is needed, and the buttons to answer: six statements, however many meetings."""
    meetings = Prefetch("meeting", queryset=Meeting.objects.with_agenda())
    places = Participant.objects.waiting_for(request.user).prefetch_related(meetings, "actors")[:MOST]
    invitations = [Invitation(place) for place in places]
    return Section("meetings/_me.html", {"invitations": invitations}) if invitations else None
