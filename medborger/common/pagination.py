"""Pages that follow a key, not a number: as quick on the thousandth page as on the first, and nothing is shown twice."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404, QueryDict

SIZE = 50
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    """A page's rows in the list's order; the addresses of its neighbours are empty at the ends."""

    rows: list[M]
    previous_url: str
    next_url: str


def page(rows: QuerySet[M], query: QueryDict, *, field: str = "starts_at", newest_first: bool = False) -> Page[M]:
    """The page that `efter` or `foer` in the query asks for, ordered by a datetime `field` and id.

    Raises Http404 for a key that no page of ours has written.
    """
    after, before = query.get("efter"), query.get("foer")
    key, backwards = (before, True) if before else (after, False)
    descending = newest_first != backwards
    if key:
        rows = rows.filter(_beyond(key, field, "lt" if descending else "gt"))
    sign = "-" if descending else ""
    found = list(rows.order_by(f"{sign}{field}", f"{sign}id")[: SIZE + 1])
    more, found = len(found) > SIZE, found[:SIZE]
    if backwards:
        found.reverse()
    has_previous, has_next = (more, True) if backwards else (bool(key), more)
    return Page(
        rows=found,
        previous_url=_url(query, "foer", found[0], field) if found and has_previous else "",
        next_url=_url(query, "efter", found[-1], field) if found and has_next else "",
    )


def _beyond(key: str, field: str, lookup: str) -> Q:
    at, pk = _parsed(key)
    return Q(**{f"{field}__{lookup}e": at}) & (Q(**{f"{field}__{lookup}": at}) | Q(**{f"pk__{lookup}": pk}))


def _parsed(key: str) -> tuple[datetime, int]:
    micros, _, pk = key.partition("-")
    try:
        return datetime.fromtimestamp(int(micros) / 1_000_000, UTC), int(pk)
    except (ValueError, OverflowError, OSError):
        raise Http404 from None


def _url(query: QueryDict, direction: str, row: Any, field: str) -> str:
    kept = query.copy()
    for name in ("efter", "foer"):
        kept.pop(name, None)
    at: datetime = getattr(row, field)
    kept[direction] = f"{round(at.timestamp() * 1_000_000)}-{row.pk}"
    return f"?{kept.urlencode()}"
