"""Registries as a test wants them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from medborger.common.registry import Registry

T = TypeVar("T")


@contextmanager
def holding(registry: Registry[T], entries: Mapping[int | str, T]) -> Iterator[None]:
    """Nothing but these entries is registered, and what was there before is there again afterwards."""
    before, registry._entries = registry._entries, dict(entries)
    try:
        yield
    finally:
        registry._entries = before
