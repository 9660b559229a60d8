"""The bodies that hold meetings. The app of a body registers it, and says who may do what at its meetings.

A meeting carries only the key of its body. No query finds a meeting whose key nobody added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from actors.meetings.enums import ItemKind
from medborger.common.registry import Registry

if TYPE_CHECKING:
    from actors.access import Access
    from actors.meetings.models import Meeting
    from actors.models import Actor, User
    from centers.models import Center, Room

# Of an agenda item.
TITLE_LENGTH = 120


@dataclass(frozen=True)
class Invitee:
    """Somebody to be invited, for an actor or (None) in their own right; `capacity` is then their role: formand, koordinator. A person
    who comes for several actors is named once for each."""

    user: User
    actor: Actor | None = None
    capacity: str = ""


@dataclass(frozen=True)
class ItemData:
    """An item to be put on the agenda. `about` is the path of the page it is about: the agenda links to it, and holds one item of it."""

    title: str
    text: str = ""
    kind: ItemKind = ItemKind.DISCUSSION
    minutes_needed: int = 15
    owner: Actor | None = None
    audience: tuple[Actor, ...] = ()
    about: str = ""

    @property
    def columns(self) -> dict[str, object]:
        """Return the columns that can be changed later, except for the audience. The title is cut to the length of the column."""
        names = ("text", "kind", "minutes_needed", "owner")
        return {"title": self.title[:TITLE_LENGTH], **{name: getattr(self, name) for name in names}}


@dataclass(frozen=True)
class NextTime:
    """When and where a body has agreed to meet next; `starts_at` and `ends_at` in UTC."""

    starts_at: datetime
    ends_at: datetime
    room: Room | None = None
    place: str = ""


@dataclass(frozen=True)
class MeetingBody:
    """A body: the council, the coordination forum.

    `key` is what its meetings carry, `slug` its word in addresses. `name` is what the house calls it, None where the house has no
    such body. `may_see` is about meetings that have been convened; drafts are seen by those who may convene. Participants see
    their meeting in any case. `subjects` are offered to whoever makes the agenda, the most pressing first.

    `home` is the route of the body's own page. `default_owner` does what a meeting agrees when nobody else says yes; None: the house,
    whoever coordinates it. `next_time` is when the body has agreed to meet next.
    """

    key: str
    slug: str
    name: Callable[[Center], str | None]
    may_convene: Callable[[Access, Center], bool]
    may_see: Callable[[Access, Center], bool]
    may_keep_minutes: Callable[[Access, Center], bool]
    invitees: Callable[[Center], Iterable[Invitee]]
    subjects: Callable[[Meeting], Iterable[ItemData]]
    home: str = ""
    default_owner: Callable[[Center], User | None] = lambda center: None
    next_time: Callable[[Center], NextTime | None] = lambda center: None


bodies: Registry[MeetingBody] = Registry("meeting_body", name=lambda body: body.key)


def by_key(key: str) -> MeetingBody:
    """Raises KeyError for one that nobody added."""
    return bodies[key]


def by_slug(slug: str) -> MeetingBody | None:
    return next((body for body in bodies if body.slug == slug), None)


def of_house(center: Center) -> Iterator[MeetingBody]:
    """The bodies that the house has."""
    return (body for body in bodies if body.name(center) is not None)
