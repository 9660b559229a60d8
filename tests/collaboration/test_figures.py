"""Figures count confirmed collaborations alone, each in the form that it had."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, User
from centers.models import Center
from collaboration import actions, figures, log_charts
from collaboration.enums import CollaborationKind
from collaboration.models import Collaboration
from medborger.common import clock
from tests.collaboration.factories import days_ago, entered, proposed
from tests.fixtures import access


def test_by_form_counts_the_confirmed_and_leaves_no_form_out(
    house: Center, association: Actor, singers: Actor, players: Actor, contact: User
) -> None:
    entered(house, contact, association, singers)
    entered(house, contact, association, players, until=days_ago(9))
    proposed(house, singers, players)
    assert figures.by_form(Collaboration.objects.all()) == {
        CollaborationKind.SHARE_KNOWLEDGE: 0,
        CollaborationKind.ALIGN: 0,
        CollaborationKind.EXCHANGE_RESOURCES: 0,
        CollaborationKind.COORDINATE: 2,
        CollaborationKind.CO_CREATE: 0,
    }


def test_each_week_counts_what_was_going_in_the_form_of_that_week(
    house: Center, other_house: Center, association: Actor, singers: Actor, players: Actor, contact: User
) -> None:
    monday = clock.monday(clock.today())

    def week(back: int, weekday: int = 0) -> date:
        return monday - timedelta(weeks=back, days=-weekday)

    moved = entered(house, contact, association, singers, since=week(30))
    actions.change_form(collaboration=moved, form=CollaborationKind.CO_CREATE, since=week(4, 6), by=access(contact))
    entered(house, contact, association, players, since=week(9, 6), until=week(7))
    proposed(house, singers, players)
    weekly = figures.weekly(house.pk, clock.today())
    assert weekly.mondays == tuple(monday - timedelta(weeks=back) for back in range(11, -1, -1))
    assert weekly.counts[CollaborationKind.COORDINATE] == (1, 1, 2, 2, 2, 1, 1, 0, 0, 0, 0, 0)
    assert weekly.counts[CollaborationKind.CO_CREATE] == (0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1)
    assert weekly.counts[CollaborationKind.ALIGN] == (0,) * 12
    assert (weekly.highest, bool(weekly)) == (2, True)
    assert not figures.weekly(other_house.pk, clock.today())


def test_the_weeks_are_read_in_one_statement_however_much_is_going_on(
    house: Center, association: Actor, singers: Actor, contact: User
) -> None:
    for title in ("a", "b", "c"):
        entered(house, contact, association, singers, title=title)
        with CaptureQueriesContext(connection) as statements:
            assert figures.weekly(house.pk, clock.today(), weeks=4)
        assert len(statements) <= 1


def test_a_picture_draws_all_forms_at_one_scale_and_says_its_numbers(
    house: Center, association: Actor, singers: Actor, contact: User
) -> None:
    entered(house, contact, association, singers)
    weekly = figures.weekly(house.pk, clock.today(), weeks=2)
    rows = log_charts.rows(weekly)
    assert [row.form for row in rows] == list(CollaborationKind)
    coordinate = rows[3]
    assert [(column.y, column.height) for column in coordinate.columns] == [("0.0%", "100.0%")] * 2
    assert [column.height for column in rows[0].columns] == ["0.0%"] * 2
    first, last = log_charts.week_numbers(weekly)
    assert coordinate.label == f"Fra 1 i uge {first} til 1 i uge {last}"
    assert [bar.width for bar in log_charts.bars({CollaborationKind.ALIGN: 4, CollaborationKind.CO_CREATE: 1})] == [
        "100.0%",
        "25.0%",
    ]
    assert [bar.width for bar in log_charts.bars({CollaborationKind.ALIGN: 0})] == ["0.0%"]
