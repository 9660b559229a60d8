"""Who may do what about collaborations."""

from actors.enums import COORDINATING_ROLES
from actors.permissions import manager, staff, tied
from medborger.common.permissions import Permission

__all__ = ["coordinates", "manager", "staff", "tied"]

coordinates = Permission(
    "coordinates",
    lambda access, center: access.is_admin or not COORDINATING_ROLES.isdisjoint(access.roles_in(center.pk)),
)
