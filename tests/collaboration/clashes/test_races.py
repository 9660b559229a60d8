"""Races with real connections: whatever happens at the same time, the two events and what is said of them agree."""

from functools import partial

import pytest

from actors.access import Access
from bookings import actions as rooms
from bookings.models import Booking, BookingActor, Occupancy
from collaboration.clashes import actions
from collaboration.clashes.models import Clash
from medborger.common.errors import DomainError
from tests.collaboration.clashes.events import Town
from tests.factories import CenterFactory, slot
from tests.races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("race")]
ROUNDS = 3


def asked(town: Town) -> tuple[Clash, Access, Access]:
    """A clash in which the second has asked and offers to give up its own; who answers, and who asked."""
    town.event()
    town.event()
    clash = Clash.objects.with_events().latest("pk")
    first, second = (town.by(event) for event in clash.events)
    clash = actions.ask_together(
        clash=clash, side=clash.second, kept=clash.first, message="", version=clash.version, by=second
    )
    return clash, first, second


def check(clash: Clash) -> str:
    """The end is one of those that may be, whole; gives the state."""
    clash.refresh_from_db()
    first, second = (Booking.objects.get(pk=event.pk) for event in clash.events)
    holding = {pk for (pk,) in Occupancy.objects.filter(booking__in=[first, second]).values_list("booking")}
    assert holding == {event.pk for event in (first, second) if event.state == "confirmed"}
    partners = BookingActor.objects.filter(booking=first, part="partner").count()
    if clash.state == "merged":
        assert (second.state, partners) == ("cancelled", 1)
    else:
        assert partners == 0
    return clash.state


@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_who_say_yes_at_once_merge_once(number: int) -> None:
    clash, first, _second = asked(Town(CenterFactory.create()))
    yes = partial(actions.accept, clash=clash, version=clash.version, by=first)
    results = at_once(yes, yes)
    assert sorted(isinstance(result, DomainError) for result in results) == [False, True]
    assert check(clash) == "merged"


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_yes_against_a_cancellation_and_a_move(number: int) -> None:
    clash, first, second = asked(Town(CenterFactory.create()))
    there = slot(clash.first.room, 600, 720)
    results = at_once(
        partial(actions.accept, clash=clash, version=clash.version, by=first),
        partial(rooms.cancel, booking=clash.second, version=clash.second.version, by=second),
        partial(rooms.move, booking=clash.first, slot=there, version=clash.first.version, by=first),
    )
    merged = not isinstance(results[0], DomainError)
    assert (check(clash) == "merged") == merged
    assert merged != (not isinstance(results[1], DomainError))


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_yes_against_taking_the_question_back_and_letting_it_stand(number: int) -> None:
    clash, first, second = asked(Town(CenterFactory.create()))
    results = at_once(
        partial(actions.accept, clash=clash, version=clash.version, by=first),
        partial(actions.reopen, clash=clash, version=clash.version, by=second),
        partial(actions.decline, clash=clash, reason="", version=clash.version, by=first),
    )
    assert sorted(isinstance(result, DomainError) for result in results) == [False, True, True]
    check(clash)


def test_two_nightly_searches_at_once_enter_each_pair_once() -> None:
    town = Town(CenterFactory.create())
    for _ in range(4):
        town.event()
    Clash.objects.all().delete()
    entered = at_once(actions.search, actions.search)
    assert sum(entered) == Clash.objects.count() == 6
