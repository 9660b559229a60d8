"""What takes long to make is made once, in a copy of the worker's database, for all modules that look at it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def copy(name: str) -> Iterator[None]:
    """Beside the worker's database there is a copy of it; gone afterwards."""
    connection.creation.clone_test_db(name, verbosity=0)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(suffix=name, verbosity=0)


@contextmanager
def inside(name: str) -> Iterator[None]:
    """The connection is to that copy. Not for use inside a transaction."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = connection.creation.get_test_db_clone_settings(name)["NAME"]
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
