"""What apps would tell of a house's week: a provider for tests, that says what a test puts there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from actors.digest_lines import EVERYONE, Concerns, DigestLine, DigestPart, Week, providers
from actors.enums import Role
from tests.registries import holding

COORDINATORS = Concerns(roles=frozenset({Role.COORDINATOR, Role.MANAGER}))


def line(key: str = "clash:1", **said: Any) -> DigestLine:
    """Something for the coordinators."""
    defaults: dict[str, Any] = {
        "text": f"Tekst {key}",
        "link": f"/foreningernes-hus/{key}/",
        "label": "Se linjen",
        "concerns": COORDINATORS,
    }
    return DigestLine(key=key, **(defaults | said))


def urgent(key: str, urgency: int, **said: Any) -> DigestLine:
    return line(key, urgency=urgency, message=f"Hej. Vi skriver om {key}.", **said)


def for_all(key: str, **said: Any) -> DigestLine:
    return line(key, concerns=EVERYONE, **said)


class Told:
    """The lines of a test; `asked` are the weeks that were asked about."""

    def __init__(self) -> None:
        self.lines: list[tuple[DigestPart, DigestLine]] = []
        self.asked: list[Week] = []

    def tell(self, part: DigestPart, *lines: DigestLine) -> None:
        self.lines += [(part, one) for one in lines]

    def of(self, part: DigestPart) -> Any:
        def provider(asked: Week) -> Iterator[DigestLine]:
            if part == DigestPart.NEEDS:
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
