"""Who sees what of a booking (docs/architecture.md, "Who sees what"); nothing else decides it.

Visitors see the title of open bookings, and the actor if it is shown publicly. People with a tie to the house always see the
actor; the title of a closed booking only its own actors and staff, and the booker's name only these too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bookings.enums import OPEN_AUDIENCES

if TYPE_CHECKING:
    from actors.access import Access
    from bookings.models import Booking


@dataclass(frozen=True, slots=True)
class VisibleBooking:
    """What one viewer sees. An empty title is shown as "Optaget", an empty actor not at all."""

    title: str
    actor: str
    booker: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person in one house, prepared once for many bookings."""

    tied: bool
    staff: bool
    actor_ids: frozenset[int]

    @classmethod
    def of(cls, access: Access, center_id: int) -> Viewer:
        return cls(access.is_tied_to(center_id), access.is_staff_in(center_id), access.actor_ids)

    def sees(
        self, *, title: str, audience: str, holder: tuple[int, str, bool] | None, partners: Collection[int] = ()
    ) -> VisibleBooking:
        """`holder` is the holding actor's id, name and whether it is shown publicly; `partners` are actor ids."""
        holder_id, name, shown = holder or (0, "", False)
        own = holder_id in self.actor_ids
        inside = self.staff or own or any(actor in self.actor_ids for actor in partners)
        is_open = audience in OPEN_AUDIENCES
        return VisibleBooking(
            title=title if is_open or inside else "",
            actor=name if self.tied or inside or (is_open and shown) else "",
            booker=self.staff or own,
            own=own,
        )

    def sees_booking(self, booking: Booking) -> VisibleBooking:
        """As `sees`, for a booking whose parties and actors are fetched (`with_parties`)."""
        holder = booking.holder
        return self.sees(
            title=booking.title,
            audience=booking.audience,
            holder=(holder.pk, holder.name, holder.shown_publicly),
            partners=[actor.pk for actor in booking.partners],
        )
