"""What the database holds, as one value to compare: any row that is added, changed or gone makes it another."""

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection

TABLES = sorted(model._meta.db_table for model in apps.get_models(include_auto_created=True) if model is not Session)
# The id of the transaction that wrote a row is part of it; savepoints have ids of their own.
STATE = " UNION ALL ".join(
    f"SELECT '{table}', count(*), coalesce(sum(xmin::text::bigint), 0) FROM {table}" for table in TABLES
)
# Rows that this transaction has written so far, also those that it took back: PostgreSQL counts them, at a sixth of the cost.
WRITTEN = "SELECT " + " + ".join(
    f"pg_stat_get_xact_tuples_{done}('{table}'::regclass)"
    for table in TABLES
    for done in ("inserted", "updated", "deleted")
)


class State:
    """The database as it is now, inside a transaction that goes on; sessions left out."""

    def __init__(self) -> None:
        self._rows, self._written = stored(), written()

    def pass_over(self) -> None:
        """What was written since the last look is no matter of the next one's."""
        self._written = written()

    def is_unchanged(self) -> bool:
        """Whether it holds the very same rows. While PostgreSQL has counted no further write they need not be read."""
        before, self._written = self._written, written()
        return before == self._written or stored() == self._rows


def stored() -> dict[str, tuple[int, int]]:
    """Rows and a sum over who wrote them, per table."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        return {table: (count, writers) for table, count, writers in cursor.fetchall()}


def written() -> int:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        (count,) = cursor.fetchone()
        return int(count)
