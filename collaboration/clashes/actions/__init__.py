"""What can be done about two events that meet; each verb locks the clash, checks its rules there and writes its audit row."""

from collaboration.clashes.actions.clashes import accept, ask_together, decline, leave_it, reopen, search
from collaboration.clashes.neighbours.actions import change_neighbour, end_neighbour, name_neighbour

__all__ = [
    "accept",
    "ask_together",
    "change_neighbour",
    "decline",
    "end_neighbour",
    "leave_it",
    "name_neighbour",
    "reopen",
    "search",
]
