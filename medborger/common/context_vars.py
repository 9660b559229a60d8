"""Context variables of the running request or task, for the audit trail and the log."""

from contextvars import ContextVar

origin: ContextVar[str] = ContextVar("origin", default="")
