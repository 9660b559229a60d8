"""What holds for every answer: headers, cookies' reach, tokens on forms, and that reading writes nothing."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from actors.models import User
from tests.guards.cases import CASES
from tests.guards.world import LOGGED_IN, ROLES, VISITOR, Browsers, Case, World, log_in, undone

pytestmark = pytest.mark.django_db

READABLE = [case for case in CASES if case.get != 405]
# Mail programs post there by themselves (RFC 8058); the address is signed.
ONE_CLICK = "mig/overblik/afmeld/<str:token>/"
POSTED = [case for case in CASES if case.post != 405 and case.route != ONE_CLICK]
READING = ("GET", "HEAD")
DATA = r"type=\"application/json\""
INLINE = re.compile(rf"<script(?![^>]*\bsrc=)(?![^>]*{DATA})[^>]*>|<[a-z][^>]*\s(style|on[a-z]+)=", re.IGNORECASE)


def html(response: Any) -> str:
    return response.content.decode() if response.headers["Content-Type"].startswith("text/html") else ""


def one_of(case: Case) -> str:
    """A role that passes the gate and is answered as most are."""
    return next(role for role in ("manager", *ROLES) if role in case.gate)


# --- 15: hosts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "a b"])
def test_an_unknown_host_is_refused(host: str) -> None:
    """Only the hosts of `ALLOWED_HOSTS` are answered (docs/security.md, check 15)."""
    response = Client(raise_request_exception=False, headers={"host": host}).get("/")
    assert response.status_code == 400


def test_a_forwarded_host_is_not_believed(world: World) -> None:
    """`X-Forwarded-Host` reaches no page (docs/security.md, check 15)."""
    response = Client(headers={"x-forwarded-host": "evil.example"}).get("/huset/kalender/")
    assert response.status_code == 200
    assert "evil.example" not in response.content.decode()


# --- 16: a token on every form --------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", POSTED, ids=str)
def test_a_post_without_a_token_is_refused(world: World, case: Case) -> None:
    """Also with somebody else's `Origin` (docs/security.md, check 16)."""
    with undone():
        client = log_in(world.users.get(one_of(case)), enforce_csrf_checks=True)
        path, data = case.path(world), case.data(world)
        assert client.post(path, data).status_code == 403
        assert client.post(path, data, headers={"origin": "https://evil.example"}).status_code == 403


@pytest.mark.parametrize("case", READABLE, ids=str)
def test_every_form_that_posts_carries_the_token(browsers: Browsers, case: Case) -> None:
    """And no form that only reads gives it away (docs/security.md, check 16)."""
    page = html(browsers.answer(one_of(case), "GET", case))
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", page, re.IGNORECASE | re.DOTALL)
    assert all('name="csrfmiddlewaretoken"' in form for form in forms)
    assert all(
        'name="csrfmiddlewaretoken"' not in form
        for form in re.findall(r"<form\b[^>]*>.*?</form>", page, re.DOTALL)
        if form not in forms
    )


# --- 17: reading writes nothing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", READABLE, ids=str)
def test_reading_a_page_writes_nothing_but_the_session(browsers: Browsers, case: Case) -> None:
    """By GET and HEAD, for everybody; every row is compared, not only their number (docs/security.md, check 17)."""
    assert [
        f"{method} by {role}" for role in ROLES for method in READING if browsers.answer(role, method, case).wrote
    ] == []


@pytest.mark.parametrize("case", POSTED, ids=str)
def test_a_form_that_is_refused_writes_nothing(browsers: Browsers, case: Case) -> None:
    """By who does not pass the gate, and by who is refused behind it (docs/security.md, check 17)."""
    assert [role for role in ROLES if browsers.answer(role, "POST", case).wrote] == []


# --- 18 and the other headers ---------------------------------------------------------------------------------------


def directives(response: Any) -> dict[str, set[str]]:
    policy = response.headers["Content-Security-Policy"]
    return {name: set(values) for name, *values in (part.split() for part in policy.split(";") if part.strip())}


def check_headers(response: Any) -> None:
    policy = directives(response)
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert policy["default-src"] == {"'none'"}
    assert policy["script-src"] == {"'self'"}
    assert policy["style-src"] == {"'self'"}
    assert policy["frame-ancestors"] == {"'none'"}
    assert policy["base-uri"] == {"'none'"}
    assert policy["form-action"] == {"'self'"}
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_answer_has_a_strict_policy_and_nothing_inline(browsers: Browsers, case: Case) -> None:
    """Pages, refusals, redirects and files alike (docs/security.md, check 18)."""
    for role in (VISITOR, one_of(case)):
        for method in ("GET", "POST"):
            response = browsers.answer(role, method, case)
            check_headers(response)
            assert INLINE.search(html(response)) is None


@pytest.mark.parametrize(
    "path", ["/findes-ikke/", "/huset/findes-ikke/", "/huset/kalender", "/.well-known/x", "/static/x"]
)
def test_what_is_not_found_has_the_same_policy(browsers: Browsers, path: str) -> None:
    """An answer from outside every view too (docs/security.md, check 18)."""
    response = browsers.ask(VISITOR, "GET", path)
    assert response.status_code in (301, 404)
    check_headers(response)


# --- 19: next -------------------------------------------------------------------------------------------------------

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    " https://evil.example",
    "/\t/evil.example",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_next_never_leads_elsewhere(world: World, browsers: Browsers, target: str) -> None:
    """At log-in, log-out and the choice of language (docs/security.md, check 19)."""
    with undone():
        member = User.objects.get(pk=world.users["member"].pk)
        member.set_password("en lang adgangskode")
        member.save()
        login = {"login": member.email, "password": "en lang adgangskode", "next": target}
        entered = Client().post("/konto/log-ind/", login)
        assert entered.status_code == 302
        assert entered.headers["Location"] == "/mig/"
    chosen = browsers.ask(VISITOR, "POST", "/sprog/", {"language": "en", "next": target})
    assert chosen.status_code in (204, 302)
    assert "evil" not in chosen.headers.get("Location", "")
    again = browsers.ask("member", "POST", "/konto/log-ind/", {"next": target})
    assert again.headers["Location"] == "/mig/"
    out = browsers.ask("member", "POST", "/konto/log-ud/", {"next": target})
    assert out.headers["Location"] == "/"


# --- 24: what caches keep -------------------------------------------------------------------------------------------

PERSONAL = [case for case in READABLE if VISITOR not in case.gate]


@pytest.mark.parametrize("case", PERSONAL, ids=str)
def test_no_cache_keeps_a_personal_page(browsers: Browsers, case: Case) -> None:
    """Every page that a visitor may not open is `no-store` (docs/security.md, check 24)."""
    response = browsers.answer(one_of(case), "GET", case)
    if response.status_code < 400:
        assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("case", READABLE, ids=str)
@pytest.mark.parametrize("role", [VISITOR, "member"])
def test_only_ones_own_browser_keeps_a_page_that_depends_on_who_asks(browsers: Browsers, case: Case, role: str) -> None:
    """No page of the site is `public` (docs/security.md, check 24)."""
    response = browsers.answer(role, "GET", case)
    if response.status_code == 200:
        kept = response.headers["Cache-Control"]
        assert "private" in kept or "no-store" in kept
        assert "public" not in kept


def test_an_unchanged_calendar_is_asked_for_and_not_sent_again(browsers: Browsers, world: World) -> None:
    """The tag depends on who asks and in which language (docs/security.md, check 24)."""
    path = "/huset/kalender/"
    tags = {}
    for role in (VISITOR, "member", "stranger", "staff"):
        response = browsers.ask(role, "GET", path)
        assert response.headers["Cache-Control"] == "private, no-cache"
        tags[role] = response.headers["ETag"]
    english = browsers.ask("member", "GET", path, cookie="django_language=en").headers["ETag"]
    assert len({*tags.values(), english}) == len(tags) + 1


# --- who is logged in -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", LOGGED_IN)
def test_a_session_of_somebody_who_is_no_longer_active_opens_nothing(world: World, role: str) -> None:
    """At once, in a session that is open (docs/security.md, check 7)."""
    with undone():
        client = log_in(world.users[role])
        assert client.get("/mig/").status_code == 200
        User.objects.filter(pk=world.users[role].pk).update(is_active=False)
        assert client.get("/mig/").status_code == 302


@pytest.mark.parametrize("key", ["\\000abcdefghij", "\\377\\000\\377abcdefgh", "../../../etc/passwd", "x" * 4000])
def test_a_session_cookie_that_is_none_opens_nothing_and_breaks_nothing(key: str) -> None:
    client = Client(headers={"cookie": f'{settings.SESSION_COOKIE_NAME}="{key}"'})
    assert [client.get(path).status_code for path in ("/", "/mig/")] == [200, 302]
