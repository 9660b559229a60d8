"""Who gets the digest: coordinators by themselves, anyone else who is tied to the house by choice; a no is a no."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef

from actors.enums import Role
from actors.models import CenterRole, User
from centers.models import Center
from collaboration.digests import errors, weeks
from collaboration.digests.enums import Verb
from collaboration.digests.models import MONDAY_AT_SEVEN, Digest, Subscription
from medborger.common import audit, clock

if TYPE_CHECKING:
    from actors.standing import Standing


@transaction.atomic
def choose(*, center: Center, weekday: int, minute: int, when_empty: bool, by: Standing) -> Subscription:
    """Get the house's digest on that weekday (0 is Monday) at that minute of the day, from now on, also after a no.

    Raises NotOfTheHouse, UnknownWeekday, UnknownTime.
    """
    if not by.is_tied_to(center.pk):
        raise errors.NotOfTheHouse
    if weekday not in range(7):
        raise errors.UnknownWeekday
    if minute not in range(clock.MINUTES_A_DAY):
        raise errors.UnknownTime
    now = clock.now()
    held = _locked(center, by.user.pk, now)
    if not held.goes_on:
        held.covered_until = max(held.covered_until, now - weeks.WEEK)
    held.weekday, held.minute, held.when_empty = weekday, minute, when_empty
    held.by_choice, held.unsubscribed, held.ended_at = True, False, None
    held.next_at = _first_due(held, now)
    held.save()
    audit.record(Verb.CHOSEN, held, by=by.user)
    return held


def _locked(center: Center, user_id: int | None, now: datetime) -> Subscription:
    """The person's row, made where there is none; one at a time."""
    made = Subscription(center=center, user_id=user_id, covered_until=now - weeks.WEEK, next_at=now)
    Subscription.objects.bulk_create([made], ignore_conflicts=True)
    return Subscription.objects.select_for_update().get(center=center, user=user_id)


def _first_due(held: Subscription, now: datetime) -> datetime:
    """Not in a week of which the reader has had theirs."""
    due = weeks.next_due(held.weekday, held.minute, now)
    had = Digest.objects.filter(center=held.center_id, recipient=held.user_id, week_starts_on=weeks.week_of(due))
    return weeks.next_due(held.weekday, held.minute, due) if had.exists() else due


@transaction.atomic
def unsubscribe(*, center: Center, user: User) -> bool:
    """Stop the digest for good, by the person's own wish; no role brings it back. Gives whether it was going on."""
    held = Subscription.objects.select_for_update().filter(center=center, user=user).first()
    if held is None or held.unsubscribed:
        return False
    went_on = held.goes_on
    held.next_at, held.ended_at, held.unsubscribed = None, held.ended_at or clock.now(), True
    held.save(update_fields=["next_at", "ended_at", "unsubscribed"])
    audit.record(Verb.UNSUBSCRIBED, held, by=user)
    return went_on


def keep_subscriptions() -> int:
    """Give every house its own copy and its coordinators theirs, where they lack one. Gives how many were made or taken up again."""
    now = clock.now()
    return _for_houses(now) + _for_coordinators(now) + _taken_up_again(now)


def _fresh(center_id: int, user_id: int | None, now: datetime) -> Subscription:
    return Subscription(
        center_id=center_id,
        user_id=user_id,
        next_at=weeks.next_due(**MONDAY_AT_SEVEN, after=now),
        covered_until=now - weeks.WEEK,
    )


def _for_houses(now: datetime) -> int:
    own = Subscription.objects.filter(center=OuterRef("pk"), user=None)
    lacking = Center.objects.filter(~Exists(own), retired_at=None).values_list("pk", flat=True)
    rows = [_fresh(center_id, None, now) for center_id in lacking]
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _for_coordinators(now: datetime) -> int:
    own = Subscription.objects.filter(center=OuterRef("center"), user=OuterRef("user"))
    roles = CenterRole.objects.in_force().filter(
        ~Exists(own), role=Role.COORDINATOR, user__is_active=True, center__retired_at=None
    )
    rows = [_fresh(*place, now) for place in roles.values_list("center", "user").distinct()]
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def _taken_up_again(now: datetime) -> int:
    """Of coordinators who have come back; what they once chose of day and hour stands."""
    ended = Subscription.objects.of_readers().by_role().filter(next_at=None, unsubscribed=False)
    ended = ended.filter(user__is_active=True, center__retired_at=None)
    held = list(ended.select_for_update(of=("self",)))
    for subscription in held:
        subscription.ended_at, subscription.covered_until = None, now - weeks.WEEK
        subscription.next_at = _first_due(subscription, now)
    Subscription.objects.bulk_update(held, ["ended_at", "covered_until", "next_at"])
    return len(held)
