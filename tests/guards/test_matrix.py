"""Role × route × method: every address declares who may open it, and answers each role as the table in `cases` says."""

from collections.abc import Collection

import pytest

from medborger.common.permissions import routes, undeclared
from tests.guards.cases import CASES
from tests.guards.world import ROLES, VISITOR, Browsers, Case, World, unwritten_pages

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST", "htmx")
WITH_OBJECT = [case for case in CASES if "<slug:hus>" in case.route and case.route.count("<") > 1]


def outside_the_administration() -> set[str]:
    return {path for path, _pattern in routes() if not path.startswith("admin/")}


def test_every_route_declares_who_may_open_it() -> None:
    """Read from the URLconf, the admin left out (docs/security.md, check 1)."""
    assert undeclared() == []


def test_every_route_has_its_arguments_in_the_matrix() -> None:
    """The matrix grows with the addresses, or fails (docs/security.md, check 2)."""
    assert {case.route for case in CASES} == outside_the_administration()


def asked(case: Case, method: str) -> Collection[str]:
    """All roles; by htmx one of each answer, since no gate looks at that header."""
    if method != "htmx":
        return ROLES
    return {case.expected(role, method): role for role in reversed(ROLES)}.values()


def answers(browsers: Browsers, case: Case, method: str) -> dict[str, int]:
    return {role: browsers.answer(role, method, case).status_code for role in asked(case, method)}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_role_is_answered_as_the_matrix_says(browsers: Browsers, case: Case) -> None:
    """By GET, HEAD, POST and htmx (docs/security.md, check 2)."""
    wrong = {
        f"{method} by {role}": f"{status}, not {case.expected(role, method)}"
        for method in METHODS
        for role, status in answers(browsers, case, method).items()
        if status != case.expected(role, method)
    }
    assert wrong == {}


@pytest.mark.parametrize("case", [case for case in CASES if VISITOR not in case.gate], ids=str)
def test_a_visitor_is_sent_to_log_in_and_back(browsers: Browsers, case: Case) -> None:
    """The address that was asked for is kept (docs/security.md, check 2)."""
    location = browsers.answer(VISITOR, "GET", case).headers["Location"]
    assert location.startswith("/konto/log-ind/?next=/")
    assert case.path(browsers.world).split("?")[0] in location


@pytest.mark.parametrize("role", ["neighbour", "admin"])
@pytest.mark.parametrize("case", WITH_OBJECT, ids=str)
def test_a_thing_is_not_found_under_another_houses_address(
    browsers: Browsers, world: World, case: Case, role: str
) -> None:
    """Fetched by house *and* id, for those who may do all in the other house (docs/security.md, check 3)."""
    path = case.path(world, hus=world.next_door.slug)
    with unwritten_pages():
        for method, answer in (("GET", case.get), ("POST", case.post)):
            expected = 405 if answer == 405 else 404
            assert browsers.ask(role, method, path, case.data(world)).status_code == expected


@pytest.mark.parametrize("case", WITH_OBJECT, ids=str)
def test_a_thing_that_does_not_exist_is_not_found(browsers: Browsers, world: World, case: Case) -> None:
    """No number breaks the page (docs/security.md, check 3)."""
    name = next(name for name in case.args(world) if name != "hus")
    for number in (0, 999_999_999, 10**30):
        path = case.path(world, **{name: number})
        with unwritten_pages():
            for method, answer in (("GET", case.get), ("POST", case.post)):
                expected = 405 if answer == 405 else 404
                assert browsers.ask("admin", method, path, case.data(world)).status_code == expected


@pytest.mark.parametrize("route", sorted(route for route in outside_the_administration() if "<slug:hus>" in route))
def test_a_house_that_does_not_exist_or_is_retired_is_not_found(browsers: Browsers, route: str) -> None:
    """Not even for the administrator (docs/security.md, check 3)."""
    case = next(case for case in CASES if case.route == route)
    for slug in ("findes-ikke", "lukket-hus"):
        assert browsers.ask("admin", "GET", case.path(browsers.world, hus=slug)).status_code == 404
