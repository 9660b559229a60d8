"""Who may do what, as small named predicates; compose with & and |."""

from actors.enums import Role
from medborger.common.access import Permission, logged_in

__all__ = [
    "acts_in_house",
    "booking_admin",
    "coordinator",
    "installation_admin",
    "logged_in",
    "manager",
    "staff",
    "tied",
]

installation_admin = Permission("installation_admin", lambda standing, center: standing.is_admin)
staff = Permission("staff", lambda standing, center: standing.is_staff_in(center.pk))
manager = Permission("manager", lambda standing, center: standing.is_manager_in(center.pk))
booking_admin = (
    Permission(
        "booking_admin",
        lambda standing, center: standing.is_admin or Role.BOOKING_ADMIN in standing.roles_in(center.pk),
    )
    | manager
)
coordinator = (
    Permission(
        "coordinator", lambda standing, center: standing.is_admin or Role.COORDINATOR in standing.roles_in(center.pk)
    )
    | manager
)
acts_in_house = Permission("acts_in_house", lambda standing, center: bool(standing.actors_in(center.pk)))
tied = Permission("tied", lambda standing, center: standing.is_tied_to(center.pk))
