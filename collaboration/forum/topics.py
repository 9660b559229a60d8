"""What the forum is offered by itself: each app registers what it has open, and the agenda's page offers it with one button.

New actors to introduce (S1382-88) and open action points are the forum's own; later apps add theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from actors.meetings.circles import Subject
from centers.models import Center

Provider = Callable[["Center"], Iterable["Subject"]]
_providers: list[Provider] = []


def offer(provider: Provider) -> None:
    """Have `provider(center)` asked when an agenda is made; called once, when an app is ready. The `link` of a subject is the path of
    the page it is about, unlike any other's: it keeps the same matter off the agenda a second time."""
    _providers.append(provider)


def topics(center: Center) -> Iterator[Subject]:
    """All that is open in the house now, the most pressing of each first."""
    for provider in _providers:
        yield from provider(center)
