"""The handover to the next holder, to print: how often it meets, who is in it, what is open, what was agreed (S1666-80)."""

from __future__ import annotations

from dataclasses import dataclass

from actors.access import Access
from actors.meetings.action_points import action_point_rows
from actors.meetings.action_points.action_point_rows import ActionPointRow
from actors.meetings.agenda.agenda_suggestions import not_reached
from actors.meetings.models import AgendaItem
from collaboration.enums import CollaborationState
from collaboration.forum import cadence, forum_page
from collaboration.forum.enums import KEY
from collaboration.forum.forum_page import ForumProposal
from collaboration.forum.models import Forum, ForumMember, ProposedItem
from collaboration.models import Collaboration
from medborger.common import clock

MOST_DECISIONS = 20


@dataclass(frozen=True)
class File:
    forum: Forum
    cadence: str
    members: list[ForumMember]
    proposals: list[ForumProposal]
    not_reached: list[AgendaItem]
    agreed: list[ActionPointRow]
    collaborations: list[Collaboration]
    decisions: list[AgendaItem]

    @classmethod
    def of(cls, forum: Forum, access: Access) -> File:
        going = Collaboration.objects.filter(center=forum.center, state=CollaborationState.GOING).select_related(
            "next_step_owner"
        )
        return cls(
            forum=forum,
            cadence=cadence.words(forum.cadence),
            members=forum_page.members_of(forum),
            proposals=forum_page.proposals(ProposedItem.objects.filter(center=forum.center).waiting(), access),
            not_reached=not_reached(forum.center, KEY, clock.now()),
            agreed=action_point_rows.rows(forum_page.open_points(forum, access), access, on_paper=True),
            collaborations=list(going.prefetch_related("actors").order_by("title", "pk")),
            decisions=list(forum_page.decisions(forum, access)[:MOST_DECISIONS]),
        )
