"""The first minute: the houses, a house, its calendar, and the way in."""

import re

import pytest
from playwright.sync_api import Page, expect

from medborger.demo.logins import PASSWORD, address
from tests.browser.conftest import BROWSER, HOUSE, empty_day
from tests.moment import TODAY

pytestmark = BROWSER

PATHS = ["/", f"/{HOUSE}/", f"/{HOUSE}/kalender/?visning=dag", f"/{HOUSE}/kalender/?visning=uge", "/konto/log-ind/"]


@pytest.mark.parametrize("path", PATHS)
def test_every_first_page_has_one_heading_and_fits_a_narrow_phone(phone: Page, path: str) -> None:
    phone.goto(path)
    expect(phone.locator("h1")).to_have_count(1)
    assert phone.evaluate("() => document.documentElement.scrollWidth") == 320


def test_from_the_houses_to_a_house_and_its_calendar(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Foreningernes Hus").first.click()
    expect(page).to_have_url(re.compile(f"/{HOUSE}/$"))
    page.get_by_role("link", name="Kalender").first.click()
    expect(page).to_have_url(re.compile(f"/{HOUSE}/kalender/"))


def test_the_site_stands_at_the_tests_own_time(page: Page) -> None:
    page.goto(f"/{HOUSE}/kalender/?visning=uge")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"uge {TODAY.isocalendar().week}", ignore_case=True)


@pytest.mark.parametrize("role", ["medlem", "medarbejder"])
def test_the_demos_people_get_in_and_out(page: Page, role: str) -> None:
    page.goto("/konto/log-ind/")
    form = page.locator("form").filter(has=page.locator("[name=password]")).first
    form.locator("[name=login]").fill(address(role, HOUSE))
    form.locator("[name=password]").fill(PASSWORD)
    form.get_by_role("button", name="Log ind", exact=True).click()
    expect(page).to_have_url(re.compile("/mig/$"))
    expect(page.locator("h1")).to_have_count(1)
    page.get_by_role("button", name="Log ud").click()
    expect(page.get_by_role("link", name="Log ind").first).to_be_visible()


def test_the_calendar_can_be_read_without_scripts(without_scripts: Page) -> None:
    without_scripts.goto(f"/{HOUSE}/kalender/?visning=dag&dato={empty_day()}")
    expect(without_scripts.locator(".lane li").first).to_be_attached()
