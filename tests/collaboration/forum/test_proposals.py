"""Proposing an item for the forum: by anybody in the house, the same matter once, about a page of the house."""

import pytest
from django.db import IntegrityError, transaction

from actors.errors import ActorNotInHouse
from actors.meetings.actions import ItemData
from actors.meetings.enums import ItemKind
from actors.models import Actor, User
from centers.models import Center
from collaboration.forum import actions, errors
from collaboration.forum.models import Forum, ProposedItem
from medborger.common import clock
from medborger.common.errors import AlreadyDone, NotAllowed
from medborger.common.models import Audit, Message
from tests.collaboration.forum.factories import proposal
from tests.factories import ActorFactory
from tests.fixtures import access

ABOUT = "/foreningernes-hus/kalender/"


def test_anybody_in_the_house_proposes_and_it_waits(
    forum: Forum, house: Center, member: User, association: Actor, singers: Actor
) -> None:
    words = ItemData("Ny bordplan", "Vi har **for få** borde.", ItemKind.DECISION, 20, association, (singers,))
    made = actions.propose(center=house, words=words, about=ABOUT, by=access(member))
    item = ProposedItem.objects.waiting().get()
    assert item == made
    assert (item.title, item.kind, item.minutes_needed, item.owner, item.about) == (
        "Ny bordplan",
        "decision",
        20,
        association,
        ABOUT,
    )
    assert (item.proposed_for, item.proposed_by, list(item.audience.all())) == (association, member, [singers])
    assert Audit.objects.filter(verb="proposeditem.proposed", person=member).count() == 1


def test_the_same_matter_is_proposed_once_while_it_waits(
    forum: Forum, house: Center, member: User, staff: User
) -> None:
    first = proposal(house, member, about=ABOUT)
    with pytest.raises(AlreadyDone) as refused:
        proposal(house, staff, "Det samme", about=ABOUT)
    assert refused.value.outcome == first
    actions.withdraw(item=first, by=access(member))
    assert proposal(house, staff, "Nu igen", about=ABOUT).pk != first.pk


def test_two_items_about_no_page_may_wait_at_once(forum: Forum, house: Center, member: User) -> None:
    proposal(house, member)
    proposal(house, member)
    assert ProposedItem.objects.waiting().count() == 2


@pytest.mark.parametrize(
    "path",
    [
        "/kvarterhuset/kalender/",
        "/konto/log-ind/",
        "https://example.org/foreningernes-hus/kalender/",
        "//foreningernes-hus/kalender/",
        "///foreningernes-hus/kalender/",
        "//[",
        "javascript:alert(1)",
        "foreningernes-hus/kalender/",
        "/foreningernes-hus/findes-ikke/nogen/steder/",
        "/foreningernes-hus/kalender/\n",
        f"{ABOUT}?{'x' * 200}",
    ],
)
def test_what_is_not_a_page_of_the_house_is_refused(forum: Forum, house: Center, member: User, path: str) -> None:
    with pytest.raises(errors.NotOurPage):
        proposal(house, member, about=path)
    assert not ProposedItem.objects.exists()


def test_outsiders_and_houses_without_a_forum_propose_nothing(
    house: Center, member: User, outsider: User, other_manager: User
) -> None:
    with pytest.raises(errors.NoForum):
        proposal(house, member)
    for stranger in (outsider, other_manager):
        with pytest.raises(NotAllowed):
            proposal(house, stranger)


def test_actors_of_another_house_are_neither_owner_nor_audience(
    forum: Forum, house: Center, member: User, other_house: Center
) -> None:
    elsewhere = ActorFactory.create(house=other_house)
    with pytest.raises(ActorNotInHouse):
        proposal(house, member, owner=elsewhere)
    with pytest.raises(ActorNotInHouse):
        proposal(house, member, audience=(elsewhere,))


def test_a_declined_item_tells_its_actor_why_and_waits_no_longer(
    forum: Forum, house: Center, member: User, contact: User, coordinator: User
) -> None:
    item = proposal(house, member)
    actions.decline(item=item, reason="Det er afgjort i husrådet.", by=access(coordinator))
    assert not ProposedItem.objects.waiting().exists()
    told = Message.objects.filter(subject__startswith="Forum tager ikke punktet op").order_by("user_id")
    assert {letter.user for letter in told} == {member, contact}
    assert {letter.text for letter in told} == {"Begrundelse: Det er afgjort i husrådet."}
    with pytest.raises(errors.NotWaiting):
        actions.decline(item=item, reason="Igen", by=access(coordinator))


def test_only_who_keeps_the_forum_declines_and_only_the_proposer_withdraws(
    forum: Forum, house: Center, member: User, contact: User, staff: User, singer: User
) -> None:
    item = proposal(house, member)
    for other in (staff, member, singer):
        with pytest.raises(NotAllowed):
            actions.decline(item=item, reason="Nej", by=access(other))
    for other in (staff, singer):
        with pytest.raises(errors.NotYours):
            actions.withdraw(item=item, by=access(other))
    assert actions.withdraw(item=item, by=access(contact)).withdrawn_at


def test_the_database_refuses_a_refusal_without_a_reason(forum: Forum, house: Center, member: User) -> None:
    item = proposal(house, member)
    with pytest.raises(IntegrityError, match="proposed_item_declined_with_a_reason"), transaction.atomic():
        ProposedItem.objects.filter(pk=item.pk).update(reason="Uden dato")


def test_a_hundred_items_may_wait(forum: Forum, house: Center, member: User) -> None:
    ProposedItem.objects.bulk_create(
        ProposedItem(center=house, title="Et", proposed_at=clock.now()) for _ in range(100)
    )
    with pytest.raises(errors.TooManyWaiting):
        proposal(house, member)


def test_twenty_of_one_person_may_wait_but_who_keeps_the_forum_proposes_on(
    forum: Forum, house: Center, member: User, contact: User, coordinator: User
) -> None:
    for user in (member, coordinator):
        ProposedItem.objects.bulk_create(
            ProposedItem(center=house, title="Et", proposed_at=clock.now(), proposed_by=user) for _ in range(20)
        )
    with pytest.raises(errors.TooManyOfYours):
        proposal(house, member)
    assert proposal(house, contact).waits
    assert proposal(house, coordinator).waits
