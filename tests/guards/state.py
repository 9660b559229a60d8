"""What the database holds, as one value to compare: any row that is added, changed or gone makes it another."""

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection

TABLES = sorted(model._meta.db_table for model in apps.get_models(include_auto_created=True) if model is not Session)
# The id of the transaction that wrote a row is part of it; savepoints have ids of their own.
STATE = " UNION ALL ".join(
    f"SELECT '{table}', count(*), coalesce(sum(xmin::text::bigint), 0) FROM {table}" for table in TABLES
)


def stored() -> dict[str, tuple[int, int]]:
    """Rows and a sum over who wrote them, per table; sessions left out."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        return {table: (count, writers) for table, count, writers in cursor.fetchall()}
