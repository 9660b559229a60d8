"""What every page of a house carries: its menu by role, whether it is open, whether this is a demo."""

import re

import pytest
from django.test import Client, override_settings

from actors.models import User
from centers.models import Center
from medborger.common import clock, installation
from medborger.common.models import Installation

EVERYBODYS = ["Huset", "Kalender", "Ledige lokaler"]


def menu(client: Client, url: str = "/foreningernes-hus/") -> list[str]:
    html = client.get(url).content.decode()
    items = re.search(r'<ul class="nav-list">(.*?)</ul>', html, re.DOTALL)
    return re.findall(r"</svg>([^<]+)</a>", items[1]) if items else []


def test_a_visitor_finds_what_everybody_may_see(client: Client, house: Center) -> None:
    assert menu(client) == EVERYBODYS


def test_a_member_finds_their_own_page_too(client: Client, house: Center, member: User) -> None:
    client.force_login(member)
    assert menu(client) == [*EVERYBODYS, "Rådet", "Samarbejde", "Mig"]


def test_staff_find_the_desks_work(client: Client, house: Center, staff: User) -> None:
    client.force_login(staff)
    assert menu(client) == [*EVERYBODYS, "Rådet", "Samarbejde", "Lukninger", "Mennesker", "Mig"]


def test_staff_of_another_house_are_visitors_here(client: Client, house: Center, other_manager: User) -> None:
    client.force_login(other_manager)
    assert menu(client) == [*EVERYBODYS, "Mig"]


def test_the_page_one_is_on_is_marked(client: Client, house: Center) -> None:
    html = client.get("/foreningernes-hus/kalender/").content.decode()
    assert html.count('aria-current="page"') == 1
    assert '<a href="/foreningernes-hus/kalender/" aria-current="page">' in html


def test_outside_a_house_there_is_no_menu(client: Client, house: Center, other_house: Center) -> None:
    assert menu(client, "/") == []


@pytest.mark.parametrize(("setting", "mark", "shown"), [(True, True, True), (True, False, False), (False, True, False)])
def test_a_demo_says_so_only_where_the_setting_and_the_database_agree(
    client: Client, house: Center, monkeypatch: pytest.MonkeyPatch, setting: bool, mark: bool, shown: bool
) -> None:
    monkeypatch.setattr(installation, "_known_demo", False)
    Installation.objects.create(is_demo=mark, created_at=clock.now())
    with override_settings(DEMO=setting):
        html = client.get("/foreningernes-hus/").content.decode()
    assert ("Eksempeldata efter CFBU 2019" in html) == shown
