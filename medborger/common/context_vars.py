"""What the running request or task carries with it for the audit trail and the log."""

from contextvars import ContextVar

origin: ContextVar[str] = ContextVar("origin", default="")
