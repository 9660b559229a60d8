"""After an erasure nothing in the database knows the person, and what they did for others still stands."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client

from actors.access import Access
from actors.breach import touched
from actors.enums import Role
from actors.erasure import erase
from actors.meetings.models import ActionPoint, Meeting, Participant
from actors.models import Actor, Invitation, User
from bookings.models import Booking, Closure
from centers.models import Center, Room
from collaboration.digests import actions as digests
from collaboration.digests.enums import DigestState
from collaboration.digests.models import Digest, Snooze
from collaboration.forum.models import Forum, ProposedItem
from collaboration.models import Introduction
from medborger.common import audit, clock
from medborger.common.errors import NotAllowed
from medborger.common.messaging import outbox
from medborger.common.messaging.channels import Dispatch
from medborger.common.messaging.delivery import claim, deliver
from medborger.common.messaging.letters import letter_to
from medborger.common.models import Audit, Message, MessageState
from tests.collaboration.factories import entered
from tests.factories import (
    ActorFactory,
    BookingFactory,
    CenterRoleFactory,
    DutyFactory,
    MembershipFactory,
    UserFactory,
    close_room,
)
from tests.guards.councils import in_every_table

pytestmark = pytest.mark.django_db
NAME, EMAIL, PHONE = "Zenobia Uforglemmelig", "zenobia@huset.example", "+4520304050"


@pytest.fixture
def known(house: Center, room: Room, association: Actor, admin: User) -> User:
    """Somebody of whom every table knows something."""
    user = UserFactory.create(name=NAME, email=EMAIL, phone=PHONE, member_of=association, staff_in=house)
    user.photo.save("zenobia.jpg", ContentFile(b"not really a picture"))
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    DutyFactory.create(user=user, center=house)
    times = {"created_at": clock.now(), "expires_at": clock.now() + timedelta(days=14)}
    Invitation.objects.create(center=house, role=Role.STAFF, email=EMAIL, token_hash="1" * 64, **times)
    Invitation.objects.create(
        center=house, role=Role.STAFF, email="ny@huset.example", token_hash="2" * 64, invited_by=user, **times
    )
    BookingFactory.create(room=room, actor=association, by=user)
    close_room(room, user, start=8 * 60, end=9 * 60)
    hours = {"starts_at": clock.now(), "ends_at": clock.now() + timedelta(hours=1), "created_at": clock.now()}
    meeting = Meeting.objects.create(center=house, title="Møde", created_by=user, minutes_approved_by=user, **hours)
    Participant.objects.create(meeting=meeting, user=user)
    people_of_the_forum(house, meeting, user)
    outbox.post([letter_to(user, key="hello", subject=f"Hej {NAME}", text="Tirsdag kl. 18.00")])
    LogEntry.objects.create(
        user=admin,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr=NAME,
        action_flag=CHANGE,
    )
    in_every_table(house, user)
    other = ActorFactory.create(house=house)
    entered(house, user, association, other)
    tie = {"center": house, "first": association, "second": other}
    Introduction.objects.create(week_starts_on=date(2026, 11, 16), proposed_by=user, proposed_at=clock.now(), **tie)
    Introduction.objects.create(week_starts_on=date(2026, 11, 23), dismissed_by=user, dismissed_at=clock.now(), **tie)
    told_in_digests(house, user)
    audit.record("test.done", room, by=user)
    return user


def people_of_the_forum(house: Center, meeting: Meeting, user: User) -> None:
    """The user holds the forum, has proposed an item and declined it, and owns, wrote and closed an action point."""
    Forum.objects.create(center=house, name="Forum", counts_from=clock.today(), founded_on=clock.today(), holder=user)
    at = {"proposed_at": clock.now(), "declined_at": clock.now(), "reason": "Det er nået."}
    ProposedItem.objects.create(center=house, title="Borde", proposed_by=user, declined_by=user, **at)
    item = meeting.items.create(position=1, title="Borde")
    done = {"done_at": clock.now(), "done_by": user, "created_at": clock.now(), "created_by": user}
    ActionPoint.objects.create(
        center=house, meeting=meeting, item=item, title="Mål op", owner_user=user, due_on=clock.today(), **done
    )


def told_in_digests(house: Center, user: User) -> None:
    """Somebody who gets the house's digest, has had one, and put a line of it off."""
    now = clock.now()
    digests.choose(center=house, weekday=0, minute=420, when_empty=False, by=Access.of(user))
    Snooze.objects.create(center=house, user=user, key="clash:1", until=now)
    Digest.objects.create(
        center=house,
        recipient=user,
        week_starts_on=clock.monday(clock.today()),
        covers_from=now,
        covers_until=now,
        made_at=now,
        state=DigestState.MADE,
        content={"entries": {"da": [{"text": f"Hej {NAME}"}]}},
        content_hash="0" * 64,
    )


def keys_to(user: User) -> Iterator[str]:
    """Every foreign key in the database that points at the user."""
    for model in apps.get_models():
        keys = [f for f in model._meta.local_fields if isinstance(f, models.ForeignKey) and f.related_model is User]
        for key in keys:
            if model._default_manager.filter(**{key.attname: user.pk}).exists():
                yield f"{model._meta.label}.{key.name}"


def keys_of(app: str) -> set[str]:
    """Every foreign key to a person in the app's tables."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is User
    }


def cells() -> Iterator[tuple[str, Any]]:
    """Every value of every row of every table."""
    for model in apps.get_models():
        for row in model._default_manager.values():
            for name, value in row.items():
                yield f"{model._meta.label}.{name}", value


def knowing(*words: str) -> list[str]:
    return sorted({place for place, value in cells() if any(word in str(value) for word in words)})


def test_nothing_in_the_database_knows_an_erased_person(known: User) -> None:
    Client().force_login(known)
    assert len(knowing(NAME, EMAIL, PHONE)) > 5
    assert set(keys_to(known)) >= keys_of("council") | keys_of("meetings") | keys_of("forum")
    assert len(list(keys_to(known))) > 20
    erase(user=known, by=None)
    assert knowing(NAME, EMAIL, PHONE, "zenobia") == []
    assert list(keys_to(known)) == []


def test_bookings_and_closures_of_an_erased_person_stand(known: User, association: Actor) -> None:
    erase(user=known, by=None)
    booking = Booking.objects.get()
    assert (booking.state, booking.booked_by) == ("confirmed", None)
    assert [party.actor for party in booking.parties.all()] == [association]
    assert booking.occupancies.count() == 1
    assert Closure.objects.get().state == "in_force"


def test_the_audit_trail_keeps_the_acts_of_an_erased_person_without_the_person(known: User) -> None:
    acts = Audit.objects.filter(person=known).count()
    before = Audit.objects.count()
    erase(user=known, by=None)
    assert acts >= 3
    assert Audit.objects.count() == before + 1
    assert not Audit.objects.filter(person=known).exists()


def test_the_photo_of_an_erased_person_is_deleted(known: User, django_capture_on_commit_callbacks: Any) -> None:
    storage, name = known.photo.storage, str(known.photo.name)
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        erase(user=known, by=None)
    assert not storage.exists(name)


def test_an_erased_person_is_logged_out_everywhere_and_cannot_log_in(member: User) -> None:
    client = Client()
    client.force_login(member)
    assert client.get("/mig/").status_code == 200
    erase(user=member, by=Access.of(member))
    assert client.get("/mig/").status_code == 302
    member.refresh_from_db()
    assert not member.is_active
    assert not member.has_usable_password()
    assert str(member) == "tidligere bruger"


def test_the_address_of_an_erased_person_is_free_again(member: User) -> None:
    email = member.email
    erase(user=member, by=None)
    assert UserFactory.create(email=email).email == email


def test_a_letter_on_its_way_while_its_reader_is_erased_leaves_no_trace(member: User) -> None:
    outbox.post([letter_to(member, key="hello", subject="Hej Mette", text="Tirsdag kl. 18.00")])
    under_way = claim()
    assert under_way is not None
    erase(user=member, by=None)
    with Dispatch() as dispatch:
        deliver(under_way, dispatch)
    left = Message.objects.get()
    assert (left.state, left.subject, left.text, left.user) == (MessageState.DROPPED, "", "", None)
    assert "@" not in left.recipient


def test_erasing_twice_changes_nothing(member: User) -> None:
    erase(user=member, by=None)
    member.refresh_from_db()
    at = member.erased_at
    erase(user=member, by=None)
    member.refresh_from_db()
    assert member.erased_at == at
    assert Audit.objects.filter(verb="user.erased").count() == 1


def test_only_the_person_and_an_administrator_erase(member: User, manager: User, admin: User) -> None:
    with pytest.raises(NotAllowed):
        erase(user=member, by=Access.of(manager))
    erase(user=member, by=Access.of(admin))
    erase(user=manager, by=Access.of(manager))
    assert User.objects.exclude(erased_at=None).count() == 2


def test_the_command_erases_by_id_and_lists_what_must_be_erased_again_after_a_restore(member: User) -> None:
    with pytest.raises(CommandError, match="There is no user 999999"):
        call_command("erase_person", str(member.pk), "999999")
    assert not User.objects.exclude(erased_at=None).exists()
    call_command("erase_person", str(member.pk), stdout=io.StringIO())
    listed = io.StringIO()
    call_command("erase_person", "--list", stdout=listed)
    assert listed.getvalue().split() == [str(member.pk)]


# --- breach ---------------------------------------------------------------------------------------------------------


def test_a_breach_through_a_members_account_touches_its_own_association(
    house: Center, association: Actor, member: User, contact: User, staff: User
) -> None:
    UserFactory.create(member_of=ActorFactory.create(house=house))
    today = clock.today()
    reached = {person.user: person.reasons for person in touched(first=today, last=today, account=member)}
    assert reached == {
        member: ("the account itself", "in an association of the account"),
        contact: ("in an association of the account",),
    }


def test_a_breach_through_a_staff_account_touches_the_people_of_its_house(
    house: Center, other_house: Center, member: User, staff: User, manager: User, other_manager: User
) -> None:
    elsewhere = UserFactory.create(member_of=ActorFactory.create(house=other_house))
    today = clock.today()
    reached = {person.user for person in touched(first=today, last=today, account=staff)}
    assert reached == {staff, member, manager}
    assert elsewhere not in reached


def test_a_breach_reaches_only_what_the_account_held_in_those_days(house: Center, member: User) -> None:
    today = clock.today()
    former = UserFactory.create()
    CenterRoleFactory.create(
        user=former, center=house, since=today - timedelta(days=90), until=today - timedelta(days=60)
    )
    now = touched(first=today, last=today, account=former)
    then = touched(first=today - timedelta(days=80), last=today - timedelta(days=10), account=former)
    assert [person.user for person in now] == [former]
    assert {person.user for person in then} == {former, member} if member.joined_at.date() < today else {former}


def test_a_breach_of_the_database_touches_everybody_who_was_in_it(
    member: User, staff: User, admin: User, outsider: User
) -> None:
    today = clock.today()
    erase(user=outsider, by=None)
    User.objects.filter(pk=outsider.pk).update(erased_at=clock.now() - timedelta(days=2))
    assert {p.user for p in touched(first=today, last=today)} == {member, staff, admin}
    assert {p.user for p in touched(first=today, last=today, account=admin)} == {member, staff, admin}
    assert touched(first=today - timedelta(days=9), last=today - timedelta(days=8)) == []


def test_the_breach_report_names_people_and_acts(member: User, room: Room) -> None:
    MembershipFactory.create(user=member)
    audit.record("test.done", room, by=member)
    out, today = io.StringIO(), clock.today().isoformat()
    call_command("breach_report", "--from", today, "--to", today, "--user", str(member.pk), stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].startswith(f"{member.pk}\t{member.email}\tthe account itself")
    assert lines[-1] == "1\ttest.done"
    with pytest.raises(CommandError, match="There is no user 999999"):
        call_command("breach_report", "--from", today, "--to", today, "--user", "999999")
    with pytest.raises(CommandError, match="lies before"):
        call_command("breach_report", "--from", today, "--to", "2020-01-01")
