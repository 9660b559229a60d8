"""The house that the journeys and the pictures of the README visit, as of moments that have been trouble.

What they rely on is what the other modules ask of the whole demo as of NOW.
"""

from collections.abc import Callable
from functools import partial

import pytest
import time_machine

from medborger.demo.build import build
from tests.demo import test_councils as councils, test_demo as calendar, test_working_together as together
from tests.demo.conftest import MOMENTS, quiet, rolled_back
from tests.demo.test_working_together import HOUSE
from tests.moment import read

RELIED_ON: tuple[Callable[[], None], ...] = (
    councils.test_nothing_is_from_the_future_but_what_is_to_come,
    councils.test_every_association_of_the_house_has_a_seat_and_a_representative,
    councils.test_every_state_of_a_motion_is_there,
    councils.test_a_reader_finds_the_open_ballot_half_way,
    councils.test_the_rules_have_a_past_and_a_future,
    councils.test_one_motion_waits_to_be_voted_on_and_one_is_talked_about,
    councils.test_a_draft_is_seen_by_the_people_of_its_seat_alone,
    councils.test_breaches_are_reminded_of_warned_about_and_appealed,
    councils.test_conflicts_are_raised_and_settled,
    partial(councils.test_one_meeting_was_held_and_one_is_next_week, HOUSE),
    calendar.test_every_holding_booking_holds_the_leaves_of_its_room_and_no_other_holds_any,
    calendar.test_nothing_is_outside_opening_hours_above_capacity_or_off_the_quarter,
    partial(calendar.test_something_is_on_in_every_open_minute_of_the_coming_months, HOUSE),
    calendar.test_the_year_holds_cancelled_and_expired_bookings_and_closures_of_both_kinds,
    calendar.test_what_was_done_lately_is_in_the_audit_trail_and_nothing_is_from_the_future,
    calendar.test_somebody_is_at_the_desk_in_every_staffed_hour,
    partial(together.test_actors_moved_between_the_forms_learned_and_planned, HOUSE),
    partial(together.test_what_was_seen_lately_waits_to_be_answered, HOUSE),
    together.test_three_events_to_come_meet_others_and_one_has_asked,
    together.test_earlier_ones_were_moved_made_one_or_let_stand,
    partial(together.test_past_meetings_have_minutes_decisions_and_what_was_agreed, HOUSE),
    partial(together.test_who_coordinates_and_the_house_itself_have_a_digest_for_each_week, HOUSE),
    together.test_no_digest_tells_of_what_came_after_it,
    together.test_a_member_and_a_reader_of_english_have_theirs_on_days_of_their_own,
)


@pytest.mark.django_db
@pytest.mark.parametrize("instant", MOMENTS)
def test_the_house_is_right_as_of(instant: str) -> None:
    with time_machine.travel(read(instant), tick=False), rolled_back():
        build(say=quiet, slugs=[HOUSE])
        for holds in RELIED_ON:
            holds()
