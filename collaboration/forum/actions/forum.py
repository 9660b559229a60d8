"""Founding a forum, saying how often it meets, and who keeps it going."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from actors.standing import Standing
from centers.enums import Weekday
from collaboration.forum import emails, errors
from collaboration.forum.enums import Nth, Rhythm, Verb
from collaboration.forum.models import Forum
from collaboration.forum.permissions import coordinates, keeps
from medborger.common import audit, clock, outbox
from medborger.common.errors import NotAllowed, Stale, violated

if TYPE_CHECKING:
    from actors.models import User
    from centers.models import Center, Room


@dataclass(frozen=True)
class ForumFrame:
    """How often, when and where a forum meets. `start` is minutes since midnight, `length` minutes; `nth` is None for weeks."""

    name: str
    counts_from: date
    rhythm: Rhythm = Rhythm.MONTHS
    every: int = 1
    weekday: Weekday = Weekday.THURSDAY
    nth: Nth | None = Nth.FIRST
    start: int = 9 * 60
    length: int = 120
    room: Room | None = None
    place: str = ""


def found(*, center: Center, frame: ForumFrame, by: Standing) -> Forum:
    """Give the house a forum. Raises NotAllowed for who does not coordinate, ForumAlready, RoomElsewhere, OverMidnight."""
    if not coordinates(by, center):
        raise NotAllowed
    _check(frame, center)
    try:
        with transaction.atomic():
            forum = Forum.objects.create(center=center, founded_on=clock.today(), **vars(frame))
            audit.record(Verb.FOUNDED, forum, by=by.user)
    except IntegrityError as error:
        if violated(error) == "forum_forum_center_id_key":
            raise errors.ForumAlready from error
        raise
    by.remembered.pop(("forum", center.pk), None)
    return forum


@transaction.atomic
def change(*, forum: Forum, frame: ForumFrame, version: int, by: Standing) -> Forum:
    """Meet otherwise from now on; meetings that are planned stay as they are.

    Raises Stale when it was changed since `version`, NotAllowed, RoomElsewhere, OverMidnight.
    """
    fresh = locked(forum, by)
    if fresh.version != version:
        raise Stale(fresh)
    _check(frame, fresh.center)
    changed = [name for name, value in vars(frame).items() if getattr(fresh, name) != value]
    if not changed:
        return fresh
    for name, value in vars(frame).items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save()
    audit.record(Verb.CHANGED, fresh, by=by.user, fields=changed)
    return fresh


@transaction.atomic
def name_holder(*, forum: Forum, user: User, until: date | None = None, by: Standing) -> Forum:
    """Give it to somebody of the house to keep going, in place of who did; both are told. `until` is their last day, if it is known.

    Raises NotAllowed for who does not coordinate, NotInTheHouse, LastDayIsPast.
    """
    fresh = locked(forum, by)
    if not coordinates(by, fresh.center):
        raise NotAllowed
    if not Standing.of(user).is_tied_to(fresh.center_id):
        raise errors.NotInTheHouse
    _check_last_day(until)
    before, same = fresh.holder, fresh.holder_id == user.pk
    fresh.holder, fresh.holder_until = user, until
    _save_holder(fresh)
    act = audit.record(Verb.HOLDER_NAMED, fresh, by=by.user, user=user.pk)
    if not same:
        outbox.post(emails.handed_over(fresh, act, before=before))
    return fresh


@transaction.atomic
def end_holder(*, forum: Forum, last_day: date, by: Standing) -> Forum:
    """Say when the holder's last day is, by who coordinates or the holder; from then on the forum warns, until another is named.

    Raises NotAllowed, NobodyHoldsIt, LastDayIsPast.
    """
    fresh = locked(forum, by)
    if not fresh.is_held:
        raise errors.NobodyHoldsIt
    _check_last_day(last_day)
    fresh.holder_until = last_day
    _save_holder(fresh)
    audit.record(Verb.HOLDER_ENDED, fresh, by=by.user)
    return fresh


def locked(forum: Forum, by: Standing) -> Forum:
    """The forum as it is now, its row locked, for who keeps it. Raises NotAllowed."""
    rows = Forum.objects.select_for_update(of=("self",), no_key=True)
    fresh: Forum = rows.with_holder().select_related("center", "room").get(pk=forum.pk)
    by.remembered[("forum", fresh.center_id)] = fresh
    if not keeps(by, fresh.center):
        raise NotAllowed
    return fresh


def _save_holder(forum: Forum) -> None:
    forum.version += 1
    forum.save(update_fields=["holder", "holder_until", "version"])


def _check(frame: ForumFrame, center: Center) -> None:
    if frame.room is not None and frame.room.center_id != center.pk:
        raise errors.RoomElsewhere
    if frame.start + frame.length > clock.MINUTES_A_DAY:
        raise errors.OverMidnight


def _check_last_day(day: date | None) -> None:
    if day is not None and day < clock.today():
        raise errors.LastDayIsPast
