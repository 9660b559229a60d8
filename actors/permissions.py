"""Who may do what, as small named predicates; compose with & and |."""

from medborger.common.access import Permission, logged_in

__all__ = [
    "acts_in_house",
    "installation_admin",
    "logged_in",
    "manager",
    "staff",
    "tied",
]

installation_admin = Permission("installation_admin", lambda standing, center: standing.is_admin)
staff = Permission("staff", lambda standing, center: standing.is_staff_in(center.pk))
manager = Permission("manager", lambda standing, center: standing.is_manager_in(center.pk))
acts_in_house = Permission("acts_in_house", lambda standing, center: bool(standing.actors_in(center.pk)))
tied = Permission("tied", lambda standing, center: standing.is_tied_to(center.pk))
