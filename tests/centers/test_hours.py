"""When a house is open: weekly hours, special days, holidays."""

from datetime import date

import pytest

from centers.hours import Hours, Interval, OpenDay, holiday_name, hours_on, open_now
from centers.models import Center, SpecialDay
from tests.factories import CenterFactory

TUESDAY = date(2026, 11, 24)
CHRISTMAS_EVE, CHRISTMAS_DAY = date(2026, 12, 24), date(2026, 12, 25)


@pytest.fixture
def center(db: None) -> Center:
    return CenterFactory.create(hours=[(8 * 60, 16 * 60, True), (16 * 60, 22 * 60, False)])


def test_staffed_and_self_service_hours_that_meet_count_as_one() -> None:
    day = OpenDay(TUESDAY, (Interval(480, 960), Interval(960, 1320, staffed=False)))
    assert day.covers(480, 1320)
    assert not day.covers(465, 600)
    assert not day.covers(1305, 1335)


def test_a_gap_between_hours_is_closed() -> None:
    day = OpenDay(TUESDAY, (Interval(480, 720), Interval(780, 1320)))
    assert day.covers(480, 720)
    assert not day.covers(700, 800)


def test_a_public_holiday_is_closed_and_says_which(center: Center) -> None:
    day = hours_on(center, CHRISTMAS_DAY)
    assert (day.intervals, day.reason) == ((), "Juledag")


def test_an_optional_holiday_counts_only_where_the_house_chose_it(center: Center) -> None:
    assert hours_on(center, CHRISTMAS_EVE).intervals
    center.optional_holidays = ["Juleaftensdag"]
    assert hours_on(center, CHRISTMAS_EVE) == OpenDay(CHRISTMAS_EVE, (), "Juleaftensdag")


def test_store_bededag_is_gone_since_2024() -> None:
    assert holiday_name(date(2023, 5, 5), ()) == "Store bededag"
    assert holiday_name(date(2024, 4, 26), ()) == ""


def test_a_special_day_beats_the_week_and_the_holiday(center: Center) -> None:
    SpecialDay.objects.create(center=center, date=CHRISTMAS_DAY, opens=600, closes=840, reason="Julefrokost for alle")
    SpecialDay.objects.create(center=center, date=TUESDAY, reason="Personaledag")
    assert hours_on(center, CHRISTMAS_DAY) == OpenDay(CHRISTMAS_DAY, (Interval(600, 840),), "Julefrokost for alle")
    assert hours_on(center, TUESDAY) == OpenDay(TUESDAY, (), "Personaledag")


@pytest.mark.parametrize(
    ("day", "minute", "said"),
    [
        (TUESDAY, 600, "Åbent nu, til kl. 22.00"),
        (TUESDAY, 400, "Åbner i dag kl. 8.00"),
        (TUESDAY, 1330, "Lukket. Åbner i morgen kl. 8.00"),
        (date(2026, 12, 24), 1330, "Lukket. Åbner søndag kl. 8.00"),  # past two holidays
    ],
)
def test_the_house_says_when_it_is_open(center: Center, day: date, minute: int, said: str) -> None:
    assert open_now(Hours(center, day, date(2027, 1, 10)), day, minute).text == said


def test_a_house_without_hours_is_closed(db: None) -> None:
    center = CenterFactory.create(hours=[])
    assert open_now(Hours(center, TUESDAY, date(2027, 1, 10)), TUESDAY, 600).text == "Lukket"


def test_hours_cost_one_statement(center: Center, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(1):
        Hours(center, TUESDAY, CHRISTMAS_DAY).on(CHRISTMAS_DAY)
