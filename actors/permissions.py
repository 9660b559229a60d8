"""Permissions: named predicates over a person's access; compose with & and |."""

from medborger.common.permissions import Permission, logged_in

__all__ = [
    "acts_in_house",
    "installation_admin",
    "logged_in",
    "manager",
    "staff",
    "tied",
]

installation_admin = Permission("installation_admin", lambda access, center: access.is_admin)
staff = Permission("staff", lambda access, center: access.is_staff_in(center.pk))
manager = Permission("manager", lambda access, center: access.is_manager_in(center.pk))
acts_in_house = Permission("acts_in_house", lambda access, center: bool(access.actors_in(center.pk)))
tied = Permission("tied", lambda access, center: access.is_tied_to(center.pk))
