"""Every page under axe, on a desktop and on a narrow phone, with one heading, nothing past the edge, and text twice as large."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import BROWSER, DESKTOP, HOUSE, PHONE, LogIn, new_page

pytestmark = BROWSER

DAY = "2027-05-11"
SLOT = f"lokale=moede-2&dato={DAY}&fra=10:00&til=11:00"
PAGES = {
    "": [
        "/",
        f"/{HOUSE}/",
        f"/{HOUSE}/kalender/",
        f"/{HOUSE}/kalender/?visning=uge",
        f"/{HOUSE}/husregler/",
        "/konto/log-ind/",
        "/konto/log-ind/kode/",
        "/tilgaengelighed/",
        "/privatliv/",
        "/findes-ikke/",
    ],
    "medlem": [
        f"/{HOUSE}/kalender/",
        f"/{HOUSE}/kalender/?visning=uge",
        f"/{HOUSE}/book/?{SLOT}",
        f"/{HOUSE}/bookinger/",
        f"/{HOUSE}/ledige/?dato={DAY}&fra=10:00&til=11:00",
        f"/{HOUSE}/mennesker/",
        f"/{HOUSE}/paamindelser/",
        f"/{HOUSE}/husraad/",
        f"/{HOUSE}/husraad/pladser/",
        f"/{HOUSE}/husraad/forretningsorden/",
        f"/{HOUSE}/husraad/konflikter/",
        "/mig/",
        "/konto/sikkerhed/",
        f"/{HOUSE}/lukninger/",
    ],
    "leder": [
        f"/{HOUSE}/kalender/?visning=uge",
        f"/{HOUSE}/book/?{SLOT}",
        f"/{HOUSE}/bookinger/",
        f"/{HOUSE}/lukninger/",
        f"/{HOUSE}/mennesker/",
        f"/{HOUSE}/vagter/",
        f"/{HOUSE}/paamindelser/ny/",
    ],
}


def faults(page: Page) -> list[str]:
    """What axe and the eye find on the page as it stands."""
    found = [f"{v['id']}: {[n['html'][:90] for n in v['nodes']][:3]}" for v in Axe().run(page).response["violations"]]
    if page.locator("h1").count() != 1:
        found.append("not one h1")
    over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        found.append(f"{over} px past the edge")
    return found


@pytest.mark.parametrize("narrow", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("role", PAGES)
def test_axe_finds_nothing_on_any_page(
    chromium: Browser, live_url: str, log_in: LogIn, role: str, narrow: bool
) -> None:
    with new_page(chromium, live_url, PHONE if narrow else DESKTOP, is_phone=narrow) as page:
        if role:
            log_in(page, role)
        found: dict[str, list[str]] = {}
        for path in PAGES[role]:
            page.goto(path)
            if said := faults(page):
                found[path] = said
        assert found == {}


def test_text_twice_as_large_stays_on_the_page(page: Page, log_in: LogIn) -> None:
    log_in(page, "medlem")
    for path in ("/", f"/{HOUSE}/", f"/{HOUSE}/kalender/", f"/{HOUSE}/book/?{SLOT}", "/mig/"):
        page.goto(path)
        page.evaluate("() => { document.documentElement.style.fontSize = '125%'; }")  # the root is 62.5 %
        assert page.evaluate("() => document.documentElement.scrollWidth") <= DESKTOP["width"], path
