"""How the demo's houses work together. All of it was done by the actions that people use, in the order of time."""

import re
from collections import Counter
from datetime import timedelta

import pytest

from actors.models import Actor
from collaboration.clashes.enums import State as ClashState
from collaboration.clashes.models import Clash
from collaboration.digests.models import Digest
from collaboration.enums import Form, State
from collaboration.models import Collaboration, FormSince
from medborger.common import clock
from medborger.demo import logins
from tests.demo.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
MIDNIGHT = clock.midnight(TODAY)
MONDAY = clock.monday(TODAY)
HOUSE = "foreningernes-hus"


def in_house(slug: str) -> dict[str, str]:
    return {"center__slug": slug}


# --- the log ----------------------------------------------------------------------------------------------------------


def test_every_house_works_together_in_all_five_forms_and_the_house_of_associations_most() -> None:
    confirmed = Collaboration.objects.confirmed()
    numbers = Counter(confirmed.values_list("center__slug", flat=True))
    assert numbers.most_common(1)[0][0] == HOUSE
    assert all(12 <= numbers[slug] <= 40 for slug in logins.HOUSES)
    for slug in logins.HOUSES:
        assert set(confirmed.filter(**in_house(slug)).values_list("form", flat=True)) == set(Form)


@pytest.mark.parametrize("slug", logins.HOUSES)
def test_actors_moved_between_the_forms_learned_and_planned(slug: str) -> None:
    here = Collaboration.objects.confirmed().filter(**in_house(slug))
    moved = FormSince.objects.filter(collaboration__in=here).count() - here.count()
    assert moved >= 3
    assert here.exclude(learned="").count() >= 6
    steps = here.exclude(next_step="").filter(state=State.GOING)
    assert steps.filter(next_step_on__gte=TODAY).count() >= 3
    assert here.filter(state=State.ENDED).exists()


@pytest.mark.parametrize("slug", logins.HOUSES)
def test_what_was_seen_lately_waits_to_be_answered(slug: str) -> None:
    waiting = Collaboration.objects.proposed().filter(**in_house(slug))
    assert 1 <= waiting.count() <= 4
    assert all(proposal.evidence.count() >= 2 for proposal in waiting)


def test_what_the_house_saw_was_confirmed_dismissed_and_met_with_silence() -> None:
    proposed = Collaboration.objects.filter(**in_house(HOUSE), evidence__isnull=False, created_by=None).distinct()
    assert set(proposed.values_list("state", flat=True)) == {State.PROPOSED, State.GOING, State.DISMISSED}


# --- events that meet -------------------------------------------------------------------------------------------------


def test_next_week_three_events_meet_others_and_one_has_asked() -> None:
    open_now = Clash.objects.waiting().filter(**in_house(HOUSE))
    assert Counter(open_now.values_list("state", flat=True)) == {ClashState.OPEN: 2, ClashState.ASKED: 1}
    next_week = {clock.monday(clock.local(clash.second.starts_at).date()) for clash in open_now}
    assert next_week == {MONDAY + timedelta(days=7)}


def test_earlier_ones_were_moved_made_one_or_let_stand() -> None:
    settled = Clash.objects.filter(second__ends_at__lt=MIDNIGHT)
    assert set(settled.values_list("state", flat=True)) == {ClashState.MOVED, ClashState.MERGED, ClashState.LEFT}
    assert Clash.objects.count() <= 30


# --- what must not be there -------------------------------------------------------------------------------------------


def test_nothing_is_from_the_future_and_nobody_is_numbered() -> None:
    texts = [
        *Collaboration.objects.values_list("title", "purpose", "learned", "next_step"),
        *Clash.objects.values_list("message", "answer"),
    ]
    assert not [row for row in texts if re.search(r"\d{6}-?\d{4}", " ".join(row))]
    assert not Collaboration.objects.filter(created_at__gte=MIDNIGHT).exists()
    assert not Digest.objects.filter(made_at__gte=MIDNIGHT).exists()


def test_no_two_actors_are_together_in_more_than_they_can_tell() -> None:
    """The log is a house's, not one busy actor's."""
    for slug in logins.HOUSES:
        here = Collaboration.objects.confirmed().filter(**in_house(slug))
        by_actor = Counter(here.values_list("actors", flat=True))
        assert max(by_actor.values()) <= here.count() / 2, Actor.objects.get(pk=by_actor.most_common(1)[0][0])
