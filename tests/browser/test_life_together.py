"""Contact that becomes collaboration, through the browser and over new year: two share bookings, two events become one, a forum meets, and
a coordinator takes the two actions of the week's overview (S1700-1807, S2040-57, S1921-29, S1943-60). The site has a clock that moves."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from centers.hours import holiday_name
from medborger.common import clock
from medborger.demo.logins import address
from tests.browser.conftest import BROWSER, HOUSE, new_page
from tests.browser.site import Site
from tests.browser.town import Town, follow, once, press
from tests.moment import TODAY

pytestmark = BROWSER


def next_first() -> date:
    """The first of a month that is at least four weeks ahead, as new year is from November."""
    first = TODAY + timedelta(days=28)
    while first.day != 1:
        first += timedelta(days=1)
    return first


def monday_before(day: date) -> date:
    """A Monday whose Tuesday, too, is before the day, and on which the house is open."""
    monday = clock.monday(day - timedelta(days=2))
    while holiday_name(monday, ()) or holiday_name(monday + timedelta(days=1), ()):
        monday -= timedelta(days=7)
    return monday


# The last Monday of a month; the first of the next, when the house has looked back; the Monday after, when the overview is made.
BEGUN = monday_before(next_first())
MADE = clock.monday(next_first() + timedelta(days=7))
BEGINS, LOOKED_BACK, OVERVIEW = clock.at(BEGUN, 540), clock.at(next_first(), 485), clock.at(MADE, 421)
TASKS = ("collaboration.tasks.gather_all", "collaboration.tasks.choose_ties", "collaboration.digests.tasks.make_due")
HALF_PHONE = ViewportSize(width=390, height=780)
TOGETHER = ("skakklubben", "laesekredsen")
THIS_WEEKS = f"uge {MADE.isocalendar().week} i Foreningernes Hus"
YOGA = "Yoga i det nye år"
SHARED, ITEM, DECIDED = "Skak og bøger", "Kompost i gården", "Vi prøver en spand mere i marts."


@pytest.fixture(scope="module")
def town(chromium: Browser, moving_site: Site) -> Town:
    """The house between the holidays, by default."""
    moving_site.travel(BEGINS)
    return Town(chromium, moving_site)


def test_the_house_works_together(town: Town) -> None:
    share_bookings(town)
    two_events_become_one(town)
    meeting = call_the_forum(town)
    three_see_their_own_slots(town, meeting)
    keep_minutes(town, meeting)
    town.site.travel(LOOKED_BACK, *TASKS)
    approve_minutes(town, meeting)
    confirm_what_was_seen(town)
    town.site.travel(OVERVIEW, *TASKS)
    take_the_two_actions(town)


# --- two associations share bookings ----------------------------------------------------------------------------------


def share_bookings(town: Town) -> None:
    """Twice, with the other as partner."""
    first, _ = TOGETHER
    with town.person(first) as page:
        for hours in ("fra=10:00&til=11:00", "fra=11:15&til=12:15"):
            page.goto(f"/{HOUSE}/book/?lokale=moede-2&dato={BEGUN + timedelta(days=1)}&{hours}")
            page.get_by_label("Hvad skal der ske?").fill(SHARED)
            page.get_by_role("combobox", name="Laver I det sammen med nogen?").fill("Læsekredsen")
            page.get_by_role("option", name="Læsekredsen").click()
            press(page, "Book lokalet")
            expect(page.get_by_text("Det er booket")).to_be_visible()


def confirm_what_was_seen(town: Town) -> None:
    """The other of the two says that it is so, with one button on their own page."""
    _, second = TOGETHER
    with town.person(second, on_phone=True) as page:
        once(page, "/mig/", "Er det et samarbejde?")
        mine = page.locator("li").filter(has_text="Skakklubben").filter(has_text="Er det et samarbejde?")
        mine.get_by_role("button", name="Bekræft").click()
        expect(page.get_by_text("Er det et samarbejde?")).to_have_count(0)


# --- a clash, answered by lav det sammen ------------------------------------------------------------------------------


def two_events_become_one(town: Town) -> None:
    """Yoga meets Zumba; asked and answered, there is one event with two actors."""
    with town.person("yogakredsen") as page:
        page.goto(f"/{HOUSE}/book/?lokale=cafeen&dato={next_zumba(page)}&fra=17:30&til=18:30")
        page.get_by_label("Hvad skal der ske?").fill(YOGA)
        page.get_by_role("radio", name=re.compile("^Alle")).check()
        for word in ("Motion og dans", "Kvinder"):
            page.get_by_role("checkbox", name=word, exact=True).check()
        press(page, "Book lokalet")
        expect(page.locator("main")).to_contain_text("Zumbaholdet holder »Zumba«")
        follow(page, "Lav det sammen")
        page.get_by_role("radio", name=re.compile("»Zumba«")).check()
        page.get_by_label("Besked til dem").fill("Skal vi begynde året sammen?")
        press(page, "Spørg dem")
        expect(page.locator("main")).to_contain_text("I har spurgt")
        clash = page.url.removeprefix(town.site.url)
    with town.person("zumbaholdet", on_phone=True) as page:
        page.goto("/mig/")
        mine = page.locator("li").filter(has_text=YOGA)
        mine.get_by_role("link", name="Se det, og svar").click()
        expect(page.locator("main")).to_contain_text("Skal vi begynde året sammen?")
        press(page, "Ja, vi laver det sammen")
        follow(page, "Zumba")
        expect(page.locator("main")).to_contain_text("Yogakredsen")
    with town.person("yogakredsen") as page:
        page.goto(clash)
        follow(page, YOGA)
        expect(page.locator("main")).to_contain_text("Aflyst")


def next_zumba(page: Page) -> date:
    """A Monday after all of this on which Zumba is danced and the café is free."""
    for weeks in range(1, 6):
        day = MADE + timedelta(weeks=weeks)
        page.goto(f"/{HOUSE}/kalender/?visning=dag&dato={day}")
        if page.locator(".lane[data-room=salen-nord]").get_by_text("Zumba").count():
            return day
    raise AssertionError("nobody dances Zumba")


# --- a forum, from proposal to minutes --------------------------------------------------------------------------------


def call_the_forum(town: Town) -> str:
    """An association proposes an item; the holder puts it on with two others, each for its own, and convenes. Gives the address."""
    with town.person("haveforeningen", on_phone=True) as page:
        page.goto(f"/{HOUSE}/forum/")
        follow(page, "Foreslå et punkt")
        page.get_by_label("Punkt", exact=True).fill(ITEM)
        only_for(page, "Haveforeningen", 10)
        press(page, "Foreslå punktet")
    with town.person("koordinator") as page:
        begin_meeting(page)
        page.get_by_role("button", name=re.compile(f"Sæt på.*{ITEM}")).click()
        put_on(page, "Suppe i februar", "Madklubben", 15)
        put_on(page, "Lektier på gangen", "Lektiehjælpen", 20)
        follow(page, "Indkald")
        press(page, "Indkald")
        expect(page.get_by_role("link", name="Skriv referat")).to_be_visible()
        return page.url.removeprefix(town.site.url)


def begin_meeting(page: Page) -> None:
    """So soon that its minutes are open."""
    page.goto(f"/{HOUSE}/moeder/forum/nyt/")
    page.get_by_label("Hvad skal mødet hedde?").fill("Forum mellem jul og nytår")
    page.get_by_label("Dato").fill(f"{BEGUN:%d.%m.%Y}")
    page.get_by_label("Fra kl.").fill("9.14")
    page.get_by_label("Til kl.").fill("11.00")
    press(page, "Videre til dagsordenen")


def put_on(page: Page, title: str, actor: str, minutes: int) -> None:
    """An item that one actor is needed for."""
    page.get_by_label("Punkt", exact=True).fill(title)
    only_for(page, actor, minutes)
    press(page, "Sæt punktet på")


def only_for(page: Page, actor: str, minutes: int) -> None:
    page.get_by_label("Hvor mange minutter?").fill(str(minutes))
    page.get_by_text("Kun for nogle?").click()
    page.get_by_role("checkbox", name=actor, exact=True).check()


def three_see_their_own_slots(town: Town, meeting: str) -> None:
    slots = {"haveforeningen": ("9.14", "9.24"), "madklubben": ("9.24", "9.39"), "lektiehjaelpen": ("9.39", "9.59")}
    for name, (start, end) in slots.items():
        with town.person(name, on_phone=True) as page:
            page.goto(meeting)
            expect(page.get_by_label("Hvornår I skal bruges")).to_contain_text(re.compile(rf"kl\. {start}\W+{end}\."))


def keep_minutes(town: Town, meeting: str) -> None:
    """Minutes save themselves; a decision and who does what stand out."""
    with town.person("koordinator") as page:
        page.goto(meeting)
        follow(page, "Skriv referat")
        first = page.locator(".agenda-items > li").first
        first.get_by_label("Referat", exact=False).first.press_sequentially("Spanden er for lille.")
        first.get_by_label("Beslutning", exact=False).first.fill(DECIDED)
        first.get_by_role("button", name=re.compile("^Gem")).click()
        expect(page.get_by_text(re.compile("Gemt kl.")).first).to_be_visible()


def approve_minutes(town: Town, meeting: str) -> None:
    with town.person("koordinator") as page:
        page.goto(meeting)
        follow(page, "Godkend referatet")
        press(page, "Godkend referatet")
        expect(page.locator("main")).to_contain_text(DECIDED)


# --- ugens overblik ---------------------------------------------------------------------------------------------------


def take_the_two_actions(town: Town) -> None:
    """On a phone: what is new is there; the first is put off from the mail without a log-in, the second is done on its page."""
    with new_page(town.chromium, town.site.url, HALF_PHONE, is_phone=True, now=town.site.now) as page:
        once(page, f"/demo/post/?til={address('koordinator', HOUSE)}", THIS_WEEKS)
        mail = page.get_by_role("article").filter(has_text=THIS_WEEKS)
        mail.get_by_role("link", name="Se brevet").click()
        page.get_by_role("link", name="Udsæt en uge").first.click()
        expect(page.get_by_role("button", name="Log ud")).to_have_count(0)
        press(page, "Udsæt en uge")
        expect(page.get_by_role("heading", level=1)).to_have_text("Det er udsat en uge")
    with town.person("koordinator", viewport=HALF_PHONE) as page:
        page.goto(f"/{HOUSE}/overblik/{MADE:%G/%V}/")
        expect(page.locator("main")).to_contain_text(re.compile("Læsekredsen og Skakklubben"))
        two = page.locator(".worth > li")
        expect(two.first).to_contain_text("Udsat")
        two.last.get_by_role("link").first.click()
        press(page, "Den er løst")
        expect(page.locator("main")).to_contain_text("Løst")
