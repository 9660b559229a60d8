"""Who may open the council's pages. What a seat may do is asked of the bench, in the actions."""

from actors.permissions import manager, staff, tied

__all__ = ["manager", "staff", "tied"]
