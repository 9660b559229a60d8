"""What is kept about people, why, and for how long: declared beside the models, field by field.

Each app's `privacy.py` adds its tables. `/privatliv/` shows them, the nightly `forget` runs their rules, erasing a person
runs their cuts, and tests fail on a field that nobody declared.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medborger.common.registry import Registry


class Sensitivity(StrEnum):
    """How much harm it does if a field is read by the wrong person."""

    NONE = "none"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    SECRET = "secret"  # noqa: S105


class Chapter(models.IntegerChoices):
    """The parts of the privacy page, in its order."""

    PERSON = 1, _("Din bruger")
    PLACES = 2, _("Din plads i foreninger og huse")
    BOOKINGS = 3, _("Bookinger")
    COUNCIL = 4, _("Rådet")
    LETTERS = 5, _("Beskeder til dig")
    TRACES = 6, _("Sikkerhed og historik")


@dataclass(frozen=True)
class Data:
    """Fields of one table that are of one kind and kept for one purpose; `what` and `why` are words for a volunteer."""

    kind: Sensitivity
    fields: Sequence[str]
    what: Promise | str = ""
    why: Promise | str = ""


def none(fields: str) -> Data:
    """Fields, separated by spaces, that say nothing about a person."""
    return Data(Sensitivity.NONE, fields.split())


def personal(fields: str, what: Promise, why: Promise) -> Data:
    return Data(Sensitivity.PERSONAL, fields.split(), what, why)


def sensitive(fields: str, what: Promise, why: Promise) -> Data:
    """Fields that can reveal faith, origin, health."""
    return Data(Sensitivity.SENSITIVE, fields.split(), what, why)


def secret(fields: str, what: Promise, why: Promise) -> Data:
    """Fields that let whoever reads them in."""
    return Data(Sensitivity.SECRET, fields.split(), what, why)


@dataclass(frozen=True)
class Person:
    """Whom an erasure is about: the key of the user, and every address that letters may have gone to."""

    pk: int
    addresses: frozenset[str]


Rule = Callable[[], int]
Cut = Callable[[Person], object]


@dataclass(frozen=True)
class Table:
    """One model. Where it holds anything about a person: how long (`kept`), the rule that deletes it, and what erasing a person
    does to it (`cut`; it runs in the erasure's transaction)."""

    model: str
    data: tuple[Data, ...]
    chapter: Chapter = Chapter.TRACES
    kept: Promise | str = ""
    forget: Rule | None = None
    cut: Cut | None = None

    def about_people(self) -> tuple[Data, ...]:
        return tuple(data for data in self.data if data.kind != Sensitivity.NONE)


tables: Registry[Table] = Registry("privacy", name=lambda table: table.model)


def rules() -> list[Rule]:
    """What the nightly `forget` runs, each once; each deletes what is past its time and says how many rows."""
    return list(dict.fromkeys(table.forget for table in tables if table.forget))


def cuts() -> list[Cut]:
    """What erasing a person runs, each once."""
    return list(dict.fromkeys(table.cut for table in tables if table.cut))


@dataclass(frozen=True)
class KeptData:
    """One thing that is kept: what it is, why, and how long."""

    what: Promise | str
    why: Promise | str
    kept: Promise | str
    kind: Sensitivity


def by_chapter() -> list[tuple[Promise | str, list[KeptData]]]:
    """What is kept about people, as the privacy page tells it."""
    return [
        (
            chapter.label,
            [
                KeptData(data.what, data.why, table.kept, data.kind)
                for table in tables
                if table.chapter == chapter
                for data in table.about_people()
            ],
        )
        for chapter in Chapter
    ]
