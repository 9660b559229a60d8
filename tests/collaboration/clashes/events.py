"""Events that meet, as the tests of clashes make them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from actors.access import Access
from actors.models import Actor, TargetGroup, Theme, User
from bookings.enums import Audience
from bookings.models import Booking
from centers.models import Center
from collaboration.clashes.models import Clash
from tests.factories import (
    ActorFactory,
    BookingFactory,
    RoomFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
)


@dataclass
class Town:
    """Associations with one event each, every one in a room of its own; all about the same and for the same unless said otherwise."""

    center: Center
    theme: Theme = field(default_factory=ThemeFactory.create)
    group: TargetGroup = field(default_factory=TargetGroupFactory.create)
    people: dict[int, User] = field(default_factory=dict)

    def event(self, actor: Actor | None = None, *, center: Center | None = None, **wish: Any) -> Booking:
        """An event in a new room, booked by a contact person of its actor."""
        center = center or self.center
        actor = actor or ActorFactory.create(house=center)
        wish = {
            "audience": Audience.EVERYONE,
            "themes": [self.theme],
            "target_groups": [self.group],
            "title": f"Fest hos {actor.name}",
        } | wish
        return BookingFactory.create(
            room=RoomFactory.create(center=center), actor=actor, by=self.contact_of(actor), **wish
        )

    def contact_of(self, actor: Actor) -> User:
        if actor.pk not in self.people:
            self.people[actor.pk] = UserFactory.create(contact_of=actor, name=f"Kontakt i {actor.name}")
        return self.people[actor.pk]

    def holder(self, event: Booking) -> Actor:
        return Actor.objects.get(parties__booking=event, parties__part="holder")

    def by(self, event: Booking) -> Access:
        """The contact person of the event's actor, as they stand now."""
        return Access.of(self.contact_of(self.holder(event)))


def pairs() -> list[tuple[int, int]]:
    """All clashes as the ids of their events."""
    return list(Clash.objects.order_by("first", "second").values_list("first", "second"))


def states() -> list[str]:
    return list(Clash.objects.order_by("first", "second").values_list("state", flat=True))
