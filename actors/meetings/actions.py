"""All actions on meetings. Each locks the meeting's row, checks its rules there and writes its audit row."""

from actors.meetings.action_points.actions import (
    ActionPointData,
    add_point,
    change_point,
    close_point,
    may_close,
    remind_due,
    remove_point,
    reopen_point,
)
from actors.meetings.agenda.actions import add, change_item, move, remove
from actors.meetings.convening.actions import MeetingData, answer, cancel, change, convene, create, tell, tell_settled
from actors.meetings.meeting_bodies import ItemData
from actors.meetings.minutes.actions import approve, attend, readers, save_minutes, send

__all__ = [
    "ActionPointData",
    "ItemData",
    "MeetingData",
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
