"""What the scripts add to the pages: a time under the pointer, the arrow keys, moving one's own, a select that filters."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, ViewportSize, expect

from tests.browser.alone import House, open_house
from tests.browser.conftest import BROWSER

pytestmark = BROWSER

QUARTER = 14  # pixels


@pytest.fixture
def house_page() -> Iterator[House]:
    with open_house() as house:
        yield house


@pytest.fixture
def screen(chromium: Browser, house_page: House) -> Iterator[Page]:
    """A wide screen far from Denmark; a script error or a breach of the policy fails the test."""
    tall = ViewportSize(width=1280, height=1200)
    context = chromium.new_context(viewport=tall, timezone_id="America/New_York")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    page.goto(house_page.url)
    yield page
    context.close()
    assert complaints == []


def box(thing: Locator) -> FloatRect:
    found = thing.bounding_box()
    assert found is not None
    return found


def wish(address: str | None) -> tuple[str, str]:
    """The time that a link to the form carries."""
    query = parse_qs(urlsplit(address or "").query)
    return query["fra"][0], query["til"][0]


def stretch(screen: Page) -> Locator:
    return screen.locator(".slot > a")


def own(screen: Page) -> Locator:
    return screen.locator(".is-own > a")


def said(screen: Page) -> Locator:
    return screen.locator(".cal-said")


def test_a_free_stretch_leads_to_the_hour_under_the_pointer(screen: Page) -> None:
    at = box(stretch(screen))
    screen.mouse.move(at["x"] + 20, at["y"] + 5 * QUARTER)
    assert wish(stretch(screen).get_attribute("href")) == ("15:00", "16:00")
    screen.mouse.move(at["x"] + 20, at["y"] + 11 * QUARTER)
    assert wish(stretch(screen).get_attribute("href")) == ("16:30", "17:00")


def test_the_stretch_leads_to_its_own_start_when_the_pointer_has_left(screen: Page) -> None:
    at = box(stretch(screen))
    screen.mouse.move(at["x"] + 20, at["y"] + 5 * QUARTER)
    screen.mouse.move(at["x"] + 20, at["y"] - 60)
    assert wish(stretch(screen).get_attribute("href")) == ("14:00", "15:00")
    expect(screen.locator(".ghost")).to_have_count(0)


def test_dragging_over_a_free_stretch_opens_the_form_with_that_time(screen: Page) -> None:
    at = box(stretch(screen))
    screen.mouse.move(at["x"] + 20, at["y"] + 2)
    screen.mouse.down()
    screen.mouse.move(at["x"] + 20, at["y"] + 6.5 * QUARTER, steps=4)
    with screen.expect_navigation():
        screen.mouse.up()
    assert wish(screen.url) == ("14:00", "15:45")


def test_the_keys_go_through_a_stretch_by_half_hours_and_say_where(screen: Page) -> None:
    stretch(screen).focus()
    screen.keyboard.press("ArrowDown")
    screen.keyboard.press("Shift+ArrowDown")
    assert wish(stretch(screen).get_attribute("href")) == ("14:30", "15:45")
    expect(said(screen)).to_have_text("Salen: 14.30–15.45")


def test_the_keys_go_on_from_the_end_of_a_stretch_to_what_comes_next(screen: Page) -> None:
    stretch(screen).focus()
    for _ in range(6):
        screen.keyboard.press("ArrowDown")
    expect(screen.get_by_role("link", name="Øveaften")).to_be_focused()
    screen.keyboard.press("ArrowRight")
    expect(own(screen)).to_be_focused()


def test_moving_by_keys_is_one_request_when_the_hand_rests(screen: Page, house_page: House) -> None:
    own(screen).focus()
    for key in ("Alt+ArrowDown", "Alt+ArrowDown", "Alt+ArrowLeft", "Alt+Shift+ArrowUp"):
        screen.keyboard.press(key)
    expect(said(screen)).to_have_text("Salen: 17.30–19.15")
    expect(said(screen)).to_contain_text("Flyttet til kl. 17:30.")
    assert house_page.moves == [
        {"room": "salen", "date": "2026-11-24", "version": "7", "start": "17:30", "end": "19:15"}
    ]
    expect(own(screen)).to_be_focused()


def test_a_booking_can_be_moved_on_before_the_fresh_grid_is_there(screen: Page, house_page: House) -> None:
    screen.route(f"{house_page.url}/", lambda route: None)  # the fresh grid never comes
    own(screen).focus()
    screen.keyboard.press("Alt+ArrowDown")
    expect(said(screen)).to_contain_text("Flyttet til kl. 17:15.")
    screen.keyboard.press("Alt+ArrowDown")
    expect(said(screen)).to_contain_text("Flyttet til kl. 17:30.")
    assert [move["version"] for move in house_page.moves] == ["7", "8"]


def test_dragging_ones_own_moves_it_to_another_room_and_time(screen: Page, house_page: House) -> None:
    at, salen = box(own(screen)), box(screen.locator("[data-room=salen]"))
    screen.mouse.move(at["x"] + 40, at["y"] + 50)
    screen.mouse.down()
    screen.mouse.move(salen["x"] + 40, at["y"] + 50 - 4 * QUARTER, steps=4)
    screen.mouse.up()
    expect(said(screen)).to_contain_text("Flyttet til kl. 16:00.")
    expect(said(screen).get_by_role("link", name="Se den, eller fortryd")).to_be_visible()
    assert house_page.moves[0]["room"] == "salen"
    assert (house_page.moves[0]["start"], house_page.moves[0]["end"]) == ("16:00", "18:00")


def test_dragging_the_lower_edge_changes_the_length(screen: Page, house_page: House) -> None:
    at = box(own(screen))
    screen.mouse.move(at["x"] + 40, at["y"] + at["height"] - 2)
    screen.mouse.down()
    screen.mouse.move(at["x"] + 40, at["y"] + at["height"] - 2 - 2 * QUARTER, steps=4)
    screen.mouse.up()
    expect(said(screen)).to_contain_text("Flyttet til kl. 17:00.")
    assert house_page.moves[0]["end"] == "18:30"


def test_a_refused_move_is_said_and_put_back(screen: Page, house_page: House) -> None:
    house_page.refusal = "Caféen er optaget. Ledigt i stedet: kl. 20.00."
    own(screen).focus()
    screen.keyboard.press("Alt+ArrowDown")
    expect(said(screen)).to_contain_text("Caféen er optaget. Ledigt i stedet: kl. 20.00.")
    expect(own(screen)).to_contain_text("17.00–19.00")
    expect(own(screen)).to_be_focused()


def test_escape_lets_go_of_what_is_being_dragged(screen: Page, house_page: House) -> None:
    at = box(own(screen))
    screen.mouse.move(at["x"] + 40, at["y"] + 50)
    screen.mouse.down()
    screen.mouse.move(at["x"] + 40, at["y"] + 50 + 4 * QUARTER, steps=4)
    expect(own(screen)).to_contain_text("18.00–20.00")
    screen.keyboard.press("Escape")
    screen.mouse.up()
    expect(own(screen)).to_contain_text("17.00–19.00")
    assert house_page.moves == []


def test_a_click_on_ones_own_still_opens_it(screen: Page, house_page: House) -> None:
    own(screen).click()
    expect(screen).to_have_url(f"{house_page.url}/bookinger/2/")


def test_the_now_line_follows_the_clock_of_the_house(screen: Page) -> None:
    screen.clock.set_fixed_time(datetime.fromisoformat("2026-11-24T15:45:00+00:00"))
    screen.reload()
    expect(screen.locator(".now")).to_have_text("16.45")


def test_on_a_phone_the_day_is_a_list_of_links_with_nothing_to_drag(screen: Page) -> None:
    screen.set_viewport_size({"width": 320, "height": 800})
    stretch(screen).hover()
    expect(screen.locator(".ghost")).to_have_count(0)
    assert wish(stretch(screen).get_attribute("href")) == ("14:00", "15:00")


def test_a_select_with_many_choices_filters_while_one_types(screen: Page) -> None:
    actor = screen.get_by_role("combobox", name="Hvem booker I for?")
    actor.click()
    actor.press_sequentially("æble")
    expect(screen.get_by_role("listbox", name="Hvem booker I for?").get_by_role("option")).to_have_text(["Æbleklubben"])
    actor.press("Enter")
    expect(actor).to_have_value("Æbleklubben")
    expect(screen.locator("select[name=actor]")).to_have_value("aeble")


def test_what_was_typed_counts_only_if_it_names_a_choice(screen: Page) -> None:
    actor = screen.get_by_role("combobox", name="Hvem booker I for?")
    actor.fill("forening c")
    actor.blur()
    expect(actor).to_have_value("Forening C")
    actor.fill("en, der ikke findes")
    expect(screen.get_by_role("listbox", name="Hvem booker I for?").get_by_role("option")).to_have_text(
        ["Ingen med det navn"]
    )
    actor.press("Escape")
    expect(actor).to_have_value("Forening C")


def test_a_select_with_few_choices_stays_as_it_is(screen: Page) -> None:
    expect(screen.locator("select#id_few")).to_be_visible()
