"""Lines of a house's weekly digest (ugens overblik): each app registers a provider, and need not know who reads it.

A provider is asked once for a house and a language, however many read it, in a handful of statements whose number does not depend
on how much there is. Which lines a reader gets is decided from what the line says of itself (`concerns`, `at`, `done_by`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar, cast

from medborger.common.registry import Registry

if TYPE_CHECKING:
    from actors.access import Access
    from actors.models import User
    from centers.models import Center

T = TypeVar("T")
LOOKS_AHEAD = timedelta(days=7)


class DigestPart(StrEnum):
    """The parts of a digest, in its order."""

    NEEDS = "needs"
    NEWS = "news"
    COMING = "coming"
    TIE = "tie"


@dataclass(frozen=True)
class Week:
    """One house, from the earliest instant that a reader has not been told of (`since`) to the making (`now`)."""

    center: Center
    since: datetime
    now: datetime
    _read: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def until(self) -> datetime:
        """How far the coming week reaches."""
        return self.now + LOOKS_AHEAD

    def once(self, what: str, read: Callable[[], T]) -> T:
        """What `read` gives, read once for all languages: providers keep their rows here under a name of their own."""
        if what not in self._read:
            self._read[what] = read()
        return cast(T, self._read[what])


@dataclass(frozen=True)
class Concerns:
    """Whom a line is for: people with one of the roles in the house, who act for one of the actors, or are named themselves."""

    roles: frozenset[str] = frozenset()
    actors: frozenset[int] = frozenset()
    users: frozenset[int] = frozenset()
    everyone: bool = False

    def holds_for(self, user: User, access: Access, center_id: int) -> bool:
        """Whether it is for this person, as they stand in the house now."""
        return (
            (self.everyone and access.is_tied_to(center_id))
            or user.pk in self.users
            or not self.roles.isdisjoint(access.roles_in(center_id))
            or not self.actors.isdisjoint(access.actors_in(center_id))
        )


EVERYONE = Concerns(everyone=True)


@dataclass(frozen=True)
class DigestLine:
    """One thing, in the language of the moment.

    `key` names it for good ("clash:17"): it is put off and put on the forum by it, and stands once in a digest. `text` is a
    sentence; `detail` the one after it. `link` is the path of the one page that does the thing and `label` the verb on it.
    `at`: news, told to whose previous digest is older; None: stands until it is dealt with. `done_by` is the person who did it and
    need not be told. `day` is the date of something that comes. `form` is a collaboration form whose badge stands before it.
    `urgency` above 0: worth being among the week's two, the highest first; `message` is then what can be written to those concerned,
    in plain words. `for_forum`: may be put on the forum's agenda.
    """

    key: str
    text: str
    link: str
    label: str
    concerns: Concerns
    detail: str = ""
    at: datetime | None = None
    done_by: int | None = None
    day: date | None = None
    form: str = ""
    urgency: int = 0
    message: str = ""
    for_forum: bool = False


Provider = Callable[[Week], Iterable[DigestLine]]
providers: dict[DigestPart, Registry[Provider]] = {part: Registry("digest_lines") for part in DigestPart}


def lines(week: Week) -> Iterator[tuple[DigestPart, DigestLine]]:
    """All that is to be told, in the language of the moment; in the order of parts and of the providers in each."""
    for part, of_part in providers.items():
        for provider in of_part:
            yield from ((part, line) for line in provider(week))
