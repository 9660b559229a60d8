"""Who owns an action point: an actor, a person who answers for it to the house, or the house itself."""

from __future__ import annotations

from dataclasses import dataclass

from actors.enums import COORDINATING_ROLES, ActorRole, Role
from actors.meetings.enums import VOLUNTEERS
from actors.meetings.models import ActionPoint
from actors.models import Actor, CenterRole, Membership, User
from centers.models import Center


@dataclass(frozen=True)
class Owner:
    """The owner of an action point. With neither actor nor person it is the house: whoever coordinates it."""

    actor: Actor | None = None
    user: User | None = None

    @classmethod
    def of(cls, point: ActionPoint) -> Owner:
        return cls(point.owner_actor, point.owner_user)

    @property
    def are_volunteers(self) -> bool:
        return self.actor is not None and self.actor.kind in VOLUNTEERS

    @property
    def columns(self) -> dict[str, object]:
        house = self.actor is None and self.user is None
        return {"owner_actor": self.actor, "owner_user": self.user, "owner_house": house}

    def people(self, center: Center) -> list[User]:
        """Return who can be written to: the actor's contact persons, or all its people when it has none; the person; whoever coordinates
        the house, or leads it when nobody coordinates."""
        if self.user is not None:
            return [self.user] if self.user.is_reachable else []
        return _contacts(self.actor) if self.actor is not None else _coordinators(center)


def _contacts(actor: Actor) -> list[User]:
    places = list(Membership.objects.reachable().filter(actor=actor))
    contacts = [place for place in places if place.role == ActorRole.CONTACT]
    return [place.user for place in contacts or places]


def _coordinators(center: Center) -> list[User]:
    held = CenterRole.objects.in_force().filter(center=center, role__in=COORDINATING_ROLES)
    found = [role for role in held.select_related("user").order_by("pk") if role.user.is_reachable]
    coordinators = [role for role in found if role.role == Role.COORDINATOR]
    return list(dict.fromkeys(role.user for role in coordinators or found))
