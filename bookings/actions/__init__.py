"""What can be done to bookings and closures; each verb checks its rules under the room's lock and writes its audit row."""

from bookings.actions.bookings import book, cancel, give_reason, leave, move, undo
from bookings.actions.closures import begin_planned, close, reopen

__all__ = ["begin_planned", "book", "cancel", "close", "give_reason", "leave", "move", "reopen", "undo"]
