"""Every page under axe, on a desktop and on a narrow phone, with one heading, nothing past the edge, and text twice as large."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import BROWSER, DESKTOP, HOUSE, PHONE, LogIn, new_page

pytestmark = BROWSER

DAY = "2027-05-11"
MOTIONS = (7, 8, 9, 10, 11, 12, 13, 14)  # decided on, in its ballot, being discussed, a draft
WAYS = {9: ("", "kontrol/", "attest/"), 10: ("", "fuldmagt/", "papir/", "tavlekode/")}  # decided; being voted on
SLOT = f"lokale=moede-2&dato={DAY}&fra=10:00&til=11:00"
PAGES = {
    "": [
        "/",
        f"/{HOUSE}/",
        f"/{HOUSE}/kalender/",
        f"/{HOUSE}/kalender/?visning=uge",
        f"/{HOUSE}/husregler/",
        f"/{HOUSE}/husregler/1/",
        f"/{HOUSE}/husraad/tavle/",
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
        f"/{HOUSE}/samarbejde/",
        f"/{HOUSE}/samarbejde/nyt/",
        f"/{HOUSE}/overblik/",
        f"/{HOUSE}/overblik/valg/",
        f"/{HOUSE}/samarbejde/form/?passer=noget-nyt&passer=ligner",
        f"/{HOUSE}/forum/",
        f"/{HOUSE}/forum/punkter/nyt/",
        f"/{HOUSE}/overblik/2026/48/",
        f"/{HOUSE}/overblik/valg/",
        "/mig/",
        "/konto/sikkerhed/",
        f"/{HOUSE}/lukninger/",
    ],
    "raad": [
        f"/{HOUSE}/husraad/",
        f"/{HOUSE}/husraad/forslag/nyt/",
        f"/{HOUSE}/husraad/forslag/nyt/?slags=change_rule&regel=4",
        f"/{HOUSE}/husraad/forslag/nyt/?slags=standing_orders",
        f"/{HOUSE}/husraad/forslag/nyt/?slags=financing",
        *(f"/{HOUSE}/husraad/forslag/{number}/" for number in MOTIONS),
        f"/{HOUSE}/husraad/forslag/11/aendring/",
        f"/{HOUSE}/husraad/forslag/13/inhabil/",
        f"/{HOUSE}/husraad/konflikter/2/",
        f"/{HOUSE}/husraad/konflikter/ny/",
        f"/{HOUSE}/moeder/raad/",
        f"/{HOUSE}/moeder/raad/nyt/",
    ],
    "koordinator": [
        f"/{HOUSE}/samarbejde/?tilstand=proposed",
        f"/{HOUSE}/sammenfald/",
        f"/{HOUSE}/naboer/",
        f"/{HOUSE}/forum/indstillinger/",
        f"/{HOUSE}/forum/overlevering/",
        f"/{HOUSE}/moeder/forum/",
        f"/{HOUSE}/moeder/forum/nyt/",
        f"/{HOUSE}/opgaver/",
        f"/{HOUSE}/overblik/2026/48/",
        f"/{HOUSE}/overblik/2026/40/",
    ],
    "leder": [
        f"/{HOUSE}/overblik/modtagere/",
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


@pytest.mark.parametrize("narrow", [False, True], ids=["desktop", "phone"])
def test_axe_finds_nothing_on_the_way_from_a_motion_to_its_votes(
    chromium: Browser, live_url: str, log_in: LogIn, narrow: bool
) -> None:
    with new_page(chromium, live_url, PHONE if narrow else DESKTOP, is_phone=narrow) as page:
        log_in(page, "raad")
        for number, ways in WAYS.items():
            page.goto(f"/{HOUSE}/husraad/forslag/{number}/")
            page.goto(str(page.locator("a[href*='/husraad/afstemninger/']").first.get_attribute("href")))
            ballot = page.url.split("/afstemninger/")[1].split("/")[0]
            for way in ways:
                page.goto(f"/{HOUSE}/husraad/afstemninger/{ballot}/{way}")
                assert faults(page) == [], way


def test_text_twice_as_large_stays_on_the_page(page: Page, log_in: LogIn) -> None:
    log_in(page, "medlem")
    for path in ("/", f"/{HOUSE}/", f"/{HOUSE}/kalender/", f"/{HOUSE}/book/?{SLOT}", "/mig/"):
        page.goto(path)
        page.evaluate("() => { document.documentElement.style.fontSize = '125%'; }")  # the root is 62.5 %
        assert page.evaluate("() => document.documentElement.scrollWidth") <= DESKTOP["width"], path


WAYS_TOGETHER = {
    "samarbejde/": ".rows a[href*='/samarbejde/']",
    "sammenfald/": "a[href*='/sammenfald/']",
    "moeder/forum/": "a[href*='/moeder/']:not([href*='forum'])",
}


@pytest.mark.parametrize("narrow", [False, True], ids=["desktop", "phone"])
def test_axe_finds_nothing_on_a_collaboration_a_clash_or_a_meeting(
    chromium: Browser, live_url: str, log_in: LogIn, narrow: bool
) -> None:
    with new_page(chromium, live_url, PHONE if narrow else DESKTOP, is_phone=narrow) as page:
        log_in(page, "koordinator")
        for path, link in WAYS_TOGETHER.items():
            page.goto(f"/{HOUSE}/{path}")
            page.goto(str(page.locator("main").locator(link).last.get_attribute("href")))
            assert faults(page) == [], path
