"""Plan who is at the desk and when. Being shown in public is the person's own choice."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from actors import errors
from actors.enums import ActorEvent
from actors.models import CenterRole, Duty, User
from centers.models import Center
from medborger.common import audit, clock
from medborger.common.errors import EndsBeforeStart, NotAllowed, violated

if TYPE_CHECKING:
    from actors.access import Access


@transaction.atomic
def enter_duty(*, center: Center, user: User, starts_at: datetime, ends_at: datetime, by: Access) -> Duty:
    """Enter a duty, shown to nobody outside yet. Raises NotAllowed, NotOnTheStaff, EndsBeforeStart, OnDutyAlready."""
    if not by.is_staff_in(center.pk):
        raise NotAllowed
    if not CenterRole.objects.in_force().filter(center=center, user=user).exists():
        raise errors.NotOnTheStaff
    if ends_at <= starts_at:
        raise EndsBeforeStart
    twice = Duty.objects.filter(center=center, user=user, starts_at=starts_at, ends_at=ends_at).first()
    if twice is not None:
        return twice
    duty = _create(center, user, starts_at, ends_at)
    audit.record(ActorEvent.DUTY_ENTERED, duty, by=by.user, user=user.pk)
    return duty


def _create(center: Center, user: User, starts_at: datetime, ends_at: datetime) -> Duty:
    try:
        with transaction.atomic():
            return Duty.objects.create(center=center, user=user, starts_at=starts_at, ends_at=ends_at)
    except IntegrityError as error:
        if violated(error) == "duty_one_at_a_time":
            raise errors.OnDutyAlready from error
        raise


@transaction.atomic
def end_duty(*, duty: Duty, by: Access) -> None:
    """End a duty now, or take it away when it has not begun. Raises NotAllowed."""
    held = Duty.objects.select_for_update().filter(pk=duty.pk).first()
    if held is None:
        return
    if not by.is_staff_in(held.center_id):
        raise NotAllowed
    now = clock.now()
    audit.record(ActorEvent.DUTY_ENDED, held, by=by.user, user=held.user_id)
    if held.starts_at >= now:
        held.delete()
    elif held.ends_at > now:
        held.ends_at = now
        held.save(update_fields=["ends_at"])


@transaction.atomic
def show_on_duty(*, user: User, with_name: Collection[int], with_photo: Collection[int]) -> None:
    """The person chooses at which of their own coming duties their first name and their photo are public."""
    for duty in Duty.objects.select_for_update().filter(user=user, ends_at__gt=clock.now()):
        shown = (duty.pk in with_name, duty.pk in with_photo)
        if shown != (duty.show_first_name, duty.show_photo):
            duty.show_first_name, duty.show_photo = shown
            duty.save(update_fields=["show_first_name", "show_photo"])
            audit.record(ActorEvent.DUTY_SHOWN, duty, by=user, name=shown[0], photo=shown[1])
