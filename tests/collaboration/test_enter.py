"""Writing a collaboration in by hand, and what is refused."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from actors.enums import Tie
from actors.errors import ActorNotInHouse
from actors.models import Actor, User
from centers.models import Center
from collaboration import actions, errors
from collaboration.enums import CollaborationKind, CollaborationState
from collaboration.models import Collaboration, CollaborationActor, FormSince
from medborger.common import clock
from medborger.common.errors import AlreadyDone, EndsBeforeStart
from medborger.common.models import Audit, Message
from tests.collaboration.factories import days_ago, entered, entry
from tests.factories import ActorFactory, TargetGroupFactory, ThemeFactory, UserFactory
from tests.fixtures import access


def test_somebody_of_one_of_its_actors_writes_in_what_is_going_on(
    house: Center, association: Actor, singers: Actor, contact: User
) -> None:
    theme, group = ThemeFactory.create(), TargetGroupFactory.create()
    made = entered(house, contact, association, singers, themes=(theme,), target_groups=(group,))
    made.refresh_from_db()
    assert (made.state, made.form, made.by_house, made.confirmed_by) == (
        CollaborationState.GOING,
        CollaborationKind.COORDINATE,
        False,
        contact,
    )
    assert {party.actor for party in made.parties.all()} == {association, singers}
    assert [(form.form, form.since) for form in made.forms.all()] == [(CollaborationKind.COORDINATE, days_ago(100))]
    assert (list(made.themes.all()), list(made.target_groups.all())) == ([theme], [group])


def test_what_ended_before_today_is_entered_as_ended_and_what_ends_later_is_going(
    house: Center, association: Actor, singers: Actor, contact: User
) -> None:
    over = entered(house, contact, association, singers, until=days_ago(1))
    last_day = entered(house, contact, association, singers, title="Kaffe", until=clock.today())
    assert [over.state, last_day.state] == [CollaborationState.ENDED, CollaborationState.GOING]


def test_staff_write_in_for_others_and_it_says_so(
    house: Center, association: Actor, singers: Actor, staff: User
) -> None:
    assert entered(house, staff, association, singers).by_house


def test_only_its_own_people_and_staff_write_it_in(
    house: Center, association: Actor, singers: Actor, player: User, outsider: User
) -> None:
    for user in (player, outsider):
        with pytest.raises(errors.NotYours):
            entered(house, user, association, singers)


def test_the_other_actors_contacts_are_told_once_each(
    house: Center, association: Actor, singers: Actor, players: Actor, contact: User, singer: User, player: User
) -> None:
    entered(house, contact, association, singers, players, title="Lysfest")
    letters = list(Message.objects.order_by("recipient"))
    assert [letter.user for letter in letters] == [player, singer]
    assert (
        "Folkedanserne har skrevet i loggen i Foreningernes Hus, at I laver noget sammen: Lysfest." in letters[0].text
    )
    assert "træde ud" in letters[0].text


def test_what_the_house_writes_in_is_told_to_all_of_them(
    house: Center, association: Actor, singers: Actor, staff: User, contact: User, singer: User
) -> None:
    entered(house, staff, association, singers)
    assert {letter.user for letter in Message.objects.all()} == {contact, singer}
    assert Message.objects.filter(text__startswith="Foreningernes Hus har skrevet").count() == 2


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"until": days_ago(101)}, EndsBeforeStart),
        ({"since": days_ago(-1)}, errors.NotBegun),
        ({"form": "friendship"}, errors.UnknownForm),
        ({"next_step": "Ring"}, errors.StepNotWhole),
        ({"next_step_on": days_ago(-7)}, errors.StepNotWhole),
    ],
)
def test_what_makes_no_sense_is_refused(
    house: Center, association: Actor, singers: Actor, contact: User, said: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        entered(house, contact, association, singers, **said)
    assert not Collaboration.objects.exists()


def test_one_actor_alone_or_twice_is_no_collaboration(house: Center, association: Actor, contact: User) -> None:
    for actors in ((association,), (association, association)):
        with pytest.raises(errors.TooFewActors):
            entered(house, contact, *actors)


def test_the_next_step_is_taken_by_one_of_its_actors(
    house: Center, association: Actor, singers: Actor, players: Actor, contact: User
) -> None:
    step = {"next_step": "Book Salen", "next_step_on": days_ago(-7)}
    with pytest.raises(errors.StepOwnerNotIn):
        entered(house, contact, association, singers, next_step_owner=players, **step)
    made = entered(house, contact, association, singers, next_step_owner=singers, **step)
    with pytest.raises(IntegrityError, match="collaboration_step_owner_is_party"), transaction.atomic():
        Collaboration.objects.filter(pk=made.pk).update(next_step_owner=players)
        connection.check_constraints()


def test_an_actor_of_another_house_is_refused_and_one_from_outside_is_staffs_to_write_in(
    house: Center, other_house: Center, association: Actor, contact: User, staff: User
) -> None:
    elsewhere = ActorFactory.create(house=other_house)
    with pytest.raises(ActorNotInHouse):
        entered(house, staff, association, elsewhere)
    external = ActorFactory.create(house=house, tie=Tie.EXTERNAL)
    with pytest.raises(errors.ExternalOnlyByStaff):
        entered(house, contact, association, external)
    assert entered(house, staff, association, external).state == CollaborationState.GOING


def test_the_same_form_sent_twice_makes_one(house: Center, association: Actor, singers: Actor, contact: User) -> None:
    token, by, said = uuid4(), access(contact), entry(association, singers)
    first = actions.enter(center=house, entry=said, token=token, by=by)
    with pytest.raises(AlreadyDone) as again:
        actions.enter(center=house, entry=said, token=token, by=by)
    assert again.value.outcome == first
    assert Collaboration.objects.count() == 1


def test_the_same_actors_purpose_and_time_are_entered_once_and_the_refusal_shows_what_stands(
    house: Center, association: Actor, singers: Actor, contact: User, singer: User
) -> None:
    first = entered(house, contact, association, singers, purpose="Flere unge i huset")
    with pytest.raises(errors.AlreadyEntered) as refused:
        entered(house, singer, singers, association, title="Ny titel", purpose="flere  UNGE i huset", since=days_ago(3))
    assert refused.value.entered == first
    entered(house, singer, singers, association, purpose="Flere gamle i huset")


def test_the_same_again_after_it_was_over_is_new(
    house: Center, association: Actor, singers: Actor, players: Actor, contact: User
) -> None:
    entered(house, contact, association, singers, until=days_ago(50))
    entered(house, contact, association, singers, since=days_ago(49))
    entered(house, contact, association, singers, players)
    assert Collaboration.objects.count() == 3


def test_the_database_keeps_two_actors_in_each(
    house: Center, association: Actor, singers: Actor, contact: User
) -> None:
    made = entered(house, contact, association, singers)
    with pytest.raises(IntegrityError, match="fewer than two actors"), transaction.atomic():
        CollaborationActor.objects.filter(collaboration=made, actor=singers).delete()
        connection.check_constraints()


def test_the_database_keeps_the_form_at_the_latest_of_its_history(
    house: Center, association: Actor, singers: Actor, contact: User
) -> None:
    made = entered(house, contact, association, singers)
    with pytest.raises(IntegrityError, match="not the latest"), transaction.atomic():
        FormSince.objects.create(collaboration=made, form=CollaborationKind.CO_CREATE, since=days_ago(3))
        connection.check_constraints()


def test_what_was_done_stands_in_the_trail_without_words_of_the_people(
    house: Center, association: Actor, singers: Actor, contact: User
) -> None:
    made = entered(house, contact, association, singers)
    act = Audit.objects.get(subject="collaboration", subject_id=made.pk)
    assert (act.verb, act.person, act.center_id, act.parameters) == (
        "collaboration.entered",
        contact,
        house.pk,
        {"form": "coordinate"},
    )


def test_a_contact_of_two_of_the_actors_is_told_once(
    house: Center, association: Actor, singers: Actor, players: Actor, contact: User, singer: User
) -> None:
    singer.memberships.create(actor=players, role="contact", since=clock.today() - timedelta(days=1))
    UserFactory.create(member_of=players)
    entered(house, contact, association, singers, players)
    assert [letter.user for letter in Message.objects.all()] == [singer]
