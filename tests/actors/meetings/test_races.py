"""Races with real connections: of two who write the same item at once, one saves and the other gets both texts."""

from functools import partial

import pytest
import time_machine

from actors.access import Access
from actors.enums import ActorRole, Role
from actors.meetings import actions, errors
from actors.meetings.enums import Direction
from actors.meetings.models import AgendaItem, Meeting
from actors.models import User
from centers.models import Center
from medborger.common.errors import Stale
from medborger.common.models import Message
from tests.actors.meetings.factories import at, convened, item
from tests.factories import ActorFactory, CenterFactory, MembershipFactory, person_with
from tests.races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("race")]
TYPISTS = 4
ROUNDS = 6


@pytest.fixture
def center() -> Center:
    return CenterFactory.create()


@pytest.fixture
def keeper(center: Center) -> User:
    return person_with(Role.STAFF, center)


@pytest.fixture
def held(center: Center, keeper: User) -> Meeting:
    MembershipFactory.create(actor=ActorFactory.create(house=center), role=ActorRole.CONTACT)
    return convened(center, keeper)


def test_of_many_who_save_the_same_version_one_is_kept_and_the_others_get_its_words(
    held: Meeting, keeper: User
) -> None:
    by = Access.of(keeper)
    written = held.items.get()
    with time_machine.travel(at(545)):
        for version in range(1, ROUNDS + 1):
            texts = [f"Typist {n} i runde {version}" for n in range(TYPISTS)]
            save = partial(actions.save_minutes, item=written, decision="", version=version, by=by)
            results = at_once(*[partial(save, minutes=text) for text in texts])
            saved = [result for result in results if isinstance(result, AgendaItem)]
            refused = [result for result in results if isinstance(result, Stale)]
            kept = AgendaItem.objects.get()
            assert (len(saved), len(refused)) == (1, TYPISTS - 1)
            assert kept.minutes == texts[results.index(saved[0])]
            assert {error.current.minutes for error in refused} == {kept.minutes}
            assert kept.minutes_version == version + 1


def test_minutes_that_race_the_approval_are_either_kept_or_refused(held: Meeting, keeper: User) -> None:
    by = Access.of(keeper)
    written = held.items.get()
    with time_machine.travel(at(545)):
        saved, _approved = at_once(
            partial(actions.save_minutes, item=written, minutes="I sidste øjeblik", decision="", version=1, by=by),
            partial(actions.approve, meeting=held, by=by),
        )
    kept = AgendaItem.objects.get().minutes
    assert Meeting.objects.get().is_approved
    assert kept == ("I sidste øjeblik" if isinstance(saved, AgendaItem) else "")
    assert isinstance(saved, AgendaItem | errors.MinutesClosed)


def test_items_that_are_added_and_moved_at_once_keep_a_place_each(held: Meeting, keeper: User) -> None:
    by, first = Access.of(keeper), held.items.get()
    at_once(
        *[partial(item, held, keeper, f"Punkt {n}", 5) for n in range(4)],
        *[partial(actions.move, item=first, direction=Direction.DOWN, by=by)] * 3,
    )
    assert list(held.items.values_list("position", flat=True)) == [1, 2, 3, 4, 5]


def test_a_meeting_convened_twice_at_once_invites_each_once(center: Center, held: Meeting, keeper: User) -> None:
    late = MembershipFactory.create(actor=ActorFactory.create(house=center), role=ActorRole.CONTACT).user
    by = Access.of(keeper)
    at_once(*[partial(actions.convene, meeting=held, by=by)] * 4)
    assert held.participants.filter(user=late).count() == 1
    assert Message.objects.filter(user=late).count() == 1
