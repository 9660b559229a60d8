"""What people come for, from beginning to end, in a real browser."""

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from medborger.demo.logins import address
from tests.browser.conftest import BROWSER, DESKTOP, HOUSE, LogIn, empty_day, new_page

pytestmark = BROWSER

ROOM, DAY = "moede-2", empty_day()


def book(page: Page, title: str, start: str, end: str, day: date = DAY) -> None:
    page.goto(f"/{HOUSE}/book/?lokale={ROOM}&dato={day}&fra={start}&til={end}")
    page.get_by_label("Hvad skal der ske?").fill(title)
    page.get_by_role("button", name="Book lokalet").click()


def test_a_volunteer_books_a_free_hour_by_keyboard_alone(page: Page, log_in: LogIn) -> None:
    log_in(page, "medlem")
    page.goto(f"/{HOUSE}/kalender/?visning=dag&dato={DAY}&lokale={ROOM}")
    page.locator(f".lane[data-room={ROOM}] .slot a").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/book/"))
    page.get_by_label("Hvad skal der ske?").focus()
    page.keyboard.type("Tastaturtræf")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tastaturtræf")
    expect(page.get_by_text("Det er booket")).to_be_visible()


def test_who_comes_second_takes_what_is_free_instead_with_one_click(page: Page, log_in: LogIn) -> None:
    log_in(page, "raad")
    book(page, "Først", "14:00", "15:00")
    expect(page.get_by_role("heading", level=1)).to_have_text("Først")
    page.get_by_role("button", name="Log ud").click()
    log_in(page, "medlem")
    book(page, "Også gerne", "14:00", "15:00")
    expect(page.get_by_role("alert").or_(page.locator(".taken")).first).to_contain_text("er optaget")
    page.locator(".instead button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Også gerne")


def test_without_scripts_a_booking_is_made_moved_cancelled_and_brought_back(
    without_scripts: Page, log_in: LogIn
) -> None:
    page = without_scripts
    log_in(page, "medlem")
    book(page, "Uden scripts", "10:00", "11:00", day=empty_day(1))
    page.get_by_role("link", name="Flyt").first.click()
    page.get_by_label("Fra kl.").fill("12.00")
    page.get_by_label("Til kl.").fill("13.00")
    page.get_by_role("button", name="Flyt").first.click()
    expect(page.locator("main")).to_contain_text("12.00–13.00")
    page.get_by_role("link", name="Aflys").first.click()
    page.get_by_role("button", name="Aflys").first.click()
    page.get_by_role("button", name=re.compile("Fortryd")).first.click()
    expect(page.locator("main")).to_contain_text("12.00–13.00")
    expect(page.get_by_role("link", name="Aflys").first).to_be_visible()


def test_what_another_books_appears_without_a_reload(
    page: Page, chromium: Browser, live_url: str, log_in: LogIn
) -> None:
    log_in(page, "medarbejder")
    page.goto(f"/{HOUSE}/kalender/?visning=dag&dato={empty_day(2)}")
    with new_page(chromium, live_url, DESKTOP) as other:
        log_in(other, "medlem")
        book(other, "Set med det samme", "10:00", "11:00", day=empty_day(2))
    expect(page.locator(".day")).to_contain_text("Set med det samme", timeout=15_000)


@pytest.mark.parametrize("role", ["medlem"])
def test_a_one_time_code_opens_the_door(page: Page, role: str) -> None:
    page.goto("/konto/log-ind/kode/")
    page.locator("main [name=login], main [name=email]").first.fill(address(role, HOUSE))
    page.get_by_role("button", name=re.compile("kode", re.IGNORECASE)).first.click()
    expect(page.locator("[name=code]")).to_be_visible()
    post = page.context.new_page()
    post.goto(f"/demo/post/?q={address(role, HOUSE)}")
    code = re.search(r"\b(\d{6})\b", post.locator("main").inner_text())
    assert code is not None
    post.close()
    page.locator("[name=code]").fill(code[1])
    page.locator("form").filter(has=page.locator("[name=code]")).get_by_role("button").first.click()
    expect(page.get_by_role("button", name="Log ud")).to_be_attached()
