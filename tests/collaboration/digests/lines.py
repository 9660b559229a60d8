"""What apps would tell of a house's week: a provider for tests, that says what a test puts there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from actors.digest_lines import EVERYONE, Concerns, Line, Part, Week, providers
from actors.enums import Role
from tests.registries import holding

COORDINATORS = Concerns(roles=frozenset({Role.COORDINATOR, Role.MANAGER}))


def line(key: str = "clash:1", **said: Any) -> Line:
    """Something for the coordinators."""
    defaults: dict[str, Any] = {
        "text": f"Tekst {key}",
        "link": f"/foreningernes-hus/{key}/",
        "label": "Se linjen",
        "concerns": COORDINATORS,
    }
    return Line(key=key, **(defaults | said))


def urgent(key: str, urgency: int, **said: Any) -> Line:
    return line(key, urgency=urgency, message=f"Hej. Vi skriver om {key}.", **said)


def for_all(key: str, **said: Any) -> Line:
    return line(key, concerns=EVERYONE, **said)


class Told:
    """The lines of a test; `asked` are the weeks that were asked about."""

    def __init__(self) -> None:
        self.lines: list[tuple[Part, Line]] = []
        self.asked: list[Week] = []

    def tell(self, part: Part, *lines: Line) -> None:
        self.lines += [(part, one) for one in lines]

    def of(self, part: Part) -> Any:
        def provider(asked: Week) -> Iterator[Line]:
            if part == Part.NEEDS:
                self.asked.append(asked)
            return (one for own, one in self.lines if own == part)

        return provider


@contextmanager
def told_by_tests() -> Iterator[Told]:
    """Nothing but what the test tells."""
    told = Told()
    with ExitStack() as stack:
        for part, registry in providers.items():
            stack.enter_context(holding(registry, {"test": told.of(part)}))
        yield told
