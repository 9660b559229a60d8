"""What stands in a digest: the lines of a week, chosen for a reader and frozen, and how they are arranged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actors.digest_lines import DigestLine, DigestPart
from collaboration.enums import CollaborationKind
from collaboration.figures import Weekly

TWO = 2
# How many lines of a part are shown before "og 4 mere"; a screen and a half in all.
SHOWN = {DigestPart.NEEDS: 3, DigestPart.NEWS: 3, DigestPart.COMING: 8, DigestPart.TIE: 1}
LAST = "9999"  # after every day
# How many of a part are kept at all.
KEPT = 40
TITLES: dict[DigestPart, Promise] = {
    DigestPart.NEEDS: _("Venter på svar"),
    DigestPart.NEWS: _("Nyt i ugen"),
    DigestPart.COMING: _("Den kommende uge"),
    DigestPart.TIE: _("En forbindelse, der mangler"),
}


@dataclass(frozen=True)
class DigestEntry:
    """A line as it was told. `roles` and `actors` (ids) are whom it was for: who is neither any more is shown it no longer. Without
    any it is for all who read the digest it stands in."""

    part: str
    key: str
    text: str
    link: str
    label: str
    detail: str = ""
    day: str = ""
    form: str = ""
    urgency: int = 0
    message: str = ""
    for_forum: bool = False
    roles: tuple[str, ...] = ()
    actors: tuple[int, ...] = ()

    @classmethod
    def of(cls, part: DigestPart, line: DigestLine, *, to: int | None, has_forum: bool) -> DigestEntry:
        """As the line is told to a person (their id; None: in the house's own copy, which is read by role), in a house that has a forum,
        or has none to put it on."""
        named = line.concerns.everyone or to in line.concerns.users
        return cls(
            part=part.value,
            key=line.key,
            text=str(line.text),
            link=line.link,
            label=str(line.label),
            detail=str(line.detail),
            day=line.day.isoformat() if line.day else "",
            form=str(line.form),
            urgency=line.urgency,
            message=str(line.message),
            for_forum=line.for_forum and has_forum,
            roles=() if named else tuple(sorted(map(str, line.concerns.roles))),
            actors=() if named or to is None else tuple(sorted(line.concerns.actors)),
        )

    @property
    def on(self) -> date | None:
        return date.fromisoformat(self.day) if self.day else None

    @property
    def may_wait(self) -> bool:
        """Whether it stands until somebody deals with it, so that it can be put off."""
        return self.part in (DigestPart.NEEDS, DigestPart.TIE)


@dataclass(frozen=True)
class Content:
    """What a digest holds, in each language that it was made in. `skipped` are the Mondays of the reader's weeks that were left out
    before it; `weekly` how many collaborations of each form were going in each of twelve weeks."""

    entries: Mapping[str, tuple[DigestEntry, ...]] = field(default_factory=dict)
    skipped: tuple[date, ...] = ()
    weekly: Weekly | None = None

    def in_language(self, language: str) -> tuple[DigestEntry, ...]:
        """In the reader's language, or in the one that it was made in."""
        return self.entries.get(language) or next(iter(self.entries.values()), ())

    @property
    def is_empty(self) -> bool:
        return not any(self.entries.values())

    def as_json(self) -> dict[str, Any]:
        return {
            "entries": {
                language: [{name: value for name, value in asdict(entry).items() if value} for entry in entries]
                for language, entries in self.entries.items()
            },
            "skipped": [day.isoformat() for day in self.skipped],
            "weekly": _as_json(self.weekly) if self.weekly else None,
        }

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> Content:
        return cls(
            entries={
                language: tuple(
                    DigestEntry(**row | {name: tuple(row.get(name, ())) for name in ("roles", "actors")})
                    for row in rows
                )
                for language, rows in stored.get("entries", {}).items()
            },
            skipped=tuple(map(date.fromisoformat, stored.get("skipped", []))),
            weekly=_weekly_of(stored.get("weekly")),
        )


def _as_json(weekly: Weekly) -> dict[str, Any]:
    return {
        "mondays": [monday.isoformat() for monday in weekly.mondays],
        "counts": {form.value: list(numbers) for form, numbers in weekly.counts.items()},
    }


def _weekly_of(stored: Mapping[str, Any] | None) -> Weekly | None:
    if not stored:
        return None
    counts = {form: tuple(stored["counts"][form.value]) for form in CollaborationKind}
    return Weekly(tuple(map(date.fromisoformat, stored["mondays"])), counts)


def hash_of(stored: Mapping[str, Any]) -> str:
    """What stays when the content is wiped: it can confirm a copy shown later."""
    canonical = json.dumps(stored, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class DigestSection:
    """A part of the digest that is not empty: what is shown of it at once, and the rest."""

    part: DigestPart
    shown: list[DigestEntry]
    rest: list[DigestEntry]

    @property
    def title(self) -> Promise:
        return TITLES[self.part]

    @property
    def entries(self) -> list[DigestEntry]:
        return [*self.shown, *self.rest]


@dataclass(frozen=True)
class Arranged:
    """Ugens to first, then the parts that hold anything; a line stands once."""

    two: list[DigestEntry]
    sections: list[DigestSection]

    @classmethod
    def of(cls, entries: Iterable[DigestEntry]) -> Arranged:
        entries = list({entry.key: entry for entry in reversed(list(entries))}.values())[::-1]
        urgent = [entry for entry in entries if entry.urgency > 0 and entry.message]
        two = sorted(urgent, key=lambda entry: -entry.urgency)[:TWO]
        rest = [entry for entry in entries if entry not in two]
        return cls(two, list(_sections(rest)))

    def section(self, part: DigestPart) -> DigestSection | None:
        return next((section for section in self.sections if section.part == part), None)

    def count(self, part: DigestPart) -> int:
        """How many lines of the part there are, those among the two left out."""
        section = self.section(part)
        return len(section.entries) if section else 0

    @property
    def is_empty(self) -> bool:
        return not self.two and not self.sections


def _sections(entries: list[DigestEntry]) -> Iterator[DigestSection]:
    for part in DigestPart:
        own = [entry for entry in entries if entry.part == part]
        if part == DigestPart.NEEDS:
            own.sort(key=lambda entry: -entry.urgency)
        if part == DigestPart.COMING:
            own.sort(key=lambda entry: entry.day or LAST)
        if own:
            yield DigestSection(part, own[: SHOWN[part]], own[SHOWN[part] :])
