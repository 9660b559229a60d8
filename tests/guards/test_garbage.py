"""Whatever is sent to whatever address by whoever: never a 500, and nothing stored unless the answer says that it worked."""

import re
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings as site
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from tests.guards.cases import CASES
from tests.guards.world import WORKED, Browsers, Case, World, undone

pytestmark = pytest.mark.django_db

ROUTES = list({case.route: case for case in reversed(CASES)}.values())
POSTED = [case for case in ROUTES if any(c.post != 405 for c in CASES if c.route == case.route)]
FORM, CSRF_COOKIE = "application/x-www-form-urlencoded", site.CSRF_COOKIE_NAME
SENDERS = ("visitor", "outsider", "member", "stranger", "staff", "manager", "admin")
Fields = dict[str, Any]

QUERY = ["lokale", "dato", "fra", "til", "visning", "facilitet", "pladser", "siden", "efter", "vis", "next", "q"]
HOSTILE = [
    "",
    " ",
    "0",
    "-1",
    "1e309",
    "NaN",
    "9" * 400,
    "99999999999999999999",
    "2026-02-31",
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "31.12.9999",
    "25:99",
    "24.15",
    "-00:15",
    "٣",
    "²",
    "\0",
    "a\0b",
    "\r\nSet-Cookie: x=y",
    "' OR 1=1 --",
    "<script>",
    "{{ 7 * 7 }}",
    "%s%(x)s",
    "../../etc/passwd",
    "010190-1111",
    "true",
    "[]",
    "x" * 5000,
    "\u202e\ufeff\u0000",
    "😀" * 100,
]
# The same garbage everywhere, and no hunt for a smaller one: what failed is small enough to read.
bounded = settings(
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
days = st.dates().map(str)
times = st.times().map(lambda time: f"{time:%H:%M}")
numbers = st.integers().map(str)


@pytest.fixture(scope="module")
def names(browsers: Browsers) -> list[str]:
    """Every name that a form of the site uses, and those of the query strings."""
    found: set[str] = set(QUERY)
    for case in CASES:
        response = browsers.answer("manager", "GET", case)
        found |= set(re.findall(r'name="(\w+)"', response.content.decode(errors="ignore")))
        found |= set(case.data(browsers.world))
    return sorted(found - {"csrfmiddlewaretoken", "viewport"})


@pytest.fixture(scope="module")
def plausible(world: World) -> list[str]:
    """Values that are right somewhere: they lead past the first check."""
    things = [world.room, world.room_next_door, world.dancers, world.singers, *world.users.values(), world.closed]
    form = world.booking_form()
    return sorted(
        {*(str(thing.pk) for thing in things), *map(str, form.values()), "salen", "uge", "dag", "everyone", "on"}
    )


def fields(names: list[str], plausible: list[str]) -> st.SearchStrategy[dict[str, list[str]]]:
    values = st.one_of(st.sampled_from(plausible), st.sampled_from(HOSTILE), texts, days, times, numbers)
    return st.dictionaries(st.sampled_from(names), st.lists(values, min_size=1, max_size=3), min_size=1, max_size=14)


def check(browsers: Browsers, answer: Any, what: str) -> None:
    """Ask inside the `undone()` of the request."""
    assert answer.status_code < 500, what
    assert answer.status_code in WORKED or not browsers.has_written(), what


def send(browsers: Browsers, role: str, method: str, case: Case, query: Fields, form: Fields) -> None:
    path = case.path(browsers.world)
    with undone():
        client = browsers.client(role)
        address = f"{path}{'&' if '?' in path else '?'}{urlencode(query, doseq=True)}"
        answer = client.post(path, form) if method == "POST" else client.get(address)
        check(browsers, answer, f"POST {path} {form} by {role}" if method == "POST" else f"GET {address} by {role}")


@pytest.mark.parametrize("case", ROUTES, ids=lambda case: case.route or "/")
@settings(bounded, max_examples=10)
@given(data=st.data())
def test_generated_fields_never_break_an_address(
    world: World, browsers: Browsers, names: list[str], plausible: list[str], case: Case, data: st.DataObject
) -> None:
    """By those who pass its gate, one of them for each example."""
    sent = data.draw(fields(names, plausible))
    method = data.draw(st.sampled_from(["GET", "POST"]))
    # A form that is right but for what was generated gets further than a form of nonsense.
    form = {**case.data(world), **sent} if data.draw(st.booleans()) else sent
    inside = [role for role in SENDERS if role in case.gate] or sorted(case.gate)
    send(browsers, data.draw(st.sampled_from(inside)), method, case, sent, form)


@pytest.mark.parametrize(
    "case", [case for case in ROUTES if set(SENDERS) - set(case.gate)], ids=lambda case: case.route
)
def test_garbage_from_who_does_not_pass_the_gate_breaks_nothing_either(
    world: World, browsers: Browsers, names: list[str], case: Case
) -> None:
    """They are sent away before the form is read: all the hostile values at once are as good as many examples. Where a visitor is sent
    to log in, the address goes along."""
    sent = {name: [HOSTILE[place % len(HOSTILE)]] for place, name in enumerate(names)}
    for role in SENDERS:
        if role not in case.gate:
            send(browsers, role, "POST", case, {}, {**case.data(world), **sent})
            send(browsers, role, "GET", case, sent, {})


@settings(bounded, max_examples=60)
@given(data=st.data())
def test_generated_paths_never_break_an_address(world: World, browsers: Browsers, data: st.DataObject) -> None:
    case = data.draw(st.sampled_from([case for case in ROUTES if "<" in case.route]))
    part = st.one_of(st.sampled_from(HOSTILE), texts, numbers).map(lambda text: quote(text[:300], safe=""))
    path = "/" + re.sub(r"<[^>]+>", lambda _found: data.draw(part), case.route)
    for role in ("visitor", "member", "admin"):
        for method in ("GET", "POST"):
            with undone():
                check(browsers, browsers.client(role).generic(method, path), f"{method} {path} by {role}")


@pytest.mark.parametrize("case", POSTED, ids=lambda case: case.route)
def test_a_body_that_is_no_form_is_refused(world: World, browsers: Browsers, case: Case) -> None:
    path = case.path(world)
    bodies = [
        (b"{", "application/json"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"a=%ff%00", "application/x-www-form-urlencoded; charset=klingon"),
        (b"--x\r\nno header", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"<x/>", ""),
    ]
    for role in ("visitor", "manager"):
        for body, kind in bodies:
            with undone():
                answer = browsers.client(role).generic("POST", path, body, content_type=kind)
                check(browsers, answer, f"{kind} {body!r} to {path} by {role}")


@pytest.mark.parametrize("case", POSTED, ids=lambda case: case.route)
def test_a_body_that_is_too_big_is_refused(world: World, browsers: Browsers, case: Case) -> None:
    """Bounds: 2.5 MB and 300 fields, noticed when the token is looked for, which is before any view runs."""
    path = case.path(world)
    too_much = {413: b"title=" + b"x" * 10_000_000, 400: b"&".join(b"f=1" for _ in range(400))}
    for role in ("visitor", "manager"):
        for status, body in too_much.items():
            with undone():
                client = browsers.client(role, check_token=True)
                client.cookies[CSRF_COOKIE] = "x" * 32
                answer = client.generic("POST", path, body, content_type=FORM)
                assert answer.status_code == status
                check(browsers, answer, f"{len(body)} bytes to {path} by {role}")
