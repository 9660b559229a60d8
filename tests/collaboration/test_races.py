"""Races with real connections: what may stand once stands once."""

from functools import partial

import pytest

from actors.access import Access
from actors.enums import ActorRole, Role
from actors.models import Actor, User
from centers.models import Center
from collaboration import actions, errors
from collaboration.enums import CollaborationState
from collaboration.introductions import actions as introductions
from collaboration.models import Collaboration, Evidence, Gathering, Introduction
from collaboration.proposals import actions as proposals
from medborger.common import clock
from medborger.common.errors import AlreadyDone
from medborger.common.models import Message
from tests.collaboration.factories import entered, entry, only_seen, seen
from tests.factories import (
    ActorFactory,
    CenterFactory,
    MembershipFactory,
    TargetGroupFactory,
    ThemeFactory,
    person_with,
)
from tests.races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("race")]


@pytest.fixture
def center() -> Center:
    return CenterFactory.create()


@pytest.fixture
def actors(center: Center) -> list[Actor]:
    theme, group, made = ThemeFactory.create(), TargetGroupFactory.create(), []
    for _ in range(3):
        actor = ActorFactory.create(house=center)
        actor.themes.add(theme)
        actor.target_groups.add(group)
        MembershipFactory.create(actor=actor, role=ActorRole.CONTACT)
        made.append(actor)
    return made


@pytest.fixture
def keeper(center: Center) -> User:
    return person_with(Role.COORDINATOR, center)


def test_of_several_gatherings_at_once_one_proposes(center: Center, actors: list[Actor]) -> None:
    sights = [seen(*actors[:2], key=f"a:{n}") for n in range(4)] + [seen(*actors[1:], key="b", enough=True)]
    with only_seen(*sights):
        made = at_once(*[partial(proposals.gather, center=center, now=clock.now())] * 4)
    assert sorted(made) == [0, 0, 0, 2]
    assert (Collaboration.objects.count(), Evidence.objects.count(), Gathering.objects.count()) == (2, 5, 1)


def test_the_same_entered_by_two_at_once_stands_once(center: Center, actors: list[Actor], keeper: User) -> None:
    by = Access.of(keeper)
    results = at_once(*[partial(actions.enter, center=center, entry=entry(*actors[:2]), by=by)] * 4)
    refused = [result for result in results if isinstance(result, errors.AlreadyEntered)]
    made = Collaboration.objects.get()
    assert len(refused) == 3
    assert {error.entered for error in refused} == {made}


def test_two_of_three_who_step_out_at_once_do_not_leave_one_alone(
    center: Center, actors: list[Actor], keeper: User
) -> None:
    by = Access.of(keeper)
    made = entered(center, keeper, *actors)
    at_once(*[partial(actions.leave, collaboration=made, actor=actor, by=by) for actor in actors[:2]])
    made.refresh_from_db()
    assert (made.state, made.parties.count()) == (CollaborationState.DISMISSED, 2)


def test_a_proposal_that_is_confirmed_and_dismissed_at_once_is_one_of_the_two(
    center: Center, actors: list[Actor], keeper: User
) -> None:
    by = Access.of(keeper)
    with only_seen(seen(*actors[:2], key="a", enough=True)):
        proposals.gather(center=center, now=clock.now())
    proposal = Collaboration.objects.get()
    acts = (actions.confirm, actions.dismiss, actions.confirm, actions.dismiss)
    results = at_once(*[partial(act, collaboration=proposal, by=by) for act in acts])
    assert len([result for result in results if isinstance(result, errors.NotProposed)]) == 3


def test_a_tie_chosen_and_asked_for_coffee_at_once_is_one_and_asked_once(
    center: Center, actors: list[Actor], keeper: User
) -> None:
    by, monday = Access.of(keeper), clock.monday(clock.today())
    named = at_once(*[partial(introductions.choose, center=center, monday=monday)] * 4)
    tie = Introduction.objects.get()
    assert named == [tie] * 4
    ask = partial(introductions.propose_coffee, introduction=tie, message="Kaffe?", by=by)
    results = at_once(ask, ask, partial(introductions.not_now, introduction=tie, by=by))
    assert len([result for result in results if isinstance(result, AlreadyDone)]) == 2
    tie.refresh_from_db()
    assert Message.objects.count() == (2 if tie.proposed_at else 0)
