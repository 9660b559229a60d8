"""The agenda as a page shows it: each item with its time, and whether it is for the reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from actors.meetings.action_points.action_point_rows import ActionPointRow
from actors.meetings.convening.meeting_invitations import MeetingInvitation
from actors.meetings.models import AgendaItem, Meeting
from actors.meetings.timetable import TimedItem


@dataclass(frozen=True)
class AgendaLine:
    """An item for one reader. `mine`: it is for the reader, and not for all. `points` are there where the reader may see them."""

    slot: TimedItem
    mine: bool
    points: Sequence[ActionPointRow]

    @property
    def item(self) -> AgendaItem:
        return self.slot.item

    @property
    def audience(self) -> str:
        """Whom the item concerns; empty for everyone."""
        return ", ".join(actor.name for actor in self.item.audience.all())


def agenda_lines(
    meeting: Meeting,
    invitation: MeetingInvitation | None = None,
    points: Mapping[int, Sequence[ActionPointRow]] | None = None,
) -> list[AgendaLine]:
    """Return the agenda for a reader. `points` are the action points of each item, by its id."""
    own = invitation.place.actor_ids if invitation and invitation.place else frozenset()
    return [
        AgendaLine(slot, not own.isdisjoint(slot.item.audience_ids), (points or {}).get(slot.item.pk, ()))
        for slot in meeting.slots
    ]


def overrun(meeting: Meeting) -> str:
    """Say how much longer the agenda is than the meeting; empty when it fits."""
    minutes = round((meeting.slots[-1].ends_at - meeting.ends_at).total_seconds() / 60) if meeting.slots else 0
    if minutes <= 0:
        return ""
    return ngettext(
        "Dagsordenen varer %(count)s minut længere end mødet.",
        "Dagsordenen varer %(count)s minutter længere end mødet.",
        minutes,
    ) % {"count": minutes}
