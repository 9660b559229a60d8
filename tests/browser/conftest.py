"""A browser on the running site. Tests here never touch the database: they see what people see.

`page` is a desktop, `phone` is 320 px wide, `log_in` opens the door to one of the demo's people. A script error or
a breach of the content security policy fails the test in which it happened. Each worker has a site of its own; the tests of
a module, which begins with `pytestmark = BROWSER`, run on one.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from http import HTTPStatus

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from medborger.demo.logins import PASSWORD, address
from tests.browser.site import Site, open_site
from tests.factories import working_day
from tests.moment import NOW, at_now
from tests.services import NUMBER

HOUSE = "foreningernes-hus"
CHROMIUM = "chromium-headless-shell"
DESKTOP = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=320, height=640)
BROWSER = [pytest.mark.browser]

LogIn = Callable[..., None]


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("browser") and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


def empty_day(weeks: int = 0) -> date:
    """A Tuesday on which the house is open, beyond the demo's own bookings."""
    with at_now():
        return working_day(168 + 7 * weeks)


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with open_site(f"browser_{NUMBER}", valkey_database=32 + NUMBER) as site:
        yield site


@pytest.fixture(scope="module")
def moving_site() -> Iterator[Site]:
    """One whose clock the tests of a module move, forward only."""
    with open_site(f"moving_{NUMBER}", valkey_database=48 + NUMBER) as site:
        yield site


@pytest.fixture(scope="session")
def live_url(site: Site) -> str:
    """The address of the site, without a slash at the end."""
    return site.url


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Its event loop must have ended before a test that uses the database runs in this process."""
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which(CHROMIUM), args=sandbox)
        yield browser
        browser.close()


@contextmanager
def new_page(
    browser: Browser,
    url: str,
    viewport: ViewportSize,
    *,
    is_phone: bool = False,
    scripts: bool = True,
    now: datetime = NOW,
) -> Iterator[Page]:
    """A page in a context of its own, where it is `now`, and whose complaints fail the test."""
    context = browser.new_context(
        base_url=url,
        viewport=viewport,
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        has_touch=is_phone,
        is_mobile=is_phone,
        java_script_enabled=scripts,
    )
    context.clock.set_fixed_time(now)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def page(chromium: Browser, live_url: str) -> Iterator[Page]:
    with new_page(chromium, live_url, DESKTOP) as page:
        yield page


@pytest.fixture
def phone(chromium: Browser, live_url: str) -> Iterator[Page]:
    with new_page(chromium, live_url, PHONE, is_phone=True) as page:
        yield page


@pytest.fixture
def without_scripts(chromium: Browser, live_url: str) -> Iterator[Page]:
    with new_page(chromium, live_url, DESKTOP, scripts=False) as page:
        yield page


def enter(page: Page, login: str) -> None:
    """Log in by what the form sends, without drawing it: a test of its own goes through the page."""
    way_in = "/konto/log-ind/"
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.request.get(way_in).text())
    assert token is not None
    form = {"csrfmiddlewaretoken": token[1], "login": login, "password": PASSWORD}
    answer = page.request.post(way_in, form=form, max_redirects=0)
    assert answer.status == HTTPStatus.FOUND, login


@pytest.fixture
def log_in() -> LogIn:
    """`log_in(page, "medlem")`: as one of the demo's people in a house."""

    def log_in(page: Page, role: str, house: str = HOUSE) -> None:
        enter(page, address(role, house))

    return log_in
