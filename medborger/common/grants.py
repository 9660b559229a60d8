"""What the application's database role may do: everything the application does, and no more.

Runs after each migrate, as the role that owns the tables. Models with `append_only = True` get neither UPDATE nor DELETE.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from psycopg import sql


def grant_to_application(*, using: str, **_signal: Any) -> None:
    connection = connections[using]
    role = sql.Identifier(settings.DATABASE_APP_ROLE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] == settings.DATABASE_APP_ROLE:
            return
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
        cursor.execute(
            sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(role)
        )
        cursor.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(role))
        for model in apps.get_models():
            if getattr(model, "append_only", False):
                table = sql.Identifier(model._meta.db_table)
                cursor.execute(sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(table, role))
