"""Evidence of actors working together: each app registers a source, and `collaboration.proposals.actions.gather` makes proposals of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from centers.models import Center
from collaboration.enums import CollaborationKind, EvidenceKind
from medborger.common.registry import Registry


@dataclass(frozen=True)
class SeenTogether:
    """Two or more actors did something together on a day.

    `key` is unique for what was seen and for whom, for good ("booking:17:3-5"). `enough` alone makes a proposal; what is not takes
    two of its kind. `form` is what it looks like; the people decide.
    """

    kind: EvidenceKind
    key: str
    actor_ids: frozenset[int]
    title: str
    on: date
    link: str
    form: CollaborationKind = CollaborationKind.COORDINATE
    enough: bool = False
    theme_ids: frozenset[int] = frozenset()
    target_group_ids: frozenset[int] = frozenset()


Provider = Callable[["Center", date], Iterable[SeenTogether]]
# Asked with the house and the first day when proposals are gathered.
sources: Registry[Provider] = Registry("evidence_sources")


def seen(center: Center, since: date) -> Iterator[SeenTogether]:
    """All that was seen in the house since that day."""
    for provider in sources:
        yield from provider(center, since)
