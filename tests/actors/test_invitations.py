"""The only way in: a link that works once, for fourteen days, for whom it was sent to."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection

from actors import actions, errors
from actors.actions.invitations import hashed
from actors.addresses import Address
from actors.enums import ActorRole, Role, Tie
from actors.models import Actor, CenterRole, Invitation, Membership, User
from centers.models import Center
from medborger.common import clock
from medborger.common.errors import DomainError
from medborger.common.models import Audit, Channel
from tests.actors.browsers import browser, path_in, posted
from tests.factories import ActorFactory, CenterFactory, UserFactory, person_with
from tests.fixtures import access

pytestmark = pytest.mark.django_db
NEW = "ny@huset.example"


def invited(
    center: Center, by: User, *, actor: Actor | None = None, to: str = NEW, role: Role | ActorRole = Role.STAFF
) -> str:
    """Invite, and give the path of the link in the letter."""
    address = Address(email=to) if "@" in to else Address(phone=to)
    actions.invite(center=center, role=role, actor=actor, address=address, by=access(by))
    return path_in(posted(to)[-1])


def test_a_new_person_says_their_name_and_is_in(house: Center, manager: User) -> None:
    client = browser()
    response = client.post(invited(house, manager), {"name": "Nora Ny"}, follow=True)
    user = User.objects.get(email=NEW)
    assert response.context["user"] == user
    assert (user.name, user.has_usable_password()) == ("Nora Ny", False)
    assert list(CenterRole.objects.in_force().filter(user=user).values_list("center", "role")) == [(house.pk, "staff")]


def test_a_phone_number_alone_is_enough(house: Center, association: Actor, contact: User) -> None:
    path = invited(house, contact, actor=association, to="+4520000007", role=ActorRole.MEMBER)
    assert posted("+4520000007")[0].channel == Channel.SMS
    browser().post(path, {"name": "Farah"})
    user = User.objects.get(phone="+4520000007")
    assert user.email is None
    assert user.phone_verified_at is not None
    assert Membership.objects.in_force().filter(user=user, actor=association, role="member").exists()


def test_opening_the_link_changes_nothing(house: Center, manager: User) -> None:
    path = invited(house, manager)
    for _visit in range(2):
        assert browser().get(path).status_code == 200
    assert not User.objects.filter(email=NEW).exists()
    assert Invitation.objects.open().count() == 1


def test_the_link_works_once(house: Center, manager: User) -> None:
    path = invited(house, manager)
    browser().post(path, {"name": "Nora Ny"})
    response = browser().post(path, {"name": "Tyv"})
    assert response.status_code == 404
    assert not User.objects.filter(name="Tyv").exists()


def test_the_link_works_for_fourteen_days(house: Center, manager: User) -> None:
    path = invited(house, manager)
    with time_machine.travel(clock.now() + timedelta(days=13, hours=23), tick=False):
        assert browser().get(path).status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=14, seconds=1), tick=False):
        assert browser().get(path).status_code == 404


def test_an_existing_person_logs_in_first(house: Center, manager: User, outsider: User) -> None:
    path = invited(house, manager, to="udenfor@huset.example")
    assert browser().post(path, {"name": "Tyv"}).status_code == 200
    assert not outsider.center_roles.exists()
    assert b"/konto/log-ind/?next=" in browser().get(path).content
    browser(outsider).post(path)
    assert outsider.center_roles.get().role == "staff"


def test_an_invitation_to_somebody_else_cannot_be_taken(
    house: Center, manager: User, outsider: User, member: User
) -> None:
    path = invited(house, manager, to="udenfor@huset.example")
    browser(member).post(path)
    assert not CenterRole.objects.filter(user__in=[outsider, member]).exists()


def test_who_is_logged_in_takes_a_new_address_along(
    house: Center, association: Actor, contact: User, outsider: User
) -> None:
    path = invited(house, contact, actor=association, to="+4520000007", role=ActorRole.MEMBER)
    browser(outsider).post(path)
    outsider.refresh_from_db()
    assert (outsider.email, outsider.phone) == ("udenfor@huset.example", "+4520000007")
    assert outsider.memberships.get().actor == association


def test_an_invitation_does_not_open_what_was_closed(
    house: Center, manager: User, member: User, outsider: User
) -> None:
    path = invited(house, manager, to="udenfor@huset.example")
    User.objects.filter(pk=outsider.pk).update(is_active=False)
    assert [browser(who).post(path, {"name": "Ole"}).status_code for who in (None, member)] == [409, 409]
    assert not outsider.center_roles.exists()


def test_nobody_takes_their_own_invitation(house: Center, manager: User) -> None:
    path = invited(house, manager)
    browser(manager).post(path)
    assert CenterRole.objects.filter(user=manager).count() == 1


def test_a_withdrawn_invitation_no_longer_works(house: Center, manager: User) -> None:
    path = invited(house, manager)
    actions.withdraw(invitation=Invitation.objects.get(), by=access(manager))
    assert browser().get(path).status_code == 404


def test_a_manager_who_left_leaves_no_open_door(house: Center, manager: User, admin: User) -> None:
    path = invited(house, manager)
    actions.end_role(center_role=manager.center_roles.get(), by=access(admin))
    response = browser().post(path, {"name": "Nora Ny"})
    assert response.status_code == 409
    assert not User.objects.filter(email=NEW).exists()


def test_a_new_invitation_replaces_the_one_before(house: Center, manager: User) -> None:
    first = invited(house, manager)
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        second = invited(house, manager)
    assert browser().get(first).status_code == 404
    assert browser().get(second).status_code == 200


def test_the_same_form_sent_twice_sends_one_letter(house: Center, manager: User) -> None:
    assert invited(house, manager) == invited(house, manager)
    assert len(posted(NEW)) == 1


def test_a_member_who_is_invited_as_a_contact_becomes_one(
    house: Center, association: Actor, contact: User, member: User
) -> None:
    path = invited(house, contact, actor=association, to="medlem@huset.example", role=ActorRole.CONTACT)
    browser(member).post(path)
    assert member.memberships.get().role == ActorRole.CONTACT


def test_a_contact_who_is_invited_as_a_member_stays_a_contact(
    house: Center, association: Actor, contact: User, staff: User
) -> None:
    path = invited(house, staff, actor=association, to="kontakt@huset.example", role=ActorRole.MEMBER)
    browser(contact).post(path)
    assert contact.memberships.get().role == ActorRole.CONTACT


def test_what_somebody_has_already_is_not_offered_again(
    house: Center, association: Actor, contact: User, member: User
) -> None:
    with pytest.raises(errors.HasRoleAlready):
        invited(house, contact, actor=association, to="medlem@huset.example", role=ActorRole.MEMBER)


def test_an_actor_is_invited_to_only_from_its_own_house(
    house: Center, contact: User, association: Actor, other_house: Center
) -> None:
    with pytest.raises(errors.ActorNotInHouse):
        invited(other_house, contact, actor=association, role=ActorRole.MEMBER)


@pytest.mark.parametrize("who", ["member", "outsider"])
def test_members_do_not_invite(house: Center, association: Actor, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(errors.NotYourActor):
        invited(house, request.getfixturevalue(who), actor=association, role=ActorRole.MEMBER)


def test_a_contact_invites_only_to_their_own_actor(house: Center, contact: User) -> None:
    other = ActorFactory.create(house=house, tie=Tie.FIXED)
    with pytest.raises(errors.NotYourActor):
        invited(house, contact, actor=other, role=ActorRole.MEMBER)


def test_the_database_knows_only_a_hash_of_the_token(house: Center, manager: User) -> None:
    token = invited(house, manager).split("/")[2]
    assert len(token) * 6 >= 128
    assert Invitation.objects.get().token_hash == hashed(token)


def test_a_name_that_looks_like_a_personal_number_is_refused(house: Center, manager: User) -> None:
    response = browser().post(invited(house, manager), {"name": "Ib 010190-1234"})
    assert "CPR" in response.content.decode()
    assert not User.objects.filter(email=NEW).exists()


def test_every_step_stands_in_the_audit_trail_without_personal_values(house: Center, manager: User) -> None:
    browser().post(invited(house, manager), {"name": "Nora Ny"})
    rows = list(Audit.objects.order_by("id").values_list("verb", "parameters"))
    assert [verb for verb, _ in rows] == ["invitation.sent", "invitation.accepted"]
    assert NEW not in str(rows)
    assert "Nora" not in str(rows)


def test_the_letter_is_written_in_the_language_of_who_is_known(house: Center, manager: User) -> None:
    UserFactory.create(email="emma@huset.example", language="en")
    invited(house, manager, to="emma@huset.example")
    assert posted("emma@huset.example")[0].language == "en"


@pytest.mark.race
@pytest.mark.xdist_group("race")
@pytest.mark.django_db(transaction=True)
def test_many_who_open_the_same_link_at_once_make_one_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medborger.common.messaging.outbox._nudge", lambda: None)
    house = CenterFactory.create()
    token = invited(house, person_with(Role.MANAGER, house)).split("/")[2]
    start, outcomes = Barrier(6), []

    def take() -> None:
        try:
            start.wait()
            outcomes.append(actions.accept(token=token, name="Nora Ny", by=None).name)
        except DomainError as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    takers = [Thread(target=take) for _ in range(6)]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()
    assert sorted(outcomes) == ["InvitationOver"] * 5 + ["Nora Ny"]
    assert User.objects.filter(email=NEW).count() == 1
