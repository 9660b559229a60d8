"""Reading people and organisations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from medborger.common import clock

if TYPE_CHECKING:
    pass


def _in_force(day: date | None = None) -> Q:
    return Q(until=None) | Q(until__gt=day or clock.today())


class ActorQuerySet(models.QuerySet["Actor"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)

    def in_house(self, center_id: int) -> Self:
        """The actors with an affiliation to the house that is in force today."""
        today = clock.today()
        return self.in_use().filter(
            Q(affiliations__until=None) | Q(affiliations__until__gt=today),
            affiliations__center_id=center_id,
            affiliations__since__lte=today,
        )

    def in_danish_order(self) -> Self:
        return self.order_by("sort_key", "id")


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def in_force(self) -> Self:
        return self.filter(_in_force(), since__lte=clock.today())


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self) -> Self:
        return self.filter(_in_force())


class CenterRoleQuerySet(models.QuerySet["CenterRole"]):
    def in_force(self) -> Self:
        return self.filter(_in_force())


class DutyQuerySet(models.QuerySet["Duty"]):
    def now(self) -> Self:
        instant = clock.now()
        return self.filter(starts_at__lte=instant, ends_at__gt=instant)

    def on(self, day: date) -> Self:
        return self.filter(starts_at__lt=clock.at(day, clock.MINUTES_A_DAY), ends_at__gt=clock.midnight(day))
