"""Invitations: the only way in. A token of 144 bits, stored hashed, good for fourteen days and for one use."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language

from actors import emails, errors
from actors.access import Access
from actors.actions.roles import check_may_give_role, check_may_manage_people, put_membership, put_role
from actors.addresses import Address
from actors.enums import ActorEvent, ActorRole, Role
from actors.models import Actor, Affiliation, CenterRole, Invitation, Membership, User
from centers.models import Center
from medborger.common import audit, clock
from medborger.common.messaging import outbox

GOOD_FOR = timedelta(days=14)
TOKEN_BYTES = 18
# The same invitation by the same person within this time is the same form sent twice.
SAME_FORM = timedelta(minutes=1)


@transaction.atomic
def invite(
    *, center: Center, role: Role | ActorRole, actor: Actor | None = None, address: Address, by: Access
) -> Invitation:
    """Invite whoever reads `address` to a role in the house, or to `actor`. An open invitation to the same is replaced.

    Raises AboveOwnRank, OwnRole, NotYourActor, ActorNotInHouse, HasRoleAlready.
    """
    _check_may_invite(center, role, actor, by)
    known = find_user(address)
    if known is not None:
        _check_not_held(center, role, actor, known, by)
    Center.objects.select_for_update(no_key=True).get(pk=center.pk)
    now = clock.now()
    same = Invitation.objects.filter(
        center=center,
        actor=actor,
        role=role,
        email=address.email,
        phone=address.phone,
        accepted_at=None,
        withdrawn_at=None,
    )
    if twice := same.filter(invited_by_id=by.user.pk, created_at__gt=now - SAME_FORM).first():
        return twice
    same.update(withdrawn_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        center=center,
        actor=actor,
        role=role,
        email=address.email,
        phone=address.phone,
        token_hash=hashed(token),
        invited_by_id=by.user.pk,
        created_at=now,
        expires_at=now + GOOD_FOR,
    )
    audit.record(ActorEvent.INVITED, invitation, by=by.user, role=role, actor=actor.pk if actor else None)
    outbox.post([emails.invitation(invitation, token, known)])
    return invitation


def find_open(token: str) -> Invitation:
    """The open invitation of a link. Raises InvitationOver for any other, without saying why."""
    invitation = (
        Invitation.objects.select_related("center", "actor", "invited_by")
        .filter(token_hash=hashed(token), accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now())
        .first()
    )
    if invitation is None:
        raise errors.InvitationOver
    return invitation


@transaction.atomic
def accept(*, token: str, name: str = "", by: User | None) -> User:
    """Take an invitation, once, as `by` or, when nobody is logged in and the address is new, as a new user called `name`.

    Raises InvitationOver, ForSomebodyElse.
    """
    Invitation.objects.select_for_update().filter(token_hash=hashed(token)).first()
    invitation = find_open(token)
    _check_still_meant(invitation)
    user = _who_accepts(invitation, name, by)
    if user.pk == invitation.invited_by_id:
        raise errors.ForSomebodyElse
    _give(invitation, user)
    invitation.accepted_at, invitation.accepted_by = clock.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    audit.record(ActorEvent.ACCEPTED, invitation, by=user, role=invitation.role, actor=invitation.actor_id)
    return user


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Access) -> Invitation:
    """Take an invitation back; its link no longer works. Raises AboveOwnRank, NotYourActor."""
    held = Invitation.objects.select_for_update(of=("self",)).select_related("center", "actor").get(pk=invitation.pk)
    _check_may_invite(held.center, role_of(held), held.actor, by)
    if held.accepted_at is None and held.withdrawn_at is None:
        held.withdrawn_at = clock.now()
        held.save(update_fields=["withdrawn_at"])
        audit.record(ActorEvent.WITHDRAWN, held, by=by.user)
    return held


def role_of(invitation: Invitation) -> Role | ActorRole:
    return ActorRole(invitation.role) if invitation.actor_id else Role(invitation.role)


def find_user(address: Address) -> User | None:
    """Whose address it is."""
    return User.objects.filter(_has(address), is_active=True).first()


def _has(address: Address) -> Q:
    return Q(email=address.email) if address.email else Q(phone=address.phone)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _check_may_invite(center: Center, role: Role | ActorRole, actor: Actor | None, by: Access) -> None:
    if actor is None:
        check_may_give_role(center=center, role=Role(role), by=by)
        return
    check_may_manage_people(actor=actor, by=by)
    if not Affiliation.objects.in_force().filter(actor=actor, center=center).exists():
        raise errors.ActorNotInHouse


def _check_not_held(center: Center, role: Role | ActorRole, actor: Actor | None, user: User, by: Access) -> None:
    if user.pk == by.user.pk:
        raise errors.OwnRole
    if actor is not None:
        held = Membership.objects.in_force().filter(actor=actor, user=user, role=role).exists()
    else:
        held = CenterRole.objects.in_force().filter(center=center, user=user, role=role).exists()
    if held:
        raise errors.HasRoleAlready


def _check_still_meant(invitation: Invitation) -> None:
    """Who sent it must still be somebody who may: a manager who left leaves no open doors behind."""
    sender = invitation.invited_by
    if sender is None or not sender.is_active:
        raise errors.InvitationOver
    try:
        _check_may_invite(invitation.center, role_of(invitation), invitation.actor, Access.of(sender))
    except (errors.AboveOwnRank, errors.NotYourActor, errors.ActorNotInHouse) as error:
        raise errors.InvitationOver from error


def _who_accepts(invitation: Invitation, name: str, by: User | None) -> User:
    address = Address(invitation.email, invitation.phone)
    owner = find_user(address)
    if owner is not None:
        if by is None or by.pk != owner.pk:
            raise errors.ForSomebodyElse
        return owner
    if User.objects.filter(_has(address)).exists():  # somebody whose access is closed
        raise errors.InvitationOver
    if by is not None:
        return _take_along(by, address)
    user = User.objects.create_user(
        address.email or None,
        phone=address.phone or None,
        name=name,
        language=get_language() or "da",
        phone_verified_at=clock.now() if address.phone else None,
    )
    remember_email(user)
    return user


def _take_along(user: User, address: Address) -> User:
    """Who is logged in and holds the link has shown that the address is theirs: it is added where they had none of its kind."""
    if address.email and not user.email:
        user.email = address.email
    elif address.phone and not user.phone:
        user.phone, user.phone_verified_at = address.phone, clock.now()
    user.save(update_fields=["email", "phone", "phone_verified_at"])
    remember_email(user)
    return user


def remember_email(user: User) -> None:
    """Tell allauth that the person's mail address is verified and the only one."""
    EmailAddress.objects.filter(user_id=user.pk).exclude(email=user.email or "").delete()
    if user.email:
        EmailAddress.objects.update_or_create(
            user_id=user.pk, email=user.email, defaults={"verified": True, "primary": True}
        )


def _give(invitation: Invitation, user: User) -> None:
    try:
        if invitation.actor is not None:
            put_membership(actor=invitation.actor, user=user, role=ActorRole(invitation.role))
        else:
            put_role(center=invitation.center, user=user, role=Role(invitation.role))
    except errors.HasRoleAlready:
        return
