"""The matrix: the clashes' addresses."""

from tests.guards.world import Case

CLASHES: list[Case] = []
