"""The forum's page: when it meets next and when one is needed, what waits, who is in it, what it decided, what it agreed to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from actors.access import Access
from actors.meetings.action_points import action_point_rows
from actors.meetings.action_points.action_point_rows import ActionPointRow
from actors.meetings.convening.meeting_invitations import MeetingInvitation
from actors.meetings.models import ActionPoint, AgendaItem, Meeting
from centers.hours import holiday_name
from collaboration.forum import cadence, lapse
from collaboration.forum.actions import address
from collaboration.forum.enums import KEY
from collaboration.forum.lapse import Alarm, Alert, ForumState
from collaboration.forum.models import Forum, ForumMember, ProposedItem
from collaboration.forum.permissions import coordinates, holds, keeps
from medborger.common import clock, phrases

MOST = 5


@dataclass(frozen=True)
class ForumRights:
    """What the person may do with the forum; `knows_holder`: may read who holds it, since they must know whom to ask."""

    keeps: bool
    coordinates: bool
    holds: bool
    knows_holder: bool

    @classmethod
    def of(cls, access: Access, forum: Forum, members: Iterable[ForumMember]) -> ForumRights:
        own = access.actors_in(forum.center_id)
        return cls(
            keeps=keeps(access, forum.center),
            coordinates=coordinates(access, forum.center),
            holds=holds(access, forum),
            knows_holder=access.is_staff_in(forum.center_id) or any(member.actor_id in own for member in members),
        )


@dataclass(frozen=True)
class ForumProposal:
    """What was proposed, and what became of it."""

    item: ProposedItem
    meeting: Meeting | None = None

    @property
    def state(self) -> tuple[str, str, str]:
        """The level, the icon and the word that it is shown by."""
        if self.item.withdrawn_at:
            return "", "close", _("Trukket tilbage")
        if self.item.declined_at:
            return "", "close", _("Tages ikke op")
        if self.item.reached_at:
            return "success", "check", _("Taget op")
        if self.meeting is not None:
            day = phrases.date_words(clock.local(self.meeting.starts_at).date())
            return "info", "calendar-month", _("På dagsordenen %(day)s") % {"day": day}
        return "", "hourglass", _("Venter")


@dataclass(frozen=True)
class ForumPage:
    """`alerts` are for who keeps it; that it has lapsed is for all. `next_due` is when it should meet next, where nothing is planned;
    `holiday` is what that day is called, if it is one."""

    forum: Forum
    rights: ForumRights
    alerts: list[Alert]
    next_meeting: Meeting | None
    invitation: MeetingInvitation | None
    next_due: date
    members: list[ForumMember]
    proposals: list[ForumProposal]
    decisions: list[AgendaItem]
    agreed: list[ActionPointRow]

    @property
    def cadence(self) -> str:
        return cadence.words(self.forum.cadence)

    @property
    def due_words(self) -> str:
        return phrases.day_words(self.next_due)

    @property
    def holiday(self) -> str:
        return holiday_name(self.next_due, self.forum.center.optional_holidays)


def of(state: ForumState, forum: Forum, access: Access) -> ForumPage:
    """Read with a number of statements that does not depend on how much there is."""
    members = members_of(forum)
    coming = Meeting.objects.visible_to(access, forum.center).filter(circle=KEY).coming()
    meeting = coming.with_agenda().first()
    rights = ForumRights.of(access, forum, members)
    return ForumPage(
        forum=forum,
        rights=rights,
        alerts=[alert for alert in lapse.warnings(state) if rights.keeps or alert.alarm == Alarm.LAPSED],
        next_meeting=meeting,
        invitation=MeetingInvitation.of(meeting, access) if meeting else None,
        next_due=cadence.next_due(forum.cadence, clock.today()),
        members=members,
        proposals=proposals(ProposedItem.objects.visible_to(access, forum.center).waiting(), access),
        decisions=list(decisions(forum, access)[:MOST]),
        agreed=action_point_rows.rows(open_points(forum, access)[:MOST], access, keeps_minutes=rights.keeps),
    )


def members_of(forum: Forum) -> list[ForumMember]:
    rows = ForumMember.objects.in_force().filter(forum=forum).select_related("actor")
    return list(rows.order_by("actor__sort_key", "pk"))


def proposals(items: QuerySet[ProposedItem], access: Access) -> list[ForumProposal]:
    """Each with the meeting whose agenda it is on, as far as the reader may see it."""
    found = list(items.select_related("center", "owner", "proposed_for").prefetch_related("audience"))
    if not found:
        return []
    coming = Meeting.objects.visible_to(access, found[0].center).filter(circle=KEY).coming()
    on = AgendaItem.objects.filter(
        meeting__in=coming.order_by().values("pk"), about__in=[address(item) for item in found]
    )
    meetings = {item.about: item.meeting for item in on.select_related("meeting")}
    return [ForumProposal(item, meetings.get(address(item))) for item in found]


def decisions(forum: Forum, access: Access) -> QuerySet[AgendaItem]:
    """What it decided at meetings whose minutes are approved, the latest first."""
    seen = Meeting.objects.visible_to(access, forum.center).filter(circle=KEY, minutes_approved_at__isnull=False)
    decided = AgendaItem.objects.filter(meeting__in=seen.values("pk")).exclude(decision="").select_related("meeting")
    return decided.order_by("-meeting__starts_at", "position")


def open_points(forum: Forum, access: Access) -> QuerySet[ActionPoint]:
    seen = ActionPoint.objects.visible_to(access, forum.center).filter(meeting__circle=KEY)
    return seen.open().with_owner().order_by("due_on", "id")
