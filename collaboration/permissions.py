"""Who may do what about collaborations."""

from actors.enums import Role
from actors.permissions import manager, staff, tied
from medborger.common.access import Permission

__all__ = ["coordinates", "manager", "staff", "tied"]

COORDINATING = frozenset({Role.COORDINATOR, Role.MANAGER})

coordinates = Permission(
    "coordinates",
    lambda standing, center: standing.is_admin or not COORDINATING.isdisjoint(standing.roles_in(center.pk)),
)
