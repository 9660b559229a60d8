"""A person's part in a council, read once per request by one statement, never from the session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from actors.council.enums import HolderRole, Movers
from actors.council.models import Council, Seat
from actors.models import User
from medborger.common.errors import NotAllowed

if TYPE_CHECKING:
    from actors.access import Access
    from actors.council.models import Orders


@dataclass(frozen=True)
class CouncilMember:
    """A person as the council sees them.

    `seats` are those of the person's actors and those the person holds, by id; `parts` says which of them the person holds, and as
    representative or deputy.
    """

    council: Council
    access: Access
    seats: Mapping[int, Seat]
    parts: Mapping[int, HolderRole]

    @classmethod
    def of(cls, access: Access, council: Council) -> CouncilMember:
        """Read what the person is in the council.

        A visitor has no seats; who has left the house or has a role in it has none in a board.
        """
        own_actors = access.actors_in(council.center_id)
        user_id = access.user.pk
        if user_id is None or not access.is_tied_to(council.center_id):
            return cls(council, access, {}, {})
        seats = (
            Seat.objects.in_force()
            .filter(Q(actor__in=own_actors) | Q(actor=None), council=council)
            .with_part_of(user_id)
            .in_danish_order()
        )
        works_here = access.is_staff_in(council.center_id)
        as_what = {seat.pk: seat.held_as for seat in seats if seat.actor_id or not works_here}
        own = {seat.pk: seat for seat in seats if seat.actor_id or as_what.get(seat.pk)}
        return cls(council, access, own, {pk: HolderRole(part) for pk, part in as_what.items() if part})

    @property
    def person(self) -> User:
        """The person who acts. Raises NotAllowed for a visitor."""
        user = self.access.user
        if not isinstance(user, User):
            raise NotAllowed
        return user

    @property
    def own_seats(self) -> list[int]:
        """The seats whose votes and drafts the person may see."""
        return list(self.seats)

    @property
    def holds_a_seat(self) -> bool:
        return bool(self.parts)

    def part_on(self, seat_id: int) -> HolderRole | None:
        return self.parts.get(seat_id)

    def holds(self, seat_id: int) -> bool:
        return seat_id in self.parts

    @property
    def held_seats(self) -> list[Seat]:
        return [self.seats[pk] for pk in self.parts]

    @property
    def chair_held(self) -> Seat | None:
        """The chair's seat, if the person holds it."""
        return next((seat for seat in self.held_seats if seat.is_chair), None)

    def may_move_for(self, orders: Orders) -> list[Seat]:
        """The seats that the person may move motions for, as the standing orders say. A role in the house gives none (S921-922)."""
        return list(self.seats.values()) if orders.movers == Movers.MEMBERS else self.held_seats

    @property
    def speaks(self) -> bool:
        """Whether the person may comment: for a seat, or as staff and marked so."""
        return bool(self.seats) or self.access.is_staff_in(self.council.center_id)
