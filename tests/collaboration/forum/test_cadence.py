"""How often a forum meets, as data: what is due, what is next, and how it is said."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, strategies as st

from centers.enums import Weekday
from collaboration.forum.cadence import Cadence, due_dates, next_due, words
from collaboration.forum.enums import Nth, Rhythm

AUTUMN = date(2026, 9, 1)


def cadence(every: int = 1, nth: Nth | None = Nth.FIRST, **said: Any) -> Cadence:
    rhythm = Rhythm.WEEKS if nth is None else Rhythm.MONTHS
    return Cadence(
        **{
            "rhythm": rhythm,
            "every": every,
            "weekday": Weekday.THURSDAY,
            "nth": nth,
            "start": 540,
            "counts_from": AUTUMN,
            **said,
        }
    )


def due(rhythm: Cadence, last: date = date(2026, 12, 31)) -> list[str]:
    return [f"{day.day}/{day.month}" for day in due_dates(rhythm, AUTUMN, last)]


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        (cadence(), ["3/9", "1/10", "5/11", "3/12"]),
        (cadence(2), ["3/9", "5/11"]),
        (cadence(3), ["3/9", "3/12"]),
        (cadence(nth=Nth.LAST), ["24/9", "29/10", "26/11", "31/12"]),
        (cadence(nth=Nth.FOURTH, weekday=Weekday.MONDAY), ["28/9", "26/10", "23/11", "28/12"]),
        (cadence(6, None), ["3/9", "15/10", "26/11"]),
        (cadence(2, None, counts_from=date(2026, 12, 1)), ["3/12", "17/12", "31/12"]),
    ],
)
def test_a_cadence_says_on_which_days_a_meeting_is_due(rhythm: Cadence, days: list[str]) -> None:
    assert due(rhythm) == days


def test_months_are_counted_from_the_first_meeting_whatever_day_was_named() -> None:
    """Named the day after September's first Thursday, the first meeting is October's, and the second December's."""
    assert due(cadence(2, counts_from=date(2026, 9, 4))) == ["1/10", "3/12"]


def test_the_next_meeting_may_be_due_the_same_day_and_is_never_before_the_cadence_begins() -> None:
    assert next_due(cadence(), date(2026, 12, 3)) == date(2026, 12, 3)
    assert next_due(cadence(), date(2026, 12, 4)) == date(2027, 1, 7)
    assert next_due(cadence(), date(2020, 1, 1)) == date(2026, 9, 3)


def test_a_holiday_moves_no_meeting() -> None:
    """Christmas Eve 2026 is a Thursday."""
    assert next_due(cadence(nth=Nth.FOURTH), date(2026, 12, 1)) == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("rhythm", "said"),
    [
        (cadence(), "første torsdag hver måned kl. 9.00"),
        (cadence(2, Nth.LAST), "sidste torsdag hver anden måned kl. 9.00"),
        (cadence(3), "første torsdag hver tredje måned kl. 9.00"),
        (cadence(6, Nth.SECOND, start=1050), "anden torsdag hver 6. måned kl. 17.30"),
        (cadence(1, None), "hver torsdag kl. 9.00"),
        (cadence(2, None), "hver anden torsdag kl. 9.00"),
        (cadence(6, None), "torsdag hver 6. uge kl. 9.00"),
    ],
)
def test_a_cadence_is_said_in_words(rhythm: Cadence, said: str) -> None:
    with translation.override("da"):
        assert words(rhythm) == said


@given(
    st.sampled_from(list(Weekday)),
    st.integers(1, 6),
    st.sampled_from([None, *Nth]),
    st.dates(date(2025, 1, 1), date(2028, 1, 1)),
    st.dates(date(2025, 1, 1), date(2028, 1, 1)),
)
def test_there_is_always_a_next_meeting_on_the_weekday(
    weekday: Weekday, every: int, nth: Nth | None, counts_from: date, day: date
) -> None:
    rhythm = cadence(every, nth, weekday=weekday, counts_from=counts_from)
    found = next_due(rhythm, day)
    assert found >= max(day, counts_from)
    assert found.weekday() == weekday
    assert next(due_dates(rhythm, day, found)) == found
