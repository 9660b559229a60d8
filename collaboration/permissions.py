"""Who may do what about collaborations."""

from actors.enums import COORDINATING_ROLES
from actors.permissions import manager, staff, tied
from medborger.common.access import Permission

__all__ = ["coordinates", "manager", "staff", "tied"]

coordinates = Permission(
    "coordinates",
    lambda standing, center: standing.is_admin or not COORDINATING_ROLES.isdisjoint(standing.roles_in(center.pk)),
)
