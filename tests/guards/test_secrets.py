"""What must not leak or be forged: cookies, what the cache and the queue carry, logs, error pages, the repository."""

import io
import json
import logging
import logging.config
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from actors.models import User
from medborger.celery import app
from medborger.common.permissions import public
from tests.guards.world import Browsers, World, log_in, undone

ROOT = Path(settings.BASE_DIR)
LOGGING: Any = settings.LOGGING
SECRET = "the-secret-in-this-error"


# --- 13: cookies ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_cookies_are_out_of_reach_for_scripts_and_other_sites(member: User) -> None:
    """HttpOnly, SameSite, one host, the whole path (docs/security.md, check 13)."""
    member.set_password("en lang adgangskode")
    member.save()
    client = Client()
    client.post("/konto/log-ind/", {"login": member.email, "password": "en lang adgangskode"})
    client.get("/mig/")
    client.post("/sprog/", {"language": "en"})
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        assert client.cookies[name]["httponly"]
    for cookie in client.cookies.values():
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert cookie["domain"] == ""


def test_behind_tls_cookies_are_secure_and_bound_to_the_host() -> None:
    """`HTTPS=1` alone makes it so (docs/security.md, check 13)."""
    names = [
        f"{cookie}_COOKIE_{what}" for cookie in ("SESSION", "CSRF") for what in ("NAME", "SECURE", "DOMAIN", "PATH")
    ]
    names += ["LANGUAGE_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"]
    code = "import json; from medborger import settings as s; from django.conf import global_settings as g;"
    code += f"print(json.dumps({{name: getattr(s, name, getattr(g, name)) for name in {names}}}))"
    environment = {**os.environ, "HTTPS": "1", "PUBLIC_URL": "https://huset.example"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, check=True)
    found = json.loads(done.stdout)
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert all(found[name] for name in names if name.endswith("_SECURE"))
    assert not any(found[name] for name in names if name.endswith("_DOMAIN"))
    assert all(found[name] == "/" for name in names if name.endswith("_PATH"))
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000


# --- 26: JSON only --------------------------------------------------------------------------------------------------


def test_celery_takes_and_sends_json_only() -> None:
    """A task is never a pickle (docs/security.md, check 26)."""
    assert set(app.conf.accept_content) == {"json"}
    assert (app.conf.task_serializer, app.conf.result_serializer) == ("json", "json")


def test_the_cache_keeps_json_and_refuses_what_only_pickle_could_keep() -> None:
    """A planted pickle is not read (docs/security.md, check 26)."""
    with pytest.raises(TypeError):
        cache.set("object", object())
    cache.set("kept", {"a": [1, "æ"]})
    client: Any = cache._cache.get_client(None, write=True)  # type: ignore[attr-defined]
    raw = client.get(cache.make_key("kept"))
    assert json.loads(raw) == {"a": [1, "æ"]}
    client.set(cache.make_key("planted"), b"\x80\x04\x95 a pickle")
    with pytest.raises(ValueError):
        cache.get("planted")


def test_sessions_are_json() -> None:
    """A session is never a pickle (docs/security.md, check 26)."""
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"


# --- 29: logs and error pages ---------------------------------------------------------------------------------------


@public
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(SECRET)


urlpatterns = [path("breaks/", breaks)]
handler500 = "medborger.common.error_views.server_error"


@pytest.mark.django_db
def test_an_error_page_says_nothing_of_what_broke() -> None:
    """No message, traceback or path (docs/security.md, check 29)."""
    with override_settings(ROOT_URLCONF=__name__):
        response = Client(raise_request_exception=False).get("/breaks/")
    page = response.content.decode()
    assert response.status_code == 500
    assert SECRET not in page
    assert "Traceback" not in page
    assert str(ROOT) not in page


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    """What the process would write to its log, from INFO up."""
    root, stream = logging.getLogger(), io.StringIO()
    handler = logging.StreamHandler(stream)
    how = dict(LOGGING["formatters"]["json"])  # reading it takes it apart
    handler.setFormatter(logging.config.DictConfigurator(LOGGING).configure_formatter(how))
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.mark.django_db
def test_logs_hold_no_query_no_body_and_no_token_of_a_path(log_lines: io.StringIO, member: User) -> None:
    """A header, a form or an address never reaches a log line (docs/security.md, check 29)."""
    client = Client(raise_request_exception=False)
    client.get("/privatliv/?navn=hemmeligt-i-adressen")
    client.get("/invitation/hemmeligt-i-stien/?navn=hemmeligt-i-adressen")
    client.post("/invitation/hemmeligt-i-stien/", {"name": "hemmeligt-i-formularen"})
    for link in ("/mig/overblik/hemmeligt-i-stien/", "/mig/overblik/afmeld/hemmeligt-i-stien/"):
        client.get(link)
        client.post(link)
    client.post("/konto/log-ind/", {"login": member.email, "password": "hemmeligt-i-formularen"})
    client.get("/findes/hemmeligt-i-adressen/?x=hemmeligt-i-adressen")
    lines = log_lines.getvalue()
    assert '"route": "privatliv/"' in lines
    assert "hemmeligt-i-adressen/?" not in lines
    assert "navn=" not in lines
    assert "hemmeligt-i-stien" not in lines
    assert "hemmeligt-i-formularen" not in lines
    assert str(member.email) not in lines


# --- 29: the repository ---------------------------------------------------------------------------------------------

LOOKS_SECRET = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "a cloud key": r"\bAKIA[0-9A-Z]{16}\b",
    "a token of a host": r"\b(ghp|gho|glpat|xox[abp])[-_][A-Za-z0-9-]{20,}\b",
    "a CPR number": r"(?<![\d.])(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d\d-(?!1234)\d{4}(?!\d)",
    "a password in an address": r"\b(postgres|redis|smtp|amqp)s?://\w+:(?!secret@|\{|\$|%)[^@/\s\"']{4,}@",
    "a key in the settings": r"SECRET_KEY\s*=\s*[\"'][^\"']{20,}",
}
# Tests of the very checks need something that looks like it.
EXAMPLES = ("tests/",)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name]


@pytest.mark.parametrize("what", LOOKS_SECRET)
def test_nothing_in_the_repository_looks_secret(what: str) -> None:
    """Files that are tracked, tests apart (docs/security.md, check 29)."""
    pattern = re.compile(LOOKS_SECRET[what])
    found = [
        str(file.relative_to(ROOT))
        for file in tracked()
        if file.is_file() and not str(file.relative_to(ROOT)).startswith(EXAMPLES)
        if pattern.search(file.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []


def test_what_an_installation_makes_is_never_committed() -> None:
    """`.gitignore` knows them all (docs/security.md, check 29)."""
    for name in (
        "var/secrets/secret_key",
        "secrets/secret_key",
        ".env",
        "var/postgres/x",
        "static/build/x",
        "node_modules/x",
        ".venv/x",
    ):
        done = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False)
        assert done.returncode == 0, f"{name} is not ignored"


# --- 12, 25: what opens doors ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_token_of_an_invitation_is_long_random_and_kept_as_a_hash(world: World) -> None:
    """128 bits take 22 letters (docs/security.md, check 25)."""
    assert len(world.open_token) >= 22
    assert world.open_token not in world.invitation.token_hash
    assert len(world.invitation.token_hash) == 64


@pytest.mark.django_db
def test_the_session_rotates_at_log_in_and_ends_at_log_out(world: World) -> None:
    """By password as by code, and what was planted does not follow along (docs/security.md, check 12)."""
    with undone():
        member = User.objects.get(pk=world.users["member"].pk)
        member.set_password("en lang adgangskode")
        member.save()
        client, name = Client(), settings.SESSION_COOKIE_NAME
        visited = client.session
        visited["planted"] = "by somebody who knows the key of this session"
        visited.save()
        before = client.cookies[name].value
        client.post("/konto/log-ind/", {"login": member.email, "password": "en lang adgangskode"})
        inside = client.cookies[name].value
        assert inside != before
        assert client.get("/mig/").status_code == 200
        client.post("/konto/log-ud/")
        client.cookies[name] = inside
        assert client.get("/mig/").status_code == 302


@pytest.mark.django_db
def test_a_session_ends_when_the_password_changes_elsewhere(world: World) -> None:
    """However it was changed (docs/security.md, check 12)."""
    with undone():
        member = User.objects.get(pk=world.users["member"].pk)
        client = log_in(member)
        assert client.get("/mig/").status_code == 200
        member.set_password("en helt ny adgangskode")
        member.save()
        assert client.get("/mig/").status_code == 302


@pytest.mark.django_db
def test_the_log_in_of_the_administration_is_the_sites_own(browsers: Browsers) -> None:
    """So its second factor, limits and rotation hold there too (docs/security.md, check 8)."""
    for path_ in ("/admin/", "/admin/login/", "/admin/centers/center/"):
        answer = browsers.ask("visitor", "GET", path_)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/konto/log-ind/")
    assert browsers.ask("manager", "GET", "/admin/").status_code == 403
