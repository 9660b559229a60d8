"""What can be done to meetings; each verb locks the meeting's row, checks its rules there and writes its audit row."""

from actors.meetings.actions.agenda import ItemWords, add, change_item, move, remove
from actors.meetings.actions.meetings import Frame, cancel, change, convene, create, tell, tell_settled
from actors.meetings.actions.minutes import approve, readers, save_minutes, send
from actors.meetings.actions.participants import answer, attend
from actors.meetings.actions.points import (
    PointWords,
    add_point,
    change_point,
    close_point,
    may_close,
    remind_due,
    remove_point,
    reopen_point,
)

__all__ = [
    "Frame",
    "ItemWords",
    "PointWords",
    "add",
    "add_point",
    "answer",
    "approve",
    "attend",
    "cancel",
    "change",
    "change_item",
    "change_point",
    "close_point",
    "convene",
    "create",
    "may_close",
    "move",
    "readers",
    "remind_due",
    "remove",
    "remove_point",
    "reopen_point",
    "save_minutes",
    "send",
    "tell",
    "tell_settled",
]
