"""Reading digests, and who gets them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from actors.access import Access
from actors.enums import Role
from collaboration.digests.enums import DigestKind
from collaboration.forum.models import Forum
from medborger.common import clock

if TYPE_CHECKING:
    from collaboration.digests.models import Digest, Snooze, Subscription


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def going_on(self) -> Self:
        return self.filter(next_at__isnull=False)

    def due(self, now: datetime) -> Self:
        return self.filter(next_at__lte=now, center__retired_at=None)

    def with_forum(self) -> Self:
        """With whether the house has a forum to put lines on (`has_forum`)."""
        return self.annotate(has_forum=Exists(Forum.objects.filter(center=OuterRef("center"))))

    def of_readers(self) -> Self:
        """People's; not the house's own copy."""
        return self.filter(user__isnull=False)

    def by_role(self) -> Self:
        """Those of people who coordinate the house today."""
        from actors.models import CenterRole

        roles = CenterRole.objects.in_force().filter(role=Role.COORDINATOR)
        return self.filter(Exists(roles.filter(user=OuterRef("user"), center=OuterRef("center"))))


class DigestQuerySet(models.QuerySet["Digest"]):
    def visible_to(self, access: Access, center_id: int) -> Self:
        """One's own, and for staff the house's copy; of a week that has both, one's own comes first."""
        if not access.is_tied_to(center_id):
            return self.none()
        readable = Q(recipient=access.user.pk)
        if access.is_staff_in(center_id):
            readable |= Q(recipient=None)
        return self.filter(readable, center_id=center_id, kind=DigestKind.WEEKLY).order_by(
            "-week_starts_on", F("recipient").asc(nulls_last=True)
        )

    def of_week(self, monday: date) -> Self:
        return self.filter(week_starts_on=monday)

    def until_now(self) -> Self:
        """The weeks that have begun."""
        return self.filter(week_starts_on__lte=clock.today())


class SnoozeQuerySet(models.QuerySet["Snooze"]):
    def in_force(self, now: datetime) -> Self:
        return self.filter(until__gt=now)
