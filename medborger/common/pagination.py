"""Pages that follow a key, not a number: as quick on the thousandth page as on the first, and nothing is shown twice."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import DateTimeField, Model, Q, QuerySet
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
    """The page that `efter` or `foer` in the query asks for, ordered by `field`, a date or a datetime, and id.

    Raises Http404 for a key that no page of ours has written.
    """
    after, before = query.get("efter"), query.get("foer")
    key, backwards = (before, True) if before else (after, False)
    descending = newest_first != backwards
    if key:
        has_time = isinstance(rows.model._meta.get_field(field), DateTimeField)
        rows = rows.filter(_beyond(key, field, "lt" if descending else "gt", has_time=has_time))
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


def _beyond(key: str, field: str, lookup: str, *, has_time: bool) -> Q:
    at, pk = _parsed(key, has_time=has_time)
    return Q(**{f"{field}__{lookup}e": at}) & (Q(**{f"{field}__{lookup}": at}) | Q(**{f"pk__{lookup}": pk}))


def _parsed(key: str, *, has_time: bool) -> tuple[date, int]:
    """A datetime as microseconds since 1970, a date as days since the year 1."""
    at, _, pk = key.partition("-")
    try:
        when = datetime.fromtimestamp(int(at) / 1_000_000, UTC) if has_time else date.fromordinal(int(at))
        return when, int(pk)
    except (ValueError, OverflowError, OSError):
        raise Http404 from None


def _url(query: QueryDict, direction: str, row: Any, field: str) -> str:
    kept = query.copy()
    for name in ("efter", "foer"):
        kept.pop(name, None)
    at: date = getattr(row, field)
    when = round(at.timestamp() * 1_000_000) if isinstance(at, datetime) else at.toordinal()
    kept[direction] = f"{when}-{row.pk}"
    return f"?{kept.urlencode()}"
