"""Two who keep the minutes of one meeting at once, in real browsers: what one writes saves itself, and no word is lost."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import BROWSER, DESKTOP, LogIn, new_page
from tests.browser.site import Site
from tests.browser.town import convene

pytestmark = BROWSER


@pytest.fixture
def other(chromium: Browser, live_url: str) -> Iterator[Page]:
    with new_page(chromium, live_url, DESKTOP) as page:
        yield page


def begin_meeting(page: Page, site: Site) -> str:
    """Gives the address of the page on which its minutes are written."""
    convene(page, site)
    page.get_by_role("link", name="Skriv referat").click()
    return page.url


def minutes(page: Page) -> Locator:
    return page.get_by_label("Referat", exact=False).first


def test_minutes_save_themselves_and_the_second_to_write_gets_both_texts(
    page: Page, other: Page, log_in: LogIn, site: Site
) -> None:
    log_in(page, "raad")
    address = begin_meeting(page, site)
    log_in(other, "suppleant")
    other.goto(address)

    minutes(page).press_sequentially("Ti nye borde.")
    expect(page.get_by_text(re.compile("Gemt kl."))).to_be_visible()
    expect(minutes(page)).to_be_focused()
    minutes(page).press_sequentially(" De skal kunne foldes.")
    page.get_by_role("button", name=re.compile("Gem.*Nye borde")).click()
    expect(page).to_have_url(re.compile("#punkt-"))
    expect(minutes(page)).to_have_value("Ti nye borde. De skal kunne foldes.")

    minutes(other).press_sequentially("Borde til salen.")
    other.get_by_role("button", name="Se begge tekster").click()
    expect(other.get_by_text("Ti nye borde. De skal kunne foldes.")).to_be_visible()
    expect(minutes(other)).to_have_value("Borde til salen.")
    minutes(other).fill("Ti nye borde til salen. De skal kunne foldes.")
    other.get_by_role("button", name="Gem den samlede tekst").click()
    page.reload()
    expect(minutes(page)).to_have_value("Ti nye borde til salen. De skal kunne foldes.")
