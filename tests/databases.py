"""The databases of a run: copies of one that is migrated, and what takes long to make, made once for all who look at it."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection
from psycopg import sql

from medborger.embedded.postgres import OWNER
from tests.services import TEMPLATE, database_url, services_home


def create(name: str, *, template: str = TEMPLATE) -> None:
    """A database as the template is now, instead of an older one of that name. Nobody may be connected to the template."""
    database, source = sql.Identifier(name), sql.Identifier(template)
    with _cluster() as cluster:
        cluster.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
        cluster.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(database, source))


def made_once(name: str, make: Callable[[str], None]) -> None:
    """See to it that the run has the database: whichever worker asks first lets `make` fill it, and the others wait until it is whole.

    It is a template: copy it, and leave it alone.
    """
    with (services_home().run / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _cluster() as cluster:
            if cluster.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return
        unfinished = f"{name}_unfinished"
        create(unfinished)
        make(unfinished)
        with _cluster() as cluster:
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            cluster.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Django's connection is to that database. Not for use inside a transaction."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _cluster() -> psycopg.Connection:
    """A connection to the cluster's own database, which nobody copies."""
    return psycopg.connect(database_url(OWNER), autocommit=True)
