"""Reading a house's forum, its members and what is proposed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from medborger.common import clock

if TYPE_CHECKING:
    from actors.standing import Standing
    from centers.models import Center
    from collaboration.forum.models import Forum, ForumMember, ProposedItem


class ForumQuerySet(models.QuerySet["Forum"]):
    def of(self, center: Center) -> Forum | None:
        return self.filter(center=center).select_related("center", "room", "holder").first()


class ForumMemberQuerySet(models.QuerySet["ForumMember"]):
    def in_force(self) -> Self:
        """Who is a member today, of actors that are in use."""
        today = clock.today()
        return self.filter(Q(until=None) | Q(until__gt=today), since__lte=today, actor__retired_at=None)


class ProposedItemQuerySet(models.QuerySet["ProposedItem"]):
    def waiting(self) -> Self:
        """Neither reached at a meeting nor declined; the oldest first."""
        return self.filter(reached_at=None, declined_at=None, withdrawn_at=None).order_by("proposed_at", "id")

    def visible_to(self, standing: Standing, center: Center) -> Self:
        """All that were proposed in the house, to everybody who belongs to it."""
        return self.filter(center=center) if standing.is_tied_to(center.pk) else self.none()
