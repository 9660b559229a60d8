"""The people of a house whose clock can be moved, and what they do on a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from playwright.sync_api import Browser, Page, ViewportSize

from medborger.common import clock
from tests.browser.conftest import DESKTOP, HOUSE, PHONE, enter, new_page
from tests.browser.site import Site


class Town:
    """The people of the house, each in a browser of their own."""

    def __init__(self, chromium: Browser, site: Site) -> None:
        self.chromium, self.site = chromium, site

    @contextmanager
    def person(self, name: str, *, on_phone: bool = False, viewport: ViewportSize | None = None) -> Iterator[Page]:
        """Somebody logged in: a role of the demo's, or an association's contact by the name in its address. `viewport` is another phone
        than the narrow one."""
        size = viewport or (PHONE if on_phone else DESKTOP)
        with new_page(self.chromium, self.site.url, size, is_phone=size != DESKTOP, now=self.site.now) as page:
            enter(page, f"{name}@{HOUSE}.example")
            yield page


def convene(page: Page, site: Site) -> None:
    """Call the council to a meeting that begins in ten minutes: its minutes are open, and hands can be shown at it."""
    start, end = (clock.local(site.now + timedelta(minutes=minutes)) for minutes in (10, 130))
    page.goto(f"/{HOUSE}/moeder/raad/nyt/")
    page.get_by_label("Hvad skal mødet hedde?").fill("Et møde, der begynder nu")
    page.get_by_label("Dato").fill(f"{start:%d.%m.%Y}")
    page.get_by_label("Fra kl.").fill(f"{start:%H.%M}")
    page.get_by_label("Til kl.").fill(f"{end:%H.%M}" if end.date() == start.date() else "24.00")
    page.get_by_role("button", name="Videre til dagsordenen").click()
    page.get_by_label("Punkt", exact=True).fill("Nye borde")
    page.get_by_role("button", name="Sæt punktet på").click()
    page.get_by_role("link", name="Indkald").click()
    page.get_by_role("button", name="Indkald").click()


def press(page: Page, button: str) -> None:
    page.locator("main").get_by_role("button", name=button, exact=True).first.click()


def follow(page: Page, link: str) -> None:
    page.locator("main").get_by_role("link", name=link).first.click()


def once(page: Page, path: str, text: str) -> None:
    """The page, when the worker has come round to it."""
    for _look in range(60):
        page.goto(path)
        if page.get_by_text(text).count():
            return
    raise AssertionError(f"{text} never stood at {path}")
