"""The application's database role does what the application does, and no more (docs/security.md, check 27)."""

from typing import Any

import psycopg
import pytest

from medborger.common.models import Audit


def test_the_application_is_no_superuser_and_makes_no_databases_or_roles(
    as_application: psycopg.Connection[Any],
) -> None:
    rights = as_application.execute(
        "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    assert rights == (False, False, False, False)


def test_the_application_owns_no_table_and_changes_none(as_application: psycopg.Connection[Any]) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_application.execute(f"ALTER TABLE {Audit._meta.db_table} ADD COLUMN extra integer")


@pytest.mark.parametrize("statement", ["UPDATE {} SET verb = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_cannot_rewrite_the_audit(as_application: psycopg.Connection[Any], statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_application.execute(statement.format(Audit._meta.db_table))
