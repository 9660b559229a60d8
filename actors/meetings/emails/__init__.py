"""What is written to people about meetings, each in their own language."""

from actors.meetings.action_points.emails import due
from actors.meetings.convening.emails import Notice, letters, reachable
from actors.meetings.minutes.emails import minutes

__all__ = ["Notice", "due", "letters", "minutes", "reachable"]
