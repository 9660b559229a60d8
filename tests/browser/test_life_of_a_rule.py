"""The whole life of a house rule in Foreningernes Hus, through the browser and through a month: moved, amended, voted on, in force,
broken, appealed, and settled by the council (S918-924). The site has a clock that can be moved."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from medborger.common import clock
from tests.browser.conftest import BROWSER, HOUSE, PHONE, new_page
from tests.browser.site import Site
from tests.browser.town import Town, follow, once, press
from tests.factories import working_day
from tests.moment import TODAY

pytestmark = BROWSER


def on(days: int, minute: int) -> datetime:
    """So many days from now, at so many minutes past midnight."""
    return clock.at(TODAY + timedelta(days=days), minute)


NOTICE_OVER, COUNTED, IN_FORCE = on(8, 17 * 60), on(15, 20 * 60 + 5), on(17, 12 * 60)
BREACH = clock.local(IN_FORCE) - timedelta(minutes=30)
SECOND_NOTICE_OVER, SECOND_COUNTED = on(25, 17 * 60), on(32, 20 * 60 + 5)
TITLE = "Musik i Salen til kl. 21.30"
TEXT = "Musik i Salen skal slukkes kl. 21.30. Den, der har salen, siger det til sine gæster."
AMENDED = "Musik i Salen skal slukkes kl. 21.30, fredag dog kl. 23.00. Den, der har salen, siger det til sine gæster."
SHORT = "I Salen skal musikken slukkes kl. 21.30"
AMENDER, TELLER, SECOND, RECUSED = "braetspilsklubben", "skakklubben", "laesekredsen", "ungebandet"
OPEN_VOTERS = {
    "lektiehjaelpen": "For",
    "seniorklubben": "For",
    "haveforeningen": "For",
    "madklubben": "Imod",
    "sprogcafeen": "For",
    "cykelholdet": "Blank",
    "legestuen": "For",
    "syklubben": "For",
    "maskerne": "For",
    "filmklubben": "For",
    "fotoklubben": "For",
}
CHANGES_ITS_MIND = "nabokoret"
ON_PAPER, ON_PAPER_LATER = 20, 34
BREAKER = "zumbaholdet"


@pytest.fixture
def town(chromium: Browser, moving_site: Site) -> Town:
    return Town(chromium, moving_site)


def vote(page: Page, motion: str, choice: str) -> None:
    page.goto(motion)
    page.locator("#afstemning").get_by_role("radio", name=choice, exact=True).check()
    press(page, "Afgiv stemmen")
    expect(page.locator("#afstemning")).to_contain_text(choice)


def test_the_life_of_a_rule(town: Town) -> None:
    motion = move_a_change(town)
    take_an_amendment_in(town, motion)
    town.site.travel(NOTICE_OVER)
    open_and_vote(town, motion)
    paper_votes(town, motion, ON_PAPER)
    town.site.travel(COUNTED)
    the_result_says_how_it_was_counted(town, motion)
    town.site.travel(IN_FORCE)
    the_rule_is_in_force(town)
    dispute = breach_and_appeal(town)
    decision = mediation_fails(town, dispute)
    town.site.travel(SECOND_NOTICE_OVER)
    the_council_decides(town, decision)
    town.site.travel(SECOND_COUNTED)
    with town.person(BREAKER) as page:
        once(page, dispute, "Afgjort")
        expect(page.locator("main")).to_contain_text("Påmindelsen står ved magt.")


def move_a_change(town: Town) -> str:
    """A representative writes a draft that nobody else sees, and moves it. Staff cannot."""
    with town.person("medarbejder") as page:
        answer = page.goto(f"/{HOUSE}/husraad/forslag/nyt/")
        assert answer is not None
        assert answer.status == 403
    with town.person("raad") as page:
        page.goto(f"/{HOUSE}/husraad/forslag/nyt/")
        follow(page, "Ændring af en husregel")
        follow(page, "Musik i Salen")
        page.get_by_label("Overskrift").fill(TITLE)
        page.get_by_label("Hvad foreslår I?").fill(TEXT)
        page.get_by_label("Reglen i én linje").fill(SHORT)
        page.get_by_label("Hvad betyder det for jer?").fill("Musikken stopper en halv time før.")
        page.get_by_label("Hvorfor?").fill("Naboerne skal kunne sove.")
        page.get_by_label("Gælder fra").fill(f"{clock.local(IN_FORCE):%d.%m.%Y}")
        press(page, "Gem kladden")
        expect(page.locator("main")).to_contain_text("Kladde. Kun Folkedanserne ser den.")
        path = page.url.removeprefix(town.site.url)
        press(page, "Stil forslaget")
        expect(page.locator("main")).to_contain_text("Til drøftelse")
        expect(page.locator("main del").first).to_be_visible()
    return path


def take_an_amendment_in(town: Town, motion: str) -> None:
    with town.person(AMENDER, on_phone=True) as page:
        page.goto(motion)
        follow(page, "Foreslå en anden ordlyd")
        page.locator("[name=text]").fill(AMENDED)
        press(page, "Stil ændringsforslaget")
        expect(page.locator("main")).to_contain_text("Nr. 1 af Brætspilsklubben")
    with town.person("raad") as page:
        page.goto(motion)
        press(page, "Tag nr. 1 med")
        expect(page.locator("main")).to_contain_text("fredag dog kl. 23.00")


def open_and_vote(town: Town, motion: str) -> None:
    """A dozen seats vote, one changes its mind, a deputy votes and the representative overrides, one is recused."""
    with town.person("raad") as page:
        page.goto(motion)
        follow(page, "Åbn afstemningen")
        press(page, "Åbn afstemningen")
        expect(page.locator("#afstemning")).to_contain_text("Du stemmer for Folkedanserne")
    for name, choice in OPEN_VOTERS.items():
        with town.person(name, on_phone=True) as page:
            vote(page, motion, choice)
    with town.person(CHANGES_ITS_MIND) as page:
        vote(page, motion, "For")
        vote(page, motion, "Imod")
    with town.person(RECUSED) as page:
        vote(page, motion, "For")
        page.goto(motion)
        follow(page, "Hvem er inhabil?")
        press(page, "Meld os inhabile")
        expect(page.locator("#afstemning").get_by_role("radio")).to_have_count(0)
    with town.person("suppleant") as deputy, town.person("raad") as representative:
        vote(deputy, motion, "Imod")
        vote(representative, motion, "For")
        deputy.goto(motion)
        expect(deputy.locator("#afstemning").get_by_role("radio")).to_have_count(0)


def paper_votes(town: Town, motion: str, number: int) -> None:
    """Read out by one seat and confirmed by another, in one form each."""
    with town.person(TELLER) as page:
        page.goto(motion)
        follow(page, "Skriv stemmer på papir ind")
        rows = page.locator(".teller-rows li")
        for row in range(number):
            rows.nth(row).get_by_role("radio", name="For", exact=True).check()
        press(page, "Skriv stemmerne ind")
        expect(page.locator("main")).to_contain_text("Venter på, at en anden bekræfter")
    with town.person(SECOND) as page:
        page.goto(motion)
        follow(page, "Skriv stemmer på papir ind")
        for entry in page.get_by_role("checkbox").all():
            entry.check()
        press(page, "Bekræft stemmerne")
        expect(page.get_by_role("button", name="Bekræft stemmerne")).to_have_count(0)


def the_result_says_how_it_was_counted(town: Town, motion: str) -> None:
    with town.person("medlem", on_phone=True) as page:
        once(page, motion, "Vedtaget")
        expect(page.locator("#afstemning")).to_contain_text(re.compile(r"\d+ for, 2 imod, 1 blankt\."))
        expect(page.locator("#afstemning")).to_contain_text("1 forening var inhabil og regnes ikke med.")
        follow(page, "Kontrollér afstemningen")
        expect(page.locator("main")).to_contain_text("Alt stemmer")


def the_rule_is_in_force(town: Town) -> None:
    """Anybody reads the rule of the day; who books the hall is told."""
    with new_page(town.chromium, town.site.url, PHONE, is_phone=True, now=town.site.now) as page:
        page.goto(f"/{HOUSE}/husregler/")
        expect(page.locator("main")).to_contain_text("fredag dog kl. 23.00")
    with town.person("medlem") as page:
        page.goto(f"/{HOUSE}/book/?lokale=salen&dato={working_day(18)}&fra=20:00&til=21:45")
        expect(page.locator("main")).to_contain_text(f"{SHORT}, husregel 4")


def breach_and_appeal(town: Town) -> str:
    with town.person("medarbejder") as page:
        page.goto(f"/{HOUSE}/paamindelser/ny/?lokale=salen&tidspunkt={BREACH:%Y-%m-%dT%H:%M}")
        page.get_by_role("combobox", name="Hvem gælder det?").fill("Zumbaholdet")
        page.get_by_role("option", name="Zumbaholdet").click()
        page.locator("[name=rule]").select_option(label="4. Musik i Salen til kl. 21.30")
        page.get_by_label("Hvad skete der?").fill("Musikken spillede efter lukketid.")
        press(page, "Notér det")
        expect(page).to_have_url(re.compile(r"/paamindelser/\d+/"))
        path = page.url.removeprefix(town.site.url)
    with town.person(BREAKER, on_phone=True) as page:
        page.goto(path)
        follow(page, "Gør indsigelse")
        page.get_by_label("Hvorfor er I uenige?").fill("Vi var gået kl. 21.")
        press(page, "Send indsigelsen")
        expect(page).to_have_url(re.compile("/husraad/konflikter/"))
        return page.url.removeprefix(town.site.url)


def mediation_fails(town: Town, dispute: str) -> str:
    """Another seat mediates in vain; the association asks the council."""
    with town.person("medarbejder") as page:
        page.goto(dispute)
        page.locator("[name=mediator]").select_option(label="Nabokoret")
        press(page, "Vælg")
    with town.person("nabokoret") as page:
        page.goto(dispute)
        page.get_by_label("De blev ikke enige").check()
        page.get_by_label("Aftalen, eller hvad der er prøvet").fill("Vi har talt sammen to gange.")
        press(page, "Skriv det ned")
    with town.person(BREAKER) as page:
        page.goto(dispute)
        follow(page, "Lad Husrådet afgøre det")
        page.get_by_label("Hvad skal rådet bestemme?").fill("Påmindelsen står ved magt.")
        page.get_by_label("Følg op").fill(f"{clock.local(SECOND_COUNTED) + timedelta(days=26):%d.%m.%Y}")
        press(page, "Send forslaget")
        page.goto(dispute)
        follow(page, "Forslag ")
        return page.url.removeprefix(town.site.url)


def the_council_decides(town: Town, motion: str) -> None:
    """The party's seat is recused from the ballot on its own dispute."""
    with town.person(BREAKER) as page:
        page.goto(motion)
        follow(page, "Åbn afstemningen")
        press(page, "Åbn afstemningen")
        expect(page.locator("#afstemning").get_by_role("radio")).to_have_count(0)
    paper_votes(town, motion, ON_PAPER_LATER)
