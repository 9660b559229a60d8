"""English is complete, and Danish mends only what others wrote. Our msgids are Danish."""

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import allauth
import django
import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from actors.models import User
from tests.guards.cases import CASES
from tests.guards.world import Browsers, Case, undone

CHECKOUT = Path(__file__).resolve().parents[2]
SPEAKING = ("actors", "bookings", "centers", "collaboration", "medborger", "templates")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|<[^>]+>")
ENGLISH_WORD = re.compile(r"\b(the|you|your|and|is not|please|cannot|was|were|with|this)\b", re.IGNORECASE)
INVISIBLE = re.compile(r"<(script|style)\b.*?</\1>|<(?!html\b)(\w+)[^>]*\blang=\"da\"[^>]*>.*?</\2>", re.DOTALL)
SPOKEN = re.compile(r">([^<]+)<|\b(?:aria-label|title|alt|placeholder)=\"([^\"]+)\"")

Text = tuple[str, str]


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(CHECKOUT / "locale" / language / "LC_MESSAGES" / "django.po"))


def key(entry: polib.POEntry) -> Text:
    return entry.msgid, entry.msgid_plural


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> set[Text]:
    """What the code and the templates say, as `makemessages` finds it in a copy of them."""
    copy = tmp_path_factory.mktemp("sources")
    for name in SPEAKING:
        shutil.copytree(CHECKOUT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    locale = copy / "locale"
    locale.mkdir()
    with pytest.MonkeyPatch.context() as patch, override_settings(LOCALE_PATHS=[locale]):
        patch.chdir(copy)
        call_command("makemessages", locale=["en"], verbosity=0)
    return {key(entry) for entry in polib.pofile(str(locale / "en" / "LC_MESSAGES" / "django.po"))}


def test_every_danish_text_is_in_the_english_catalogue_and_no_other(written: set[Text]) -> None:
    held = {key(entry) for entry in catalogue("en")}
    assert {"missing": sorted(written - held), "left over": sorted(held - written)} == {"missing": [], "left over": []}


def test_the_sources_are_danish(written: set[Text]) -> None:
    """A word that only English has, in a sentence, is a source string in the wrong language."""
    said = (PLACEHOLDER.sub("", text) for texts in written for text in texts)
    assert [text for text in said if ENGLISH_WORD.search(text)] == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_entry_is_translated_for_certain(language: str) -> None:
    unfinished = [
        entry.msgid for entry in catalogue(language) if entry.obsolete or entry.fuzzy or not all(forms(entry))
    ]
    assert unfinished == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_translations_keep_placeholders_and_tags(language: str) -> None:
    broken = {
        entry.msgid: form
        for entry in catalogue(language)
        for form in forms(entry)
        if set(PLACEHOLDER.findall(form)) not in [set(PLACEHOLDER.findall(text)) for text in key(entry)]
    }
    assert broken == {}


def test_the_danish_catalogue_mends_only_texts_of_django_and_allauth() -> None:
    """One that they no longer have would mend nothing."""
    theirs = {
        key(entry)
        for package in (django, allauth)
        for path in Path(package.__path__[0]).rglob("locale/da/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path))
    }
    assert [text for entry in catalogue("da") if (text := key(entry)) not in theirs] == []


def danish_phrases() -> Iterator[re.Pattern[str]]:
    """Texts of several words that read otherwise in English; one word alone may be somebody's name."""
    for entry in catalogue("en"):
        for text in filter(None, key(entry)):
            parts = [part.strip() for part in PLACEHOLDER.split(text) if part.strip()]
            if text not in forms(entry) and any(" " in part for part in parts):
                yield re.compile(r"\b.{1,80}?".join(map(re.escape, parts)) + r"(?!\w)")


@pytest.mark.django_db
@pytest.mark.parametrize("case", [case for case in CASES if case.get != 405], ids=str)
def test_an_english_page_says_nothing_in_danish(browsers: Browsers, case: Case) -> None:
    role = "manager" if "manager" in case.gate else "visitor"
    with undone():
        User.objects.update(language="en")  # the pages of a letter's links are in the language of its reader
        client = browsers.client(role)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        page = INVISIBLE.sub("", client.get(case.path(browsers.world)).content.decode(errors="replace"))
    spoken = [html.unescape("".join(found)).strip() for found in SPOKEN.findall(page)]
    assert [text for text in spoken if any(phrase.search(text) for phrase in PHRASES)] == []


PHRASES = list(danish_phrases())
