"""The matrix: the digests' addresses."""

from tests.guards.world import Case

DIGESTS: list[Case] = []
