"""Who is told what about a booking, over which channel, in which language."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from actors.enums import ActorRole
from actors.models import Actor, Membership, User
from bookings import actions
from bookings.models import Booking
from centers.models import Center, Room
from medborger.common import clock
from medborger.common.models import Channel, Message
from tests.factories import ActorFactory, BookingFactory, UserFactory, slot
from tests.fixtures import access

LATER = (20 * 60, 21 * 60)


@pytest.fixture
def booking(room: Room, association: Actor, member: User) -> Booking:
    booking = BookingFactory.create(room=room, actor=association, by=member, title="Øveaften")
    Message.objects.all().delete()
    return booking


def told() -> dict[str, str]:
    """The first word of the subject by recipient."""
    return {message.recipient: message.subject.split(":")[0] for message in Message.objects.all()}


def move(booking: Booking, by: User) -> None:
    actions.move(booking=booking, slot=slot(booking.room, *LATER), version=None, by=access(by))


def test_who_books_gets_a_receipt_with_the_calendar_entry(room: Room, association: Actor, member: User) -> None:
    booking = BookingFactory.create(room=room, actor=association, by=member, title="Øveaften")
    message = Message.objects.get()

    assert (message.recipient, message.channel) == ("medlem@huset.example", Channel.MAIL)
    assert message.subject.startswith("Booket: Salen tirsdag ")
    assert "Øveaften i Salen, Foreningernes Hus, tirsdag " in message.text
    assert message.link.endswith(f"/foreningernes-hus/bookinger/{booking.pk}/")
    assert "METHOD:PUBLISH" in message.calendar


def test_who_has_only_a_phone_gets_an_sms(room: Room, association: Actor) -> None:
    person = UserFactory.create(member_of=association, email=None, phone="+4520000001")
    BookingFactory.create(room=room, actor=association, by=person)
    message = Message.objects.get()

    assert (message.channel, message.recipient, message.calendar) == (Channel.SMS, "+4520000001", "")
    assert message.text.startswith("Booket: Salen tirsdag ")
    assert len(f"{message.text} {message.link}") <= 160


def test_what_the_house_books_its_contacts_are_told(
    room: Room, association: Actor, contact: User, member: User, staff: User
) -> None:
    BookingFactory.create(room=room, actor=association, by=staff)
    message = Message.objects.get()

    assert message.recipient == contact.email
    assert "Det har huset gjort." in message.text


@pytest.mark.parametrize(("act", "word"), [("move", "Flyttet"), ("cancel", "Aflyst")])
def test_what_staff_change_the_one_who_booked_is_told(
    booking: Booking, member: User, staff: User, act: str, word: str
) -> None:
    if act == "move":
        move(booking, staff)
    else:
        actions.cancel(booking=booking, version=None, by=access(staff))

    assert told() == {member.email: word}
    assert "Det har huset gjort." in Message.objects.get().text


def test_what_another_member_changes_both_are_told_and_by_whom(
    booking: Booking, association: Actor, member: User
) -> None:
    other = UserFactory.create(member_of=association, name="Selma Sekretær", email="selma@huset.example")
    move(booking, other)

    assert told() == {member.email: "Flyttet", other.email: "Flyttet"}
    texts = {message.recipient: message.text for message in Message.objects.all()}
    assert "Det har Selma Sekretær gjort." in texts["medlem@huset.example"]
    assert "Det kan fortrydes i ti minutter" in texts["selma@huset.example"]
    assert "Før var det Salen, tirsdag " in texts["selma@huset.example"]


def test_who_booked_and_has_left_the_actor_is_not_told(
    booking: Booking, member: User, contact: User, staff: User
) -> None:
    Membership.objects.filter(user=member).update(until=clock.today() - timedelta(days=1))
    move(booking, staff)

    assert told() == {contact.email: "Flyttet"}


def test_a_partners_contacts_are_told_of_everything(
    room: Room, house: Center, association: Actor, member: User
) -> None:
    partner = ActorFactory.create(house=house)
    UserFactory.create(contact_of=partner, email="partner@huset.example")
    UserFactory.create(member_of=partner, email="menig@huset.example")
    booking = BookingFactory.create(room=room, actor=association, by=member, partner=partner)
    assert told() == {member.email: "Booket", "partner@huset.example": "Booket"}
    assert "I står som partner." in Message.objects.get(recipient="partner@huset.example").text

    Message.objects.all().delete()
    move(booking, member)
    assert set(told()) == {member.email, "partner@huset.example"}
    assert "Mette" not in Message.objects.get(recipient="partner@huset.example").text


def test_when_a_partner_leaves_the_one_who_booked_is_told(
    room: Room, house: Center, association: Actor, member: User
) -> None:
    partner = ActorFactory.create(house=house)
    person = UserFactory.create(contact_of=partner)
    booking = BookingFactory.create(room=room, actor=association, by=member, partner=partner)
    Message.objects.all().delete()
    actions.leave(booking=booking, actor=partner, by=access(person))

    assert told() == {member.email: "En partner har trukket sig"}


def test_undoing_tells_the_same_people(booking: Booking, member: User) -> None:
    actions.cancel(booking=booking, version=None, by=access(member))
    booking.refresh_from_db()
    actions.undo(booking=booking, by=access(member))

    assert list(Message.objects.order_by("pk").values_list("subject", flat=True).distinct())[-1].startswith(
        "Booket igen: Salen"
    )


def test_each_is_told_in_their_own_language(room: Room, association: Actor, settings: Any) -> None:
    person = UserFactory.create(member_of=association, language="en")
    BookingFactory.create(room=room, actor=association, by=person)

    message = Message.objects.get()
    assert message.language == "en"
    assert "Tuesday" in message.subject


def test_the_erased_are_not_told(
    booking: Booking, association: Actor, member: User, contact: User, staff: User
) -> None:
    User.objects.filter(pk=contact.pk).update(erased_at=clock.now(), email=None, is_active=False)
    Membership.objects.filter(user=member).update(until=clock.today() - timedelta(days=1))
    move(booking, staff)

    assert told() == {}


def test_one_who_is_both_holder_and_partner_is_told_once(room: Room, house: Center, association: Actor) -> None:
    partner = ActorFactory.create(house=house)
    both = UserFactory.create(member_of=association)
    partner.memberships.create(user=both, role=ActorRole.CONTACT, since=clock.today())
    BookingFactory.create(room=room, actor=association, by=both, partner=partner)

    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_booking_that_is_rolled_back_tells_nobody(room: Room, association: Actor, member: User) -> None:
    class Interrupted(Exception):
        pass

    with pytest.raises(Interrupted), transaction.atomic():
        BookingFactory.create(room=room, actor=association, by=member)
        raise Interrupted

    assert not Message.objects.exists()
