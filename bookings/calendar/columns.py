"""The rooms of a house as the calendar's columns: each room, its parts after it, and the divided hall as a whole."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import get_language, gettext as _

from centers.models import Facility, Room
from medborger.common.names import sort_key

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from actors.access import Access
    from actors.models import User


class Booker(Enum):
    """Who may follow a free stretch to the booking form."""

    NOBODY = "logged in, but without an actor in the house"
    VISITOR = "not logged in: the link leads to the log-in"
    ACTORS = "somebody who acts for actors in the house"
    STAFF = "the house's staff"

    @classmethod
    def of(cls, user: User | AnonymousUser, access: Access, center_id: int) -> Booker:
        if not user.is_authenticated:
            return cls.VISITOR
        if access.is_staff_in(center_id):
            return cls.STAFF
        return cls.ACTORS if access.actors_in(center_id) else cls.NOBODY


@dataclass(frozen=True, slots=True)
class RoomColumn:
    """A room. `leaves` are the rooms that a booking of it holds: its parts, or itself."""

    pk: int
    slug: str
    name: str
    capacity: int
    leaves: frozenset[int]
    setup: int
    cleanup: int
    bookable: bool
    held: bool  # an actor has it for its own
    facilities: frozenset[str]

    @property
    def is_whole(self) -> bool:
        return self.leaves != {self.pk}


class _Row(NamedTuple):
    pk: int
    slug: str
    name: str
    part_of: int | None
    capacity: int
    setup: int
    cleanup: int
    bookable: bool
    holder: int | None
    offers: list[dict[str, str]]


_SOURCES = (
    "pk",
    "slug",
    "name",
    "part_of_id",
    "capacity",
    "setup_minutes",
    "cleanup_minutes",
    "bookable",
    "holder__actor_id",
    "offers",
)


def read(center_id: int, booker: Booker, actor_ids: frozenset[int]) -> tuple[list[RoomColumn], dict[str, str]]:
    """The house's rooms in use and the names of their facilities by slug, in one statement."""
    offers = Facility.objects.filter(rooms=OuterRef("pk")).values(
        offer=JSONObject(slug="slug", name="name_en" if get_language() == "en" else "name")
    )
    rows = [
        _Row._make(row)
        for row in Room.objects.in_use()
        .filter(center_id=center_id)
        .annotate(offers=ArraySubquery(offers))
        .order_by("position", "pk")
        .values_list(*_SOURCES)
    ]
    parts: dict[int, list[int]] = defaultdict(list)
    for room in rows:
        if room.part_of:
            parts[room.part_of].append(room.pk)
    facilities = {offer["slug"]: offer["name"] for room in rows for offer in room.offers}
    columns = [
        RoomColumn(
            pk=room.pk,
            slug=room.slug,
            name=_("%(room)s (hele)") % {"room": room.name} if room.pk in parts else room.name,
            capacity=room.capacity,
            leaves=frozenset(parts.get(room.pk, [room.pk])),
            setup=room.setup,
            cleanup=room.cleanup,
            bookable=_may_book(room, booker, actor_ids),
            held=room.holder is not None,
            facilities=frozenset(offer["slug"] for offer in room.offers),
        )
        for room in _parts_after_their_whole(rows)
    ]
    return columns, dict(sorted(facilities.items(), key=lambda facility: sort_key(facility[1])))


def _parts_after_their_whole(rows: list[_Row]) -> list[_Row]:
    place = {room.pk: number for number, room in enumerate(rows)}
    return sorted(rows, key=lambda room: (place.get(room.part_of or room.pk, place[room.pk]), room.part_of is not None))


def _may_book(room: _Row, booker: Booker, actor_ids: frozenset[int]) -> bool:
    if booker is Booker.STAFF:
        return True
    if booker is Booker.ACTORS and room.holder in actor_ids:
        return True
    return room.bookable and booker is not Booker.NOBODY
