"""What a reader does about a line of their digest: puts it off, or puts it on the forum's agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from actors.models import User
from centers.models import Center
from collaboration.digests import errors
from collaboration.digests.content import Entry
from collaboration.digests.enums import Verb
from collaboration.digests.models import Snooze
from medborger.common import audit, clock

if TYPE_CHECKING:
    from actors.standing import Standing


@transaction.atomic
def snooze(*, center: Center, entry: Entry, by: Standing) -> Snooze:
    """Leave the line out of the person's digests for a week. Raises NotOfTheHouse."""
    if not by.is_tied_to(center.pk):
        raise errors.NotOfTheHouse
    put_off = _put_off(center, entry, by)
    audit.record(Verb.SNOOZED, put_off, by=by.user, key=entry.key)
    return put_off


def _put_off(center: Center, entry: Entry, by: Standing) -> Snooze:
    assert isinstance(by.user, User)
    row = Snooze(center=center, user=by.user, key=entry.key, until=clock.now() + Snooze.LASTS)
    unique = ["center", "user", "key"]
    (put_off,) = Snooze.objects.bulk_create([row], update_conflicts=True, unique_fields=unique, update_fields=["until"])
    return put_off
