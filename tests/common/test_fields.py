"""Dates and times as people write them, and in running text."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from medborger.common import clock, phrases
from medborger.common.fields import ClockField, DayField


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("18.00", 1080),
        ("18:00", 1080),
        ("18", 1080),
        ("1800", 1080),
        ("930", 570),
        ("kl. 8.15", 495),
        ("0", 0),
        ("24.00", 1440),
    ],
)
def test_a_time_is_read(written: str, minutes: int) -> None:
    assert ClockField().clean(written) == minutes


@pytest.mark.parametrize("written", ["24.15", "25", "18.60", "aften", "-1", "1.2.3", "１８", "\0", "9" * 5000])
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        ClockField().clean(written)


@pytest.mark.parametrize(
    "written", ["24.11.2026", "24/11-2026", "24-11-2026", "24.11.26", "2026-11-24", " 24. 11. 2026 "]
)
def test_a_date_is_read(written: str) -> None:
    assert DayField().clean(written) == date(2026, 11, 24)


@pytest.mark.parametrize(
    "written", ["31.02.2026", "2026-02-31", "i morgen", "1.1.0001", "9999-12-31", "24.11", "\0", "9" * 5000]
)
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        DayField().clean(written)


def test_what_was_read_is_shown_as_danes_write_it() -> None:
    assert (ClockField().prepare_value(495), DayField().prepare_value(date(2026, 3, 1))) == ("8.15", "01.03.2026")
    assert (ClockField().prepare_value("18:00"), DayField().prepare_value("2026-11-24")) == ("18.00", "24.11.2026")


def test_the_browsers_own_date_picker_gets_the_one_form_it_reads() -> None:
    picker = DayField(widget=forms.DateInput(attrs={"type": "date"}))
    assert (picker.prepare_value(date(2026, 3, 1)), picker.prepare_value("24.11.26")) == ("2026-03-01", "2026-11-24")


@pytest.mark.parametrize("field", [ClockField(), DayField()])
@pytest.mark.parametrize("written", ["25:99", "2026-02-31", "i morgen", "", None])
def test_what_was_not_read_stands_as_it_was_written(field: ClockField | DayField, written: str | None) -> None:
    assert field.prepare_value(written) == written


@time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC))
def test_phrases_are_plain_danish() -> None:
    evening = clock.at(date(2026, 11, 26), 1080), clock.at(date(2026, 11, 26), 1170)
    weekend = clock.at(date(2026, 12, 4), 720), clock.at(date(2026, 12, 6), 1440)

    assert phrases.when(*evening) == "torsdag 26. november kl. 18.00–19.30"
    assert phrases.hours(clock.at(date(2026, 11, 26), 1320), clock.at(date(2026, 11, 26), 1440)) == "22.00–24.00"
    assert phrases.period(*weekend) == "fredag 4. december kl. 12.00 til søndag 6. december kl. 24.00"
    assert phrases.moment(datetime(2026, 11, 22, 13, 5, tzinfo=UTC)) == "22. november kl. 14.05"
    assert phrases.day_and_time(datetime(2026, 11, 24, 20, 45, tzinfo=UTC)) == "tirsdag 24. november kl. 21.45"
    assert phrases.short_day(date(2026, 12, 1)) == "tir 1. dec"
    assert phrases.date_words(date(2027, 1, 2)) == "2. januar 2027"


@time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC))
def test_phrases_are_plain_english_too() -> None:
    with translation.override("en"):
        assert phrases.day_words(date(2026, 11, 26)) == "Thursday 26 November"
