"""The whole life of a house rule in Foreningernes Hus, through the browser and through a month: moved, amended, voted on, in force,
broken, appealed, and settled by the council (S918-924). The site has a clock that can be moved."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from medborger.common import clock
from tests.browser.conftest import BROWSER, HOUSE, PHONE, new_page
from tests.browser.site import Site
from tests.browser.town import Town, convene, follow, once, press
from tests.factories import working_day
from tests.moment import TODAY

pytestmark = BROWSER


def on(days: int, minute: int) -> datetime:
    """So many days from now, at so many minutes past midnight."""
    return clock.at(TODAY + timedelta(days=days), minute)


NOTICE_OVER, IN_FORCE = on(8, 17 * 60), on(17, 12 * 60)
BREACH = clock.local(IN_FORCE) - timedelta(minutes=30)
SECOND_NOTICE_OVER, FOLLOWED_UP = on(25, 17 * 60), on(58, 12 * 60)
TITLE = "Musik i Salen til kl. 21.30"
TEXT = "Musik i Salen skal slukkes kl. 21.30. Den, der har salen, siger det til sine gæster."
AMENDED = "Musik i Salen skal slukkes kl. 21.30, fredag dog kl. 23.00. Den, der har salen, siger det til sine gæster."
SHORT = "I Salen skal musikken slukkes kl. 21.30"
AMENDER, SECOND, RECUSED = "braetspilsklubben", "laesekredsen", "ungebandet"
IN_BALLOT = f"/{HOUSE}/husraad/forslag/10/"
HANDS, HANDS_LATER = 33, 34
BREAKER = "zumbaholdet"


@pytest.fixture
def town(chromium: Browser, moving_site: Site) -> Town:
    return Town(chromium, moving_site)


def vote(page: Page, motion: str, choice: str) -> None:
    page.goto(motion)
    page.locator("#afstemning").get_by_role("radio", name=choice, exact=True).check()
    press(page, "Afgiv stemmen")
    expect(page.locator("#afstemning")).to_contain_text(choice)


def test_a_seat_votes_on_the_phone_changes_its_mind_and_is_overridden_by_its_representative(town: Town) -> None:
    with town.person(AMENDER, on_phone=True) as page:
        vote(page, IN_BALLOT, "For")
        vote(page, IN_BALLOT, "Imod")
    with town.person("suppleant") as deputy, town.person("raad") as representative:
        vote(deputy, IN_BALLOT, "Imod")
        vote(representative, IN_BALLOT, "For")
        deputy.goto(IN_BALLOT)
        expect(deputy.locator("#afstemning").get_by_role("radio")).to_have_count(0)


def test_the_life_of_a_rule(town: Town) -> None:
    motion = move_a_change(town)
    take_an_amendment_in(town, motion)
    one_seat_is_recused(town, motion)
    town.site.travel(NOTICE_OVER)
    decide_by_hands(town, motion, "raad", HANDS)
    the_result_says_how_it_was_counted(town, motion)
    town.site.travel(IN_FORCE)
    the_rule_is_in_force(town)
    dispute = breach_and_appeal(town)
    decision = mediation_fails(town, dispute)
    town.site.travel(SECOND_NOTICE_OVER)
    decide_by_hands(town, decision, BREAKER, HANDS_LATER)
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


def one_seat_is_recused(town: Town, motion: str) -> None:
    with town.person(RECUSED) as page:
        page.goto(motion)
        follow(page, "Hvem er inhabil?")
        press(page, "Meld os inhabile")


def decide_by_hands(town: Town, motion: str, leader: str, number: int) -> None:
    """At a meeting: whoever opens the ballot enters the hands, another seat confirms the list, and the ballot is closed."""
    with town.person(leader) as page, town.person(SECOND, on_phone=True) as second:
        convene(page, town.site)
        page.goto(motion)
        follow(page, "Åbn afstemningen")
        page.get_by_label("På et møde nu: ved håndsoprækning").check()
        press(page, "Åbn afstemningen")
        follow(page, "Registrér håndsoprækningen")
        rows = page.locator(".show-of-hands li")
        for row in range(number):
            rows.nth(row).get_by_role("radio", name="For", exact=True).check()
        press(page, "Gem listen")
        expect(page.locator("main")).to_contain_text("Listen venter på, at en anden plads bekræfter den.")
        second.goto(motion)
        follow(second, "Bekræft håndsoprækningen")
        press(second, "Bekræft hele listen")
        expect(second.get_by_role("button", name="Bekræft hele listen")).to_have_count(0)
        press(page, "Luk afstemningen og tæl op")


def the_result_says_how_it_was_counted(town: Town, motion: str) -> None:
    with town.person("medlem", on_phone=True) as page:
        once(page, motion, "Vedtaget")
        expect(page.locator("#afstemning")).to_contain_text(f"{HANDS} for, 0 imod, 0 blankt.")
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
        page.get_by_label("Følg op").fill(f"{clock.local(FOLLOWED_UP):%d.%m.%Y}")
        press(page, "Send forslaget")
        page.goto(dispute)
        follow(page, "Forslag ")
        return page.url.removeprefix(town.site.url)
