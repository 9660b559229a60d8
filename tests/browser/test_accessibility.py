"""Every page under axe, on a desktop and on a narrow phone, with one heading, nothing past the edge, and text twice as large."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from medborger.common import clock
from tests.browser.conftest import BROWSER, DESKTOP, HOUSE, PHONE, LogIn, empty_day
from tests.moment import NOW

pytestmark = BROWSER

DAY = empty_day()
MADE = clock.monday(clock.local(NOW - timedelta(hours=7)).date())  # when the latest digest was
WEEK, EARLIER = (f"{day:%G/%V}" for day in (MADE, MADE - timedelta(weeks=8)))
MOTIONS = (7, 8, 9, 10, 11, 12, 13, 14)  # decided on, in its ballot, being discussed, a draft
# The pages of votes, by house and motion: decided, being voted on; with proxies; in secret.
WAYS: Mapping[str, Mapping[int, tuple[str, ...]]] = {
    HOUSE: {9: ("", "kontrol/", "attest/"), 10: ("",)},
    "kvarterhuset": {4: ("", "fuldmagt/")},
    "sundhedshuset": {2: ("",)},
}
SLOT = f"lokale=moede-2&dato={DAY}&fra=10:00&til=11:00"
PAGES = {
    "": [
        "/",
        f"/{HOUSE}/",
        f"/{HOUSE}/kalender/",
        f"/{HOUSE}/kalender/?visning=uge",
        f"/{HOUSE}/husregler/",
        f"/{HOUSE}/husregler/1/",
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
        f"/{HOUSE}/overblik/{WEEK}/",
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
        f"/{HOUSE}/overblik/{WEEK}/",
        f"/{HOUSE}/overblik/{EARLIER}/",
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


ALL = """() => axe.run(document, { resultTypes: ["violations"] })"""
# How each element looks at this width, kept in the page.
REMEMBER = """() => {
  window.look = (element) => {
    const style = getComputedStyle(element);
    return [element.checkVisibility(), style.color, style.backgroundColor, style.backgroundImage, style.fontSize, style.fontWeight].join();
  };
  window.looks = new Map([...document.querySelectorAll("body, body *")].map((element) => [element, window.look(element)]));
}"""
# All rules but contrast on the whole page; contrast, which takes most of the time, where something looks otherwise than it did.
AGAIN = """async () => {
  const options = { resultTypes: ["violations"] };
  const all = await axe.run(document, { ...options, rules: { "color-contrast": { enabled: false } } });
  const otherwise = [...document.querySelectorAll("body, body *")].filter((one) => window.looks.get(one) !== window.look(one));
  const shown = otherwise.filter((element) => element.checkVisibility());
  const contrast = shown.length
    ? await axe.run({ include: shown }, { ...options, runOnly: ["color-contrast"] })
    : { violations: [] };
  return { violations: [...all.violations, ...contrast.violations] };
}"""


@pytest.fixture
def page(page: Page) -> Page:
    """Has axe on board wherever it goes: put into a page that is there already, it takes as long as what it finds."""
    page.add_init_script(script=Axe().axe_script)
    return page


def faults(page: Page) -> list[str]:
    """What axe and the eye find on the page, on a desktop and on a narrow phone."""
    found = said("desktop", page, page.evaluate(ALL))
    page.evaluate(REMEMBER)
    page.set_viewport_size(PHONE)
    found += said("phone", page, page.evaluate(AGAIN))
    page.set_viewport_size(DESKTOP)
    return found


def said(where: str, page: Page, result: Mapping[str, Any]) -> list[str]:
    found = [f"{where}: {v['id']}: {[n['html'][:90] for n in v['nodes']][:3]}" for v in result["violations"]]
    if page.locator("h1").count() != 1:
        found.append(f"{where}: not one h1")
    over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        found.append(f"{where}: {over} px past the edge")
    return found


def on_a_worker_of_its_own(role: str) -> Any:
    """The pages of a role are the unit that a worker takes."""
    return pytest.param(role, marks=pytest.mark.xdist_group(f"axe {role}"), id=role or "visitor")


@pytest.mark.parametrize("role", [on_a_worker_of_its_own(role) for role in PAGES])
def test_axe_finds_nothing_on_any_page(page: Page, log_in: LogIn, role: str) -> None:
    if role:
        log_in(page, role)
    found: dict[str, list[str]] = {}
    for path in PAGES[role]:
        page.goto(path)
        if faulty := faults(page):
            found[path] = faulty
    assert found == {}


@pytest.mark.parametrize("house", WAYS)
def test_axe_finds_nothing_on_the_way_from_a_motion_to_its_votes(page: Page, log_in: LogIn, house: str) -> None:
    log_in(page, "raad", house)
    for number, ways in WAYS[house].items():
        page.goto(f"/{house}/husraad/forslag/{number}/")
        page.goto(str(page.locator("a[href*='/husraad/afstemninger/']").first.get_attribute("href")))
        ballot = page.url.split("/afstemninger/")[1].split("/")[0]
        for way in ways:
            page.goto(f"/{house}/husraad/afstemninger/{ballot}/{way}")
            assert faults(page) == [], way


def test_a_fault_that_only_a_phone_shows_is_found(page: Page) -> None:
    """The second look is no formality: it sees what is drawn at that width alone, in colours that nobody can read."""
    page.goto("/")
    page.evaluate("""() => {
      const style = new CSSStyleSheet();
      style.replaceSync(".late { display: none } @media (max-width: 400px) { .late { display: block; color: #999; background: #aaa } }");
      document.adoptedStyleSheets = [style];
      document.querySelector("main").insertAdjacentHTML("beforeend", "<p class=late>Kun på en telefon</p>");
    }""")
    assert [line.split(": [")[0] for line in faults(page)] == ["phone: color-contrast"]


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


def test_axe_finds_nothing_on_a_collaboration_a_clash_or_a_meeting(page: Page, log_in: LogIn) -> None:
    log_in(page, "koordinator")
    for path, link in WAYS_TOGETHER.items():
        page.goto(f"/{HOUSE}/{path}")
        page.goto(str(page.locator("main").locator(link).last.get_attribute("href")))
        assert faults(page) == [], path
