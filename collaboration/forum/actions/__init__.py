"""What can be done to a house's forum; each verb checks its rules and writes its audit row."""

from collaboration.forum.actions.forum import ForumFrame, change, end_holder, found, name_holder
from collaboration.forum.actions.members import add_member, remove_member
from collaboration.forum.actions.proposals import decline, may_withdraw, note_reached, propose, withdraw

__all__ = [
    "ForumFrame",
    "add_member",
    "change",
    "decline",
    "end_holder",
    "found",
    "may_withdraw",
    "name_holder",
    "note_reached",
    "propose",
    "remove_member",
    "withdraw",
]
