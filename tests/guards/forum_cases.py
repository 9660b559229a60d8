"""The matrix: the forum's addresses."""

from tests.guards.world import Case

FORUM: list[Case] = []
