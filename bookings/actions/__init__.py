"""Actions on bookings and closures; each checks its rules under the room's lock and writes its audit row."""

from bookings.actions.book import book, give_reason
from bookings.actions.cancel import cancel, expire_requests, leave
from bookings.actions.closures import begin_planned, close, reopen
from bookings.actions.move import move, undo

__all__ = [
    "begin_planned",
    "book",
    "cancel",
    "close",
    "expire_requests",
    "give_reason",
    "leave",
    "move",
    "reopen",
    "undo",
]
