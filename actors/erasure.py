"""Erase a person; the one action that does it."""

from allauth.account.models import EmailAddress
from django.db import transaction

from actors.access import Access
from actors.enums import ActorEvent
from actors.models import Invitation, User
from medborger.common import audit, clock, privacy
from medborger.common.errors import NotAllowed
from medborger.common.privacy import Person


@transaction.atomic
def erase(*, user: User, by: Access | None) -> None:
    """Remove a person's name, addresses, log-ins and ties; bookings keep their actor, the audit trail its acts.

    What is left is an empty user, shown as "tidligere bruger". Each table says in its app's `privacy.py` what an erasure does
    to it. `by` is the person, an administrator, or None for the house's own rule. Raises NotAllowed for anybody else.
    """
    if by is not None and not by.is_admin and by.user.pk != user.pk:
        raise NotAllowed
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.erased_at is not None:
        return
    audit.record(ActorEvent.ERASED, user, by=by.user if by else None)
    person = Person(user.pk, addresses_of(user))
    for cut in privacy.cuts():
        cut(person)


def addresses_of(user: User) -> frozenset[str]:
    """Every mail address and number that letters to the person may have gone to."""
    known = {user.email, user.phone, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}
    for invitation in Invitation.objects.filter(accepted_by=user):
        known |= {invitation.email, invitation.phone}
    return frozenset(address for address in known if address)


def blank(person: Person) -> None:
    """Empty the user's own row; the photo's file goes when the erasure is committed."""
    user = User.objects.get(pk=person.pk)
    photo = user.photo.name
    if photo:
        storage = user.photo.storage
        transaction.on_commit(lambda: storage.delete(photo), robust=True)
    user.email = user.phone = user.phone_verified_at = None
    user.name = ""
    user.photo = None
    user.notices_by_sms = user.is_admin = user.is_active = False
    user.last_login = user.seen_on = user.warned_at = None
    user.erased_at = clock.now()
    user.set_unusable_password()
    user.save()
