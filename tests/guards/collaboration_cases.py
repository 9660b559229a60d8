"""The matrix: the log's addresses."""

from tests.guards.world import Case

COLLABORATION: list[Case] = []
