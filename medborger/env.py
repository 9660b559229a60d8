"""Every environment variable the platform knows, in one table.

`settings.py` reads nothing else, `docker-compose.yml` names nothing else (a test compares the two), and a missing or
malformed one stops the start with its name and an example.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")


@dataclass(frozen=True)
class Variable:
    name: str
    example: str
    meaning: str
    default: str | None = None  # None: the start stops without it
    production: bool = True  # False: only where there is no docker-compose.yml


_TABLE = [
    Variable(
        "DATABASE_URL",
        "postgres://medborger:secret@db/medborger",
        "the application's own role: no superuser, owns no table",
    ),
    Variable(
        "MIGRATE_DATABASE_URL",
        "postgres://medborger_owner:secret@db/medborger",
        "the role that owns the tables and migrates",
        "",
    ),
    Variable("DATABASE_PASSWORD_FILE", "/run/secrets/database", "the password, where DATABASE_URL has none", ""),
    Variable(
        "MIGRATE_DATABASE_PASSWORD_FILE",
        "/run/secrets/database_owner",
        "the password, where MIGRATE_DATABASE_URL has none",
        "",
    ),
    Variable("REDIS_URL", "redis://cache:6379/0", "cache, sessions and counters"),
    Variable("BROKER_URL", "redis://broker:6379/0", "Celery's broker; REDIS_URL when empty", ""),
    Variable(
        "SECRET_KEY", "50 random characters", "signs sessions and links; or give SECRET_KEY_FILE", "", production=False
    ),
    Variable("SECRET_KEY_FILE", "/run/secrets/secret_key", "a file that holds SECRET_KEY", ""),
    Variable(
        "SECRET_KEY_FALLBACKS_FILE", "/run/secrets/old_keys", "earlier keys, one a line, still valid for reading", ""
    ),
    Variable(
        "ALLOWED_HOSTS",
        "huset.example,www.huset.example",
        "the names this site answers to",
        "localhost,127.0.0.1,[::1]",
    ),
    Variable("PUBLIC_URL", "https://huset.example", "the address that mails and SMS link to", "http://localhost:8000"),
    Variable("HTTPS", "1", "1 behind a TLS proxy: secure cookies, HSTS, redirects", "0"),
    Variable("PROXY_COUNT", "1", "how many proxies of ours stand in front; 0 ignores X-Forwarded-For", "0"),
    Variable(
        "EMAIL_BACKEND",
        "anymail.backends.brevo.EmailBackend",
        "Django's mail backend",
        "django.core.mail.backends.smtp.EmailBackend",
    ),
    Variable("EMAIL_URL", "smtp://user:secret@mail:587?tls=1", "the SMTP server", "smtp://localhost:25"),
    Variable("EMAIL_PASSWORD_FILE", "/run/secrets/email", "the SMTP password, where EMAIL_URL has none", ""),
    Variable(
        "EMAIL_FROM", "Medborger <post@huset.example>", "the sender of every mail", "Medborger <post@medborger.example>"
    ),
    Variable("SMS_URL", "https://gatewayapi.com/rest/mtsms", "the SMS provider's address; empty: no SMS is sent", ""),
    Variable("SMS_TOKEN_FILE", "/run/secrets/sms_token", "a file that holds the SMS provider's token", ""),
    Variable("SMS_SENDER", "Medborger", "at most 11 letters, shown as the sender", "Medborger"),
    Variable("STATIC_ROOT", "/srv/static", "where collected static files lie", "var/static"),
    Variable("MEDIA_ROOT", "/srv/media", "where photos lie", "var/media"),
    Variable("HOST", "192.0.2.1", "the address that the web server listens on", "127.0.0.1"),
    Variable("PORT", "8000", "the port that the web server listens on", "8000"),
    Variable(
        "MEDBORGER_DEMO",
        "1",
        "1: the demo's log-ins and /demo/post/, if the database was made by a demo",
        "0",
        production=False,
    ),
    Variable(
        "MEDBORGER_DEMO_PUBLIC", "1", "1: ./run may listen on an address that others reach", "0", production=False
    ),
    Variable("MEDBORGER_HOME", "/var/lib/medborger", "where the embedded data lies", "var", production=False),
    Variable("MEDBORGER_EMBEDDED", "1", "set by ./run and manage.py in the embedded mode", "0", production=False),
    Variable(
        "MEDBORGER_CLOCK",
        "2026-11-24T16:45:00+01:00",
        "a demo only, without HTTPS: where the clock starts when a process starts",
        "",
        production=False,
    ),
    Variable("HEALTH_TOKEN_FILE", "/run/secrets/health_token", "a file that holds the token for /readyz's details", ""),
    Variable("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR", "INFO"),
    Variable("DATABASE_POOL_SIZE", "8", "connections per process, at least the web server's threads; 0: no pool", "8"),
]
VARIABLES = {variable.name: variable for variable in _TABLE}


def text(name: str) -> str:
    """The variable's value. Raises ImproperlyConfigured when it is missing and has no default."""
    variable = VARIABLES[name]
    value = os.environ.get(name, variable.default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set ({variable.meaning}). Example: {name}={variable.example}")
    return value


def parsed(name: str, parse: Callable[[str], T]) -> T:
    """The variable through `parse`; a ValueError or KeyError in it names the variable and an example."""
    value = text(name)
    try:
        return parse(value)
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(
            f"{name}={value!r} is not valid. Example: {name}={VARIABLES[name].example}"
        ) from error


def instant(name: str) -> datetime | None:
    """An instant with its zone; None for an empty variable."""

    def parse(value: str) -> datetime | None:
        found = datetime.fromisoformat(value) if value else None
        if found and found.tzinfo is None:
            raise ValueError("no zone")
        return found

    return parsed(name, parse)


def flag(name: str) -> bool:
    return parsed(name, lambda value: {"1": True, "0": False, "": False}[value])


def number(name: str) -> int:
    return parsed(name, int)


def words(name: str) -> list[str]:
    return [word.strip() for word in text(name).split(",") if word.strip()]


def secret(name: str) -> str:
    """The content of the file that the variable names; empty when it names none."""
    path = text(name)
    return parsed(name, _read).strip() if path else ""


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise ValueError(str(error)) from error
