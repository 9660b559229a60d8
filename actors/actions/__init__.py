"""Actions on people and their ties; each checks its rules and writes its audit row in one transaction."""

from actors.actions.duties import end_duty, enter_duty, show_on_duty
from actors.actions.invitations import accept, find_open, invite, withdraw
from actors.actions.profile import change_address, save_profile, set_password
from actors.actions.roles import end_membership, end_role, grant_role

__all__ = [
    "accept",
    "change_address",
    "end_duty",
    "end_membership",
    "end_role",
    "enter_duty",
    "find_open",
    "grant_role",
    "invite",
    "save_profile",
    "set_password",
    "show_on_duty",
    "withdraw",
]
