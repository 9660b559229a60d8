"""Find a meeting for a person, and what they may do with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from actors.meetings import meeting_bodies
from actors.meetings.meeting_bodies import MeetingBody
from actors.meetings.models import AgendaItem, Meeting
from actors.requests import HouseRequest
from medborger.common.limits import limited

PAGE_OR_POST = ["GET", "HEAD", "POST"]
# Minutes save themselves while they are being written.
limit_minutes = limited("minutes", "240/m", posts_only=True)


@dataclass(frozen=True)
class MeetingRights:
    """What the person may do with the meetings of a body in the house."""

    convenes: bool
    keeps_minutes: bool

    @classmethod
    def of(cls, request: HouseRequest, body: MeetingBody) -> MeetingRights:
        access, center = request.access, request.center
        return cls(body.may_convene(access, center), body.may_keep_minutes(access, center))


def address(meeting: Meeting, name: str = "meeting") -> str:
    """The path of a meeting's page, or of one of the pages under it."""
    return reverse(name, kwargs={"hus": meeting.center.slug, "pk": meeting.pk})


def body_of_house(request: HouseRequest, slug: str) -> tuple[MeetingBody, str]:
    """The body and what the house calls it, if its meetings may be seen. Raises Http404."""
    body = meeting_bodies.by_slug(slug)
    name = body.name(request.center) if body else None
    if body is None or name is None or not body.may_see(request.access, request.center):
        raise Http404
    request.page_of = body.home
    return body, name


def visible_meeting(request: HouseRequest, pk: int) -> Meeting:
    """The meeting, if the person may open its page. Raises Http404."""
    meetings = Meeting.objects.visible_to(request.access, request.center).with_agenda()
    meeting: Meeting = get_object_or_404(meetings, pk=pk)
    meeting.center = request.center
    request.page_of = meeting.body.home
    return meeting


def meeting_to_convene(request: HouseRequest, pk: int) -> Meeting:
    """The meeting, for who may convene it. Raises Http404 where it is hidden, else PermissionDenied."""
    meeting = visible_meeting(request, pk)
    if not MeetingRights.of(request, meeting.body).convenes:
        raise PermissionDenied
    return meeting


def meeting_to_minute(request: HouseRequest, pk: int) -> Meeting:
    """The meeting, for who may keep its minutes. Raises Http404 where it is hidden, else PermissionDenied."""
    meeting = visible_meeting(request, pk)
    if not MeetingRights.of(request, meeting.body).keeps_minutes:
        raise PermissionDenied
    return meeting


def item_of(meeting: Meeting, pk: int) -> AgendaItem:
    """One of the meeting's items. Raises Http404."""
    for item in meeting.items.all():
        if item.pk == pk:
            item.meeting = meeting
            return item
    raise Http404
