"""The week's neglected tie: near each other, with theme and target group in common, and never together."""

from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, TargetGroup, Theme, User
from bookings.enums import BookingRole
from centers.models import Center, Room
from collaboration import errors, tasks
from collaboration.introductions import actions as introductions, ties
from collaboration.models import Introduction, Neighbour
from medborger.common import clock
from medborger.common.errors import AlreadyDone
from medborger.common.models import Message
from tests.collaboration.factories import entered
from tests.factories import ActorFactory, TargetGroupFactory, ThemeFactory, past_booking
from tests.fixtures import access

MONDAY = date(2026, 11, 23)


@pytest.fixture
def theme(db: None) -> Theme:
    return ThemeFactory.create(name="Sang", name_en="Singing")


@pytest.fixture
def group(db: None) -> TargetGroup:
    return TargetGroupFactory.create(name="Ældre", name_en="Older people")


def share(theme: Theme, group: TargetGroup, *actors: Actor) -> None:
    for actor in actors:
        actor.themes.add(theme)
        actor.target_groups.add(group)


@pytest.fixture
def tied(theme: Theme, group: TargetGroup, association: Actor, singers: Actor) -> None:
    """The dancers and the choir have both in common."""
    share(theme, group, association, singers)


def chosen(center: Center, monday: date = MONDAY) -> set[str]:
    found = introductions.choose(center=center, monday=monday)
    return {found.first.name, found.second.name} if found else set()


def test_two_with_theme_and_target_group_in_common_are_named_once_for_the_week(
    house: Center, tied: None, association: Actor, singers: Actor, players: Actor
) -> None:
    assert chosen(house) == chosen(house) == {"Folkedanserne", "Koret"}
    assert Introduction.objects.count() == 1


def test_only_one_of_the_two_in_common_is_not_enough(
    house: Center, theme: Theme, group: TargetGroup, association: Actor, singers: Actor
) -> None:
    share(theme, group, association)
    singers.themes.add(theme)
    assert chosen(house) == set()


def test_who_worked_together_once_is_no_neglected_tie(
    house: Center, tied: None, association: Actor, singers: Actor, contact: User
) -> None:
    entered(house, contact, association, singers)
    assert chosen(house) == set()


def test_who_booked_together_once_is_no_neglected_tie(
    house: Center, room: Room, tied: None, association: Actor, singers: Actor
) -> None:
    past_booking(room, association, None, clock.now() - timedelta(days=900)).parties.create(
        actor=singers, part=BookingRole.PARTNER
    )
    assert chosen(house) == set()


def test_the_same_tie_is_not_named_twice_in_eight_weeks(house: Center, tied: None) -> None:
    assert chosen(house) != set()
    for weeks in range(1, 9):
        assert chosen(house, MONDAY + timedelta(weeks=weeks)) == set()
    assert chosen(house, MONDAY + timedelta(weeks=9)) != set()


def test_those_in_the_house_at_the_same_hours_come_first(
    house: Center, room: Room, theme: Theme, group: TargetGroup, association: Actor, singers: Actor, players: Actor
) -> None:
    share(theme, group, association, singers, players)
    association.target_groups.add(extra := TargetGroupFactory.create())
    singers.target_groups.add(extra)
    for actor, days in ((singers, 7), (players, 14)):
        past_booking(room, actor, None, clock.now() - timedelta(days=days))
    assert chosen(house) == {"Koret", "Skakklubben"}
    why = ties.why(Introduction.objects.get())
    assert (why.themes, why.target_groups, why.both_here) == (("Sang",), ("Ældre",), True)
    assert why.weekdays


def test_one_may_be_in_a_neighbouring_house_if_it_shows_itself(
    house: Center, other_house: Center, theme: Theme, group: TargetGroup, association: Actor
) -> None:
    near = ActorFactory.create(name="Nabokoret", house=other_house, shown_publicly=False)
    share(theme, group, association, near, ActorFactory.create(house=other_house))
    share(theme, group, other := ActorFactory.create(name="Nabodans", house=other_house))
    assert chosen(house) == set()
    Neighbour.objects.create(center=house, neighbour=other_house, since=MONDAY)
    other.affiliations.all().delete()
    assert "Folkedanserne" in chosen(house)
    assert "Nabokoret" not in chosen(house)


def test_houses_of_one_housing_area_are_near_each_other(
    house: Center, other_house: Center, theme: Theme, group: TargetGroup, association: Actor
) -> None:
    share(theme, group, association, ActorFactory.create(name="Nabokoret", house=other_house))
    Center.objects.update(housing_area="Gellerup")
    assert chosen(house) == {"Folkedanserne", "Nabokoret"}
    assert not ties.why(Introduction.objects.get()).both_here


def test_who_has_left_the_house_is_not_named(house: Center, tied: None, singers: Actor) -> None:
    singers.affiliations.update(until=clock.today())
    assert chosen(house) == set()


def test_choosing_costs_two_statements_however_many_actors(
    house: Center, theme: Theme, group: TargetGroup, association: Actor
) -> None:
    for weeks in range(3):
        share(theme, group, *[ActorFactory.create(house=house) for _ in range(3)])
        with CaptureQueriesContext(connection) as statements:
            introductions.choose(center=house, monday=MONDAY + timedelta(weeks=weeks))
        assert len([s for s in statements if "SAVEPOINT" not in s["sql"]]) == 2


def test_every_house_gets_its_tie_by_the_clock(
    house: Center, other_house: Center, tied: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks.choose_tie, "delay", tasks.choose_tie)
    tasks.choose_ties()
    named = Introduction.objects.get()
    assert (named.center, named.week_starts_on) == (house, clock.monday(clock.today()))


# --- asking them for coffee -----------------------------------------------------------------------------------------


@pytest.fixture
def introduction(house: Center, tied: None) -> Introduction:
    found = introductions.choose(center=house, monday=MONDAY)
    assert found is not None
    return found


def test_both_are_asked_for_coffee_once(
    introduction: Introduction, coordinator: User, contact: User, singer: User
) -> None:
    ask = partial(introductions.propose_coffee, introduction=introduction, by=access(coordinator))
    ask(message="Kære begge\n\nKaffe?")
    assert {(m.user, m.text) for m in Message.objects.all()} == {(u, "Kære begge\n\nKaffe?") for u in (contact, singer)}
    assert {m.subject for m in Message.objects.all()} == {"En kop kaffe? Folkedanserne og Koret"}
    with pytest.raises(AlreadyDone):
        ask(message="Igen")
    with pytest.raises(AlreadyDone):
        introductions.not_now(introduction=introduction, by=access(coordinator))
    assert Message.objects.count() == 2


def test_without_a_contact_of_both_nobody_is_asked(
    introduction: Introduction, coordinator: User, contact: User
) -> None:
    with pytest.raises(errors.NobodyToAsk):
        introductions.propose_coffee(introduction=introduction, message="Kaffe?", by=access(coordinator))
    assert not Message.objects.exists()
    introduction.refresh_from_db()
    assert introduction.proposed_at is None


def test_only_staff_bring_two_together(introduction: Introduction, contact: User) -> None:
    for act in (partial(introductions.propose_coffee, message="Kaffe?"), introductions.not_now):
        with pytest.raises(errors.NotYours):
            act(introduction=introduction, by=access(contact))


def test_not_now_holds_for_a_year(house: Center, introduction: Introduction, staff: User) -> None:
    introductions.not_now(introduction=introduction, by=access(staff))
    with time_machine.travel(clock.now() + timedelta(weeks=40)):
        assert chosen(house, MONDAY + timedelta(weeks=40)) == set()
    with time_machine.travel(clock.now() + timedelta(weeks=53)):
        assert chosen(house, MONDAY + timedelta(weeks=53)) != set()


def test_the_message_is_ready_in_plain_words(introduction: Introduction) -> None:
    text = ties.message(introduction, ties.why(introduction))
    assert text == (
        "Kære Folkedanserne og Koret\n\n"
        "I vil begge nå ældre, og I arbejder begge med sang. Så vidt vi ved, har I ikke lavet noget sammen endnu.\n\n"
        "Skal vi ikke tage en kop kaffe sammen i Foreningernes Hus? Så kan I høre, hvad I hver især laver.\n\n"
        "Sig til i huset, hvornår det passer jer. Vi laver kaffen.\n\n"
        "Venlig hilsen\nForeningernes Hus"
    )


def test_an_actor_that_knows_both_is_named(
    house: Center, introduction: Introduction, association: Actor, singers: Actor, players: Actor, staff: User
) -> None:
    assert ties.common(introduction) == ""
    entered(house, staff, association, players)
    entered(house, staff, players, singers)
    assert ties.common(introduction) == "Skakklubben"
