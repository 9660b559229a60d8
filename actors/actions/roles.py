"""Give and end roles in a house and places in an actor: in force at once, never above the giver's rank, never to oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from actors import emails, errors
from actors.enums import RANK, ActorEvent, ActorRole, Role
from actors.models import Actor, Affiliation, CenterRole, Membership, User
from centers.models import Center
from medborger.common import audit, clock
from medborger.common.errors import violated
from medborger.common.messaging import outbox

if TYPE_CHECKING:
    from actors.access import Access


def check_may_give_role(*, center: Center, role: Role, by: Access) -> None:
    """Only managers, and nothing above their own rank. Raises AboveOwnRank."""
    if not by.is_manager_in(center.pk) or RANK[role] > by.rank_in(center.pk):
        raise errors.AboveOwnRank


def check_may_manage_people(*, actor: Actor, by: Access) -> None:
    """The actor's contacts, and staff of a house that it belongs to today. Raises NotYourActor."""
    if by.is_contact_of(actor.pk):
        return
    houses = Affiliation.objects.in_force().filter(actor=actor).values_list("center_id", flat=True)
    if not any(by.is_staff_in(center_id) for center_id in houses):
        raise errors.NotYourActor


@transaction.atomic
def grant_role(*, center: Center, user: User, role: Role, by: Access) -> CenterRole:
    """Give somebody who is a user a role in the house. Raises AboveOwnRank, OwnRole, HasRoleAlready."""
    check_may_give_role(center=center, role=role, by=by)
    if user.pk == by.user.pk:
        raise errors.OwnRole
    given = put_role(center=center, user=user, role=role)
    audit.record(ActorEvent.ROLE_GIVEN, given, by=by.user, role=role, user=user.pk)
    outbox.post(emails.role_given(given))
    return given


def put_role(*, center: Center, user: User, role: Role) -> CenterRole:
    """Within the caller's transaction. Raises HasRoleAlready."""
    try:
        with transaction.atomic():
            return CenterRole.objects.create(center=center, user=user, role=role, since=clock.today())
    except IntegrityError as error:
        if violated(error) == "center_role_once_at_a_time":
            raise errors.HasRoleAlready from error
        raise


@transaction.atomic
def end_role(*, center_role: CenterRole, by: Access) -> CenterRole:
    """End a role from this moment on. Raises AboveOwnRank and OwnRole; one that has ended already is left as it is."""
    held = CenterRole.objects.select_for_update(of=("self",)).select_related("center", "user").get(pk=center_role.pk)
    check_may_give_role(center=held.center, role=Role(held.role), by=by)
    if held.user_id == by.user.pk:
        raise errors.OwnRole
    if held.until is None:
        held.until = clock.today()
        held.save(update_fields=["until"])
        audit.record(ActorEvent.ROLE_ENDED, held, by=by.user, role=held.role, user=held.user_id)
    return held


def put_membership(*, actor: Actor, user: User, role: ActorRole) -> Membership:
    """Within the caller's transaction: a member who is invited as a contact becomes one, and a contact stays one. Raises HasRoleAlready."""
    held = Membership.objects.select_for_update().filter(actor=actor, user=user, until=None).first()
    if held is None:
        return Membership.objects.create(actor=actor, user=user, role=role, since=clock.today())
    if held.role in (role, ActorRole.CONTACT):
        raise errors.HasRoleAlready
    held.role = role
    held.save(update_fields=["role"])
    return held


@transaction.atomic
def end_membership(*, membership: Membership, by: Access) -> Membership:
    """End a person's place in an actor; everybody may leave on their own. Raises NotYourActor."""
    held = Membership.objects.select_for_update(of=("self",)).select_related("actor").get(pk=membership.pk)
    if held.user_id != by.user.pk:
        check_may_manage_people(actor=held.actor, by=by)
    if held.until is None:
        held.until = clock.today()
        held.save(update_fields=["until"])
        audit.record(ActorEvent.MEMBERSHIP_ENDED, held, by=by.user, actor=held.actor_id, user=held.user_id)
    return held
