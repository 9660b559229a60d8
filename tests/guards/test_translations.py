"""Danish is the source; English is complete, means the same form of sentence, and holds nothing that is no longer said."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SOURCES = ("medborger", "centers", "actors", "bookings", "collaboration", "templates")
ENGLISH = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
DANISH = ROOT / "locale" / "da" / "LC_MESSAGES" / "django.po"
HOLES = re.compile(r"%\(\w+\)[sdf]|%[sdf]|\{\w*\}")
TAGS = re.compile(r"</?\w+")
Key = tuple[str | None, str]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, polib.POEntry]:
    """Everything the code and the templates say, found by Django's own makemessages in a copy."""
    copy = tmp_path_factory.mktemp("sources")
    for folder in SOURCES:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    command = [sys.executable, "-m", "django", "makemessages", "--locale=en", "--no-wrap"]
    (copy / "locale").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(copy), "DJANGO_SETTINGS_MODULE": "medborger.settings"}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return entries(copy / "locale" / "en" / "LC_MESSAGES" / "django.po")


@pytest.fixture(scope="module")
def english() -> dict[Key, polib.POEntry]:
    assert ENGLISH.exists(), "there is no English catalogue yet"
    return entries(ENGLISH)


def entries(catalogue: Path) -> dict[Key, polib.POEntry]:
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(catalogue)) if not entry.obsolete}


def variants(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """Each form of the Danish with its English."""
    if not entry.msgid_plural:
        yield entry.msgid, entry.msgstr
        return
    for number, translation in entry.msgstr_plural.items():
        yield (entry.msgid if number == 0 else entry.msgid_plural), translation


def test_everything_said_has_its_english(said: dict[Key, polib.POEntry], english: dict[Key, polib.POEntry]) -> None:
    missing = [
        key[1]
        for key in said
        if key not in english
        or english[key].fuzzy
        or not all(translation for _danish, translation in variants(english[key]))
    ]
    assert missing == []


def test_the_english_catalogue_holds_nothing_that_is_no_longer_said(
    said: dict[Key, polib.POEntry], english: dict[Key, polib.POEntry]
) -> None:
    assert sorted(key[1] for key in english.keys() - said.keys()) == []
    assert not any(entry.obsolete for entry in polib.pofile(str(ENGLISH)))


def test_a_translation_has_the_holes_and_the_tags_of_its_source(english: dict[Key, polib.POEntry]) -> None:
    wrong = [
        danish
        for entry in english.values()
        for danish, translation in variants(entry)
        if not same(HOLES, danish, translation, singular=bool(entry.msgid_plural))
        or not same(TAGS, danish, translation)
    ]
    assert wrong == []


def same(pattern: re.Pattern[str], danish: str, translation: str, *, singular: bool = False) -> bool:
    """Whether both hold the same; a singular may say "one" where the plural has a number."""
    ours, theirs = sorted(pattern.findall(danish)), sorted(pattern.findall(translation))
    return ours == theirs or (singular and set(theirs) <= set(ours))


def test_the_danish_catalogue_only_says_better_what_others_say(said: dict[Key, polib.POEntry]) -> None:
    """Our own words stand in the code; here are those of Django and allauth that are missing or clumsy."""
    if DANISH.exists():
        assert sorted(key[1] for key in entries(DANISH).keys() & said.keys()) == []
        assert all(entry.translated() for entry in entries(DANISH).values())


def test_the_sources_are_danish(said: dict[Key, polib.POEntry]) -> None:
    """A word that only English has, in a sentence, is a source string in the wrong language."""
    foreign = re.compile(r"\b(the|you|your|and|is not|please|cannot|was|were|with|this)\b", re.IGNORECASE)
    assert [key[1] for key in said if foreign.search(TAGS.sub("", HOLES.sub("", key[1])))] == []
