"""Sections of the page /mig/, registered by the apps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from actors.requests import PersonRequest
from medborger.common.registry import Registry


@dataclass(frozen=True)
class Section:
    """A part of the page: `template` draws it with `context`, which it finds as `section.context`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


# A provider that has nothing to show gives None.
Provider = Callable[[PersonRequest], Section | None]
sections: Registry[Provider] = Registry("my_page")


def sections_for(request: PersonRequest) -> list[Section]:
    return [section for provider in sections if (section := provider(request)) is not None]
