"""Action points as the pages show them: whose they are, whether they are late, and what the reader may do."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from actors.access import Access
from actors.meetings.models import ActionPoint, Meeting
from medborger.common import phrases


@dataclass(frozen=True)
class ActionPointRow:
    """An action point for one reader. `owner` is named as far as the reader may know."""

    point: ActionPoint
    owner: str
    may_close: bool

    @property
    def due(self) -> str:
        return phrases.day_words(self.point.due_on)

    @property
    def may_undo(self) -> bool:
        return self.may_close and self.point.can_reopen


def rows(
    points: Iterable[ActionPoint], access: Access, *, keeps_minutes: bool = False, on_paper: bool = False
) -> list[ActionPointRow]:
    """Return the points for a reader; they are read with their owner. `keeps_minutes`: the reader keeps the minutes of their meetings.
    `on_paper`: the list is printed for others, so nothing depends on the reader's own points."""
    return [_row(point, access, keeps_minutes, on_paper) for point in points]


def of_meeting(meeting: Meeting, access: Access, *, keeps_minutes: bool) -> dict[int, list[ActionPointRow]]:
    """Return the points of each item by its id, read in one statement."""
    found = defaultdict(list)
    points = ActionPoint.objects.filter(meeting=meeting).select_related("owner_actor", "owner_user")
    for row in rows(points, access, keeps_minutes=keeps_minutes):
        row.point.meeting = meeting
        found[row.point.item_id].append(row)
    return dict(found)


def owner_name(point: ActionPoint, *, names: bool = False) -> str:
    """Return who does it. Actors are named to all, persons only where `names` says so: others read that the house does it."""
    if point.owner_actor is not None:
        return point.owner_actor.name
    if names and point.owner_user is not None:
        return point.owner_user.first_name or str(point.owner_user)
    return _("Huset")


def _row(point: ActionPoint, access: Access, keeps_minutes: bool, on_paper: bool) -> ActionPointRow:
    staff = access.is_staff_in(point.center_id)
    own = point.owner_user_id is not None and point.owner_user_id == access.user.pk
    mine = own or point.owner_actor_id in access.actor_ids
    owner = owner_name(point, names=staff or own)
    if own and not on_paper:
        owner = _("%(name)s (dig)") % {"name": owner}
    may_close = not on_paper and (staff or mine or keeps_minutes)
    return ActionPointRow(point, owner, may_close)
