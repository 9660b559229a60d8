"""A browser's part, and no more: one kept connection, a session, a CSRF cookie."""

from __future__ import annotations

import gzip
import html
import http.client
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from time import perf_counter
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore

from actors.models import User

Fields = Iterable[tuple[str, str]]
_INPUT = re.compile(rb"<input\b[^>]*>")
_ATTRIBUTE = re.compile(rb'\b(name|value|type)="([^"]*)"')


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    wire: int  # bytes of the body as they were sent
    seconds: float


@dataclass
class Client:
    """A visitor, or somebody whose session was made without the log-in page: a password check would drown what is measured."""

    port: int
    user: User | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def __post_init__(self) -> None:
        self.cookies[settings.CSRF_COOKIE_NAME] = secrets.token_hex(16)
        if self.user is not None:
            self.cookies[settings.SESSION_COOKIE_NAME] = session_of(self.user)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: Fields) -> Answer:
        """`fields` go out with the CSRF token, as a form's do."""
        token = ("csrfmiddlewaretoken", self.cookies[settings.CSRF_COOKIE_NAME])
        body = urlencode([token, *fields]).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Host": "localhost", "Cookie": cookies, "Accept-Encoding": "gzip", **headers}
        started = perf_counter()
        try:
            response = self._send(method, path, body, sent)
        except (
            http.client.RemoteDisconnected,
            ConnectionError,
        ):  # it had been idle for longer than the server keeps it
            self._connection = None
            started = perf_counter()
            response = self._send(method, path, body, sent)
        for header in response.headers.get_all("Set-Cookie", []):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(header).items()})
        body = response.read()
        seconds, wire = perf_counter() - started, len(body)
        if response.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        return Answer(response.status, dict(response.getheaders()), body, wire, seconds)

    def _send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> http.client.HTTPResponse:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        self._connection.request(method, path, body, dict(headers))
        return self._connection.getresponse()


def session_of(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    assert session.session_key
    return session.session_key


def hidden_fields(page: bytes) -> list[tuple[str, str]]:
    """What a browser would send back of a page's forms without anybody having written it, but for the CSRF token."""
    found = []
    for tag in _INPUT.findall(page):
        attributes = {name.decode(): html.unescape(value.decode()) for name, value in _ATTRIBUTE.findall(tag)}
        if attributes.get("type") == "hidden" and attributes.get("name") not in (None, "csrfmiddlewaretoken"):
            found.append((attributes["name"], attributes.get("value", "")))
    return found
