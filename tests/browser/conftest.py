"""A browser on the running site. Tests here never touch the database: they see what people see.

`page` is a desktop, `phone` is 320 px wide, `log_in` opens the door by the log-in page as a person would. A script error or
a breach of the content security policy fails the test in which it happened. A module here begins with `pytestmark = BROWSER`,
so that all run on the one worker that has the site.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from medborger.demo.logins import PASSWORD, address
from tests.browser.site import Site, open_site

HOUSE = "foreningernes-hus"
DESKTOP = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=320, height=640)
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
BROWSER = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LogIn = Callable[..., None]


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with open_site(f"browser_{WORKER}", valkey_database=32 + WORKER) as site:
        yield site


@pytest.fixture(scope="session")
def moving_site() -> Iterator[Site]:
    """One whose clock the tests move, forward only: what uses it begins by saying when it is."""
    with open_site(f"moving_{WORKER}", valkey_database=48 + WORKER) as site:
        yield site


@pytest.fixture(scope="session")
def live_url(site: Site) -> str:
    """The address of the site, without a slash at the end."""
    return site.url


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's own Chromium. Its event loop must have ended before a test that uses the database runs in this process."""
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=sandbox)
        yield browser
        browser.close()


@contextmanager
def new_page(
    browser: Browser, url: str, viewport: ViewportSize, *, is_phone: bool = False, scripts: bool = True
) -> Iterator[Page]:
    """A page in a context of its own, whose complaints fail the test."""
    context = browser.new_context(
        base_url=url,
        viewport=viewport,
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        has_touch=is_phone,
        is_mobile=is_phone,
        java_script_enabled=scripts,
    )
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


@pytest.fixture
def log_in() -> LogIn:
    """`log_in(page, "medlem")`: by address and password, as one of the demo's people in a house."""

    def enter(page: Page, role: str, house: str = HOUSE) -> None:
        page.goto("/konto/log-ind/")
        form = page.locator("form").filter(has=page.locator("[name=password]")).first
        form.locator("[name=login]").fill(address(role, house))
        form.locator("[name=password]").fill(PASSWORD)
        form.get_by_role("button", name="Log ind", exact=True).click()
        page.get_by_role("button", name="Log ud").wait_for(state="attached")

    return enter
