"""Dates, times and holidays as the reader's language writes them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import formats, translation

from centers.hours import holiday_name
from medborger.common import clock, phrases
from medborger.common.fields import ClockField

EVENING = clock.at(date(2027, 11, 25), 18 * 60), clock.at(date(2027, 11, 25), 19 * 60 + 30)
OVER_DAYS = clock.at(date(2027, 12, 4), 12 * 60), clock.at(date(2027, 12, 6), 24 * 60)


@pytest.fixture(autouse=True)
def in_the_year_before() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        yield


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("da", "torsdag 25. november 2027 kl. 18.00–19.30"),
        ("en", "Thursday 25 November 2027, 18:00–19:30"),
    ],
)
def test_a_time_in_running_text(language: str, expected: str) -> None:
    with translation.override(language):
        assert phrases.when(*EVENING) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("da", "lørdag 4. december 2027 kl. 12.00 til mandag 6. december 2027 kl. 24.00"),
        ("en", "from Saturday 4 December 2027, 12:00 to Monday 6 December 2027, 24:00"),
    ],
)
def test_a_period_over_several_days(language: str, expected: str) -> None:
    with translation.override(language):
        assert phrases.period(*OVER_DAYS) == expected


@pytest.mark.parametrize(("language", "shown"), [("da", "8.05"), ("en", "8:05")])
def test_a_form_shows_a_time_in_the_language_and_reads_it_in_both(language: str, shown: str) -> None:
    with translation.override(language):
        assert ClockField().prepare_value(485) == shown
        assert [ClockField().clean(text) for text in ("8.05", "8:05")] == [485, 485]


@pytest.mark.parametrize(("language", "head"), [("da", "25."), ("en", "25")])
def test_the_day_alone(language: str, head: str) -> None:
    with translation.override(language):
        assert formats.date_format(date(2027, 11, 25), "DAY_FORMAT") == head


@pytest.mark.parametrize(("language", "name"), [("da", "Juleaftensdag"), ("en", "Christmas Eve")])
def test_a_holiday_that_the_house_keeps_is_named_in_the_language(language: str, name: str) -> None:
    with translation.override(language):
        assert holiday_name(date(2027, 12, 24), ["Juleaftensdag"]) == name
        assert holiday_name(date(2027, 12, 24), []) == ""


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("da", [], ""),
        ("da", ["Salen"], "Salen"),
        ("da", ["Salen", "Caféen"], "Salen og Caféen"),
        ("en", ["Salen", "Caféen", "TV-stuen"], "Salen, Caféen and TV-stuen"),
    ],
)
def test_words_in_a_row(language: str, words: list[str], expected: str) -> None:
    with translation.override(language):
        assert phrases.listed(words) == expected


def test_words_in_a_row_within_a_sentence_begin_small_unless_they_are_abbreviations() -> None:
    with translation.override("da"):
        assert phrases.listed_inside(["Børn og familier", "IT", "Sang"]) == "børn og familier, IT og sang"
