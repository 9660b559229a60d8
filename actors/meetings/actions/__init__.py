"""What can be done to meetings; each verb locks the meeting's row, checks its rules there and writes its audit row."""

from actors.meetings.actions.agenda import ItemWords, add, change_item, move, remove
from actors.meetings.actions.meetings import Frame, cancel, change, convene, create, tell, tell_settled
from actors.meetings.actions.minutes import approve, save_minutes
from actors.meetings.actions.participants import answer, attend

__all__ = [
    "Frame",
    "ItemWords",
    "add",
    "answer",
    "approve",
    "attend",
    "cancel",
    "change",
    "change_item",
    "convene",
    "create",
    "move",
    "remove",
    "save_minutes",
    "tell",
    "tell_settled",
]
