"""Change one's own profile."""

from django.db import IntegrityError, transaction

from actors import errors
from actors.actions.invitations import remember_email
from actors.addresses import Address
from actors.enums import ActorEvent
from actors.login.adapters import security_letter
from actors.models import User
from medborger.common import audit, clock
from medborger.common.messaging import outbox


@transaction.atomic
def save_profile(*, user: User, name: str, language: str, notices_by_sms: bool) -> User:
    user.name, user.language, user.notices_by_sms = name, language, notices_by_sms
    user.save(update_fields=["name", "language", "notices_by_sms"])
    audit.record(ActorEvent.PROFILE_SAVED, user, by=user)
    return user


@transaction.atomic
def set_password(*, user: User, password: str) -> User:
    """A new password ends every session but the one it is set in, and is told to the person."""
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(ActorEvent.PASSWORD_SET, user, by=user)
    outbox.post([security_letter(user)])
    return user


@transaction.atomic
def change_address(*, user: User, address: Address) -> User:
    """Take an address that the person has just proved to be theirs. The old one is told. Raises AddressTaken."""
    outbox.post([security_letter(user)])
    if address.email:
        user.email = address.email
    else:
        user.phone, user.phone_verified_at = address.phone, clock.now()
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "phone", "phone_verified_at"])
    except IntegrityError as error:
        user.refresh_from_db()
        raise errors.AddressTaken from error
    remember_email(user)
    audit.record(ActorEvent.ADDRESS_CHANGED, user, by=user, kind="email" if address.email else "phone")
    return user
