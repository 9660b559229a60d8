"""What a reader does about a line of their digest: puts it off, or puts it on the forum's agenda."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import Truncator

from actors.meetings.actions import ItemWords
from actors.models import User
from centers.models import Center
from collaboration.digests import errors
from collaboration.digests.content import Entry
from collaboration.digests.enums import Verb
from collaboration.digests.models import Snooze
from collaboration.forum import actions as forum
from collaboration.forum.models import ProposedItem
from medborger.common import audit, clock
from medborger.common.errors import AlreadyDone

if TYPE_CHECKING:
    from actors.standing import Standing

A_WEEK, FORUM_TAKES = timedelta(weeks=1), timedelta(weeks=4)
TITLE_LENGTH = 120


@transaction.atomic
def snooze(*, center: Center, entry: Entry, by: Standing) -> Snooze:
    """Leave the line out of the person's digests for a week. Raises NotOfTheHouse."""
    if not by.is_tied_to(center.pk):
        raise errors.NotOfTheHouse
    put_off = _put_off(center, entry, by, A_WEEK)
    audit.record(Verb.SNOOZED, put_off, by=by.user)
    return put_off


@transaction.atomic
def put_on_forum(*, center: Center, entry: Entry, by: Standing) -> ProposedItem:
    """Propose the line for the forum's agenda; who has proposed it before, it is done. It leaves the person's digests for four weeks,
    in which a forum meets.

    Raises what `forum.propose` does, but for AlreadyDone.
    """
    try:
        item = forum.propose(center=center, words=_as_item(entry), about=entry.link, by=by)
    except AlreadyDone as error:
        item = error.outcome
    _put_off(center, entry, by, FORUM_TAKES)
    audit.record(Verb.PUT_ON_FORUM, item, by=by.user)
    return item


def _as_item(entry: Entry) -> ItemWords:
    title = entry.text.strip().rstrip(".")
    return ItemWords(title=Truncator(title).chars(TITLE_LENGTH, truncate="…"), text=entry.detail)


def _put_off(center: Center, entry: Entry, by: Standing, lasts: timedelta) -> Snooze:
    assert isinstance(by.user, User)
    row = Snooze(center=center, user=by.user, key=entry.key, until=clock.now() + lasts)
    unique = ["center", "user", "key"]
    (put_off,) = Snooze.objects.bulk_create([row], update_conflicts=True, unique_fields=unique, update_fields=["until"])
    return put_off
