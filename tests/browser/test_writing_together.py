"""The form chooser and the entry form of the log, by the keyboard alone and without scripts."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import BROWSER, HOUSE, LogIn
from tests.moment import TODAY

pytestmark = BROWSER


def test_the_chooser_is_answered_by_keyboard_and_carries_its_form_along(page: Page, log_in: LogIn) -> None:
    log_in(page, "medlem")
    page.goto(f"/{HOUSE}/samarbejde/form/")
    page.get_by_role("checkbox", name="Vi vil lave noget nyt sammen.").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    suggested = page.get_by_role("region", name="Det kunne være")
    expect(suggested).to_contain_text("Vi laver noget nyt sammen")
    suggested.get_by_role("link", name="Skriv ind med den form").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv et samarbejde ind")
    expect(page.get_by_role("radio", name="Vi laver noget nyt sammen")).to_be_checked()


def test_a_collaboration_is_written_in_without_scripts(without_scripts: Page, log_in: LogIn) -> None:
    page = without_scripts
    log_in(page, "medlem")
    page.goto(f"/{HOUSE}/samarbejde/nyt/?form=align")
    page.get_by_role("button", name="Skriv ind").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv, hvad I laver sammen.")
    page.get_by_label("Hvad laver I sammen?").fill("Skak og brætspil på skift")
    for actor in ("Brætspilsklubben", "Skakklubben"):
        page.get_by_role("checkbox", name=actor, exact=True).check()
    page.get_by_label("Siden", exact=True).fill(f"{TODAY - timedelta(days=22):%d.%m.%Y}")
    page.get_by_role("button", name="Skriv ind").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skak og brætspil på skift")
    expect(page.locator("main")).to_contain_text("Vi viser videre til hinanden og undgår at lave det samme")
