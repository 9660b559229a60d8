"""What machines ask: is it alive, can it serve?"""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from medborger import health


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    health.forget()
    yield
    health.forget()


def test_healthz_asks_nothing_of_the_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_readyz_is_ready_with_database_valkey_and_migrations(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_a_migration_that_waits_makes_it_unready_and_only_the_token_learns_why(
    client: Client, settings: Settings
) -> None:
    settings.HEALTH_TOKEN = "a-token"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    plain = client.get("/readyz")
    detailed = client.get("/readyz", headers={"Authorization": "Bearer a-token"})
    assert (plain.status_code, plain.content) == (503, b"not ready\n")
    assert detailed.json() == {"database": "ok", "valkey": "ok", "migrations": "1 to apply"}
