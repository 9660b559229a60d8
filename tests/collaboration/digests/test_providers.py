"""What the bookings and the council tell of a week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.council.ballots import actions
from actors.council.digest_lines import new_motions, votes_closing, votes_missing
from actors.council.enums import Choice
from actors.council.models import Ballot
from actors.digest_lines import Week
from bookings.digest_lines import MOST, coming_events
from bookings.enums import Audience
from bookings.models import Booking
from centers.models import Center, Room
from medborger.common import clock
from tests.actors.council.factories import council_member, fill_seats, make_council
from tests.actors.council.motions import open_ballot, open_motion
from tests.collaboration.digests.conftest import MONDAY
from tests.collaboration.digests.full_house import event, fill
from tests.factories import ActorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


def week(house: Center) -> Week:
    return Week(house, MONDAY - timedelta(days=7), MONDAY)


def test_open_events_of_the_coming_week_are_told_with_who_holds_them(house: Center, room: Room) -> None:
    dancers = ActorFactory.create(name="Folkedanserne", house=house)
    shown = event(house, room.pk, dancers, 1)
    spoiled: list[dict[str, Any]] = [
        {"audience": Audience.CLOSED},
        {"state": "cancelled"},
        {"starts_at": MONDAY - timedelta(hours=9)},
    ]
    for place, spoil in enumerate(spoiled):
        other = event(house, room.pk, dancers, place + 2)
        Booking.objects.filter(pk=other.pk).update(**spoil)
    (line,) = coming_events(week(house))
    assert (line.text, line.detail) == ("Fællesspisning 1, Folkedanserne", "kl. 15.00–16.00, Salen. For beboere.")
    assert (line.day, line.link) == (MONDAY.date(), f"/foreningernes-hus/bookinger/{shown.pk}/")


def test_a_busy_monday_does_not_take_all_the_room_and_the_rest_is_counted(house: Center, room: Room) -> None:
    dancers = ActorFactory.create(house=house)
    for place in range(20):
        event(house, room.pk, dancers, place // 5)
    *lines, more = coming_events(week(house))
    assert len(lines) == MOST
    assert more.text == f"Og {20 - MOST} arrangementer mere"
    assert [line.day for line in lines] == sorted(line.day for line in lines if line.day)


def test_who_has_not_voted_is_asked_and_all_others_are_told_when_it_closes(
    house: Center, friday: time_machine.Traveller
) -> None:
    council = make_council(house)
    holders = fill_seats(council, 3)
    ballot = open_ballot(council, holders[0])
    Ballot.objects.update(closes_at=MONDAY + timedelta(days=2))
    seat, voter = holders[1]
    actions.vote(ballot=ballot, seat=seat, choice=Choice.FOR, by=council_member(voter, council))
    (asked,), (told,) = votes_missing(week(house)), votes_closing(week(house))
    assert asked.concerns.users == {holders[0][1].pk, holders[2][1].pk}
    assert (asked.urgency, asked.key) == (65, told.key)
    assert told.concerns.everyone
    assert told.day == date(2026, 11, 25)
    assert "Hvad synes I, vi skal stemme?" in asked.message


def test_new_motions_are_news_to_all_but_their_author(house: Center, friday: time_machine.Traveller) -> None:
    council = make_council(house)
    seat, author = fill_seats(council, 1)[0]
    motion = open_motion(council, seat, days_ago=2, author=author)
    (line,) = new_motions(week(house))
    assert (line.at, line.done_by, line.concerns.everyone) == (motion.opened_at, author.pk, True)
    assert line.text == f"Nyt forslag i {council}: {motion.title}"
    assert list(new_motions(Week(house, clock.now(), MONDAY))) == []


@pytest.mark.parametrize("number", [1, 3])
def test_both_languages_cost_what_one_does_however_much_there_is(house: Center, number: int) -> None:
    fill(house, number)
    asked = week(house)
    with CaptureQueriesContext(connection) as captured:
        for _language in ("da", "en"):
            for provider in (coming_events, votes_missing, votes_closing, new_motions):
                list(provider(asked))
    assert len(captured) <= 4
