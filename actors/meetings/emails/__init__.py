"""What is written to people about meetings, each in their own language."""

from actors.meetings.emails.minutes import minutes
from actors.meetings.emails.points import due
from actors.meetings.emails.times import Notice, letters, reachable

__all__ = ["Notice", "due", "letters", "minutes", "reachable"]
