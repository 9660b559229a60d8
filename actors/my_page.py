"""/mig/ is made of sections; the floors above put theirs here when their apps are ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from actors.requests import PersonRequest


@dataclass(frozen=True)
class Section:
    """A part of the page: `template` draws it with `context`, which it finds as `section.context`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Provider = Callable[[PersonRequest], "Section | None"]
_providers: list[tuple[int, Provider]] = []


def offer(provider: Provider, *, position: int) -> None:
    """Put a section on everybody's page; called once. A provider that has nothing to show returns None."""
    _providers.append((position, provider))
    _providers.sort(key=lambda entry: entry[0])


def sections(request: PersonRequest) -> list[Section]:
    return [section for _, provider in _providers if (section := provider(request)) is not None]
