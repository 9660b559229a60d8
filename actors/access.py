"""What a person may do: roles in houses and places in actors, read once per request and never from the session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from actors.enums import ADMIN_RANK, RANK, STAFF_ROLES, ActorRole, Role
from medborger.common import clock

if TYPE_CHECKING:
    from actors.models import User

T = TypeVar("T")

# Written out, for every request asks it: put together by the ORM it took 2 ms of CPU, more than all else an unchanged page costs.
TIES = """
    SELECT user_id, center_id, NULL AS actor_id, role FROM actors_centerrole
    WHERE user_id = ANY(%(users)s) AND (until IS NULL OR until > %(today)s)
    UNION ALL
    SELECT membership.user_id, affiliation.center_id, membership.actor_id, membership.role
    FROM actors_membership AS membership
    JOIN actors_actor AS actor ON actor.id = membership.actor_id AND actor.retired_at IS NULL
    LEFT JOIN actors_affiliation AS affiliation
        ON affiliation.actor_id = actor.id AND affiliation.since <= %(today)s
        AND (affiliation.until IS NULL OR affiliation.until > %(today)s)
    WHERE membership.user_id = ANY(%(users)s) AND (membership.until IS NULL OR membership.until > %(today)s)
"""


@dataclass
class Access:
    """The person's ties. A visitor has none; a user without a tie to a house is a visitor there."""

    user: User | AnonymousUser
    is_admin: bool = False
    roles: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    actor_roles: dict[int, str] = field(default_factory=dict)
    actors_by_center: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    _read: dict[tuple[str, int], Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, user: User | AnonymousUser) -> Access:
        """Read the person's access in one statement."""
        if isinstance(user, AnonymousUser):
            return cls(user)
        return cls.of_many([user])[user.pk]

    @classmethod
    def of_many(cls, users: Iterable[User]) -> dict[int, Access]:
        """The access of each, by their id, in one statement for all."""
        access_of = {user.pk: cls(user, is_admin=user.is_admin) for user in users}
        with connection.cursor() as cursor:
            cursor.execute(TIES, {"users": list(access_of), "today": clock.today()})
            ties = cursor.fetchall()
        for user_id, center_id, actor_id, what in ties:
            access_of[user_id]._add(center_id, actor_id, what)
        return access_of

    def _add(self, center_id: int | None, actor_id: int | None, what: str) -> None:
        """A role in a house, or a place in an actor that may belong to one."""
        if actor_id:
            self.actor_roles[actor_id] = what
            if center_id is not None:
                self.actors_by_center[center_id].add(actor_id)
        elif center_id is not None:
            self.roles[center_id].add(what)

    def roles_in(self, center_id: int) -> frozenset[str]:
        return frozenset(self.roles.get(center_id, ()))

    def actors_in(self, center_id: int) -> frozenset[int]:
        """The ids of the actors in this house that the person may act for."""
        return frozenset(self.actors_by_center.get(center_id, ()))

    def once(self, key: tuple[str, int], read: Callable[[], T]) -> T:
        """Return what `read` returned first: permissions of one request ask the same several times."""
        if key not in self._read:
            self._read[key] = read()
        found: T = self._read[key]
        return found

    @cached_property
    def actor_ids(self) -> frozenset[int]:
        return frozenset(self.actor_roles)

    @property
    def holds_a_role(self) -> bool:
        """Whether the person has a role in any house, or runs the installation."""
        return self.is_admin or any(self.roles.values())

    def is_staff_in(self, center_id: int) -> bool:
        """Whether the person may do the desk's work in the house."""
        return self.is_admin or not STAFF_ROLES.isdisjoint(self.roles.get(center_id, ()))

    def is_manager_in(self, center_id: int) -> bool:
        return self.is_admin or Role.MANAGER in self.roles.get(center_id, ())

    def is_tied_to(self, center_id: int) -> bool:
        """Whether the person belongs to the house: by a role, or by an actor that is affiliated with it."""
        return self.is_staff_in(center_id) or bool(self.actors_by_center.get(center_id))

    def is_contact_of(self, actor_id: int) -> bool:
        return self.actor_roles.get(actor_id) == ActorRole.CONTACT

    def rank_in(self, center_id: int) -> int:
        """How high the person stands in the house: nobody gives or ends a role above their own rank."""
        if self.is_admin:
            return ADMIN_RANK
        return max((RANK[Role(role)] for role in self.roles.get(center_id, ())), default=0)
