"""What is kept about people at meetings, and for how long."""

from datetime import timedelta

import pytest
import time_machine

from actors.erasure import erase
from actors.meetings import actions, privacy
from actors.meetings.enums import Answer
from actors.meetings.models import Meeting
from actors.models import Actor, User
from medborger.common import clock
from tests.actors.meetings.factories import at
from tests.fixtures import access


@pytest.fixture
def approved(meeting: Meeting, staff: User, contact: User) -> Meeting:
    actions.convene(meeting=meeting, by=access(staff))
    actions.answer(meeting=meeting, answer=Answer.YES, by=access(contact))
    with time_machine.travel(at(600), tick=False):
        place = meeting.participants.get(user=contact)
        actions.attend(meeting=meeting, came=[place.pk], left=[], by=access(staff))
        return actions.approve(meeting=meeting, by=access(staff))


def test_the_person_is_cut_five_years_after_the_meeting_and_the_actor_stays(
    approved: Meeting, association: Actor
) -> None:
    five_years_on = clock.local(approved.ends_at).replace(year=clock.local(approved.ends_at).year + 5)
    with time_machine.travel(five_years_on - timedelta(days=1), tick=False):
        assert (privacy.forget_participants(), privacy.forget_makers()) == (0, 0)
    with time_machine.travel(five_years_on + timedelta(days=1), tick=False):
        assert (privacy.forget_participants(), privacy.forget_makers()) == (2, 2)
        assert (privacy.forget_participants(), privacy.forget_makers()) == (0, 0)
    approved.refresh_from_db()
    assert (approved.created_by, approved.minutes_approved_by) == (None, None)
    assert approved.is_approved
    came = approved.participants.get(present=True)
    assert (came.user, list(came.actors.all())) == (None, [association])


def test_an_erased_person_leaves_their_actors_place_at_the_meeting(
    approved: Meeting, association: Actor, contact: User, staff: User
) -> None:
    erase(user=contact, by=None)
    erase(user=staff, by=None)
    approved.refresh_from_db()
    came = approved.participants.get(present=True)
    assert (came.user, list(came.actors.all()), came.answer) == (None, [association], Answer.YES)
    assert (approved.created_by, approved.minutes_approved_by) == (None, None)
