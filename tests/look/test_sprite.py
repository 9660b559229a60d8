"""Every icon that a page asks for is in the sprite: one that is not would draw nothing, and say nothing."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("medborger", "centers", "actors", "bookings", "collaboration")
ASKED_FOR = re.compile(r"""\bicon(?:\(|=| )["']([\w-]+)["']""")


def names_asked_for() -> set[str]:
    sources = [*ROOT.glob("templates/**/*.html"), *(file for app in APPS for file in (ROOT / app).glob("**/*.py"))]
    return {name for source in sources for name in ASKED_FOR.findall(source.read_text())}


def names_drawn() -> set[str]:
    sprite = (ROOT / "static/build/img/icons.svg").read_text()
    return set(re.findall(r'<symbol id="([\w-]+)"', sprite))


def test_every_icon_asked_for_is_drawn() -> None:
    assert names_asked_for() - names_drawn() == set()


def test_the_search_finds_what_pages_ask_for() -> None:
    assert {"door", "calendar-month", "chevron-left"} <= names_asked_for()
