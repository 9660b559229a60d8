"""Reading people and organisations."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from actors.enums import ActorRole
from medborger.common import clock

if TYPE_CHECKING:
    from actors.access import Access
    from actors.models import Actor, Affiliation, CenterRole, Duty, Invitation, Membership


def _in_force(day: date | None = None) -> Q:
    return Q(until=None) | Q(until__gt=day or clock.today())


class ActorQuerySet(models.QuerySet["Actor"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)

    def in_house(self, center_id: int) -> Self:
        """The actors with an affiliation to the house that is in force today."""
        from actors.models import Affiliation

        ties = Affiliation.objects.in_force().filter(actor=OuterRef("pk"), center_id=center_id)
        return self.in_use().filter(Exists(ties))

    def whose_people_are_seen_by(self, access: Access, center_id: int) -> Self:
        """The house's actors whose members' names the person may see: their own; all for staff. A name can reveal faith."""
        actors = self.in_house(center_id)
        return actors if access.is_staff_in(center_id) else actors.filter(pk__in=access.actors_in(center_id))

    def in_danish_order(self) -> Self:
        return self.order_by("sort_key", "id")


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def in_force(self) -> Self:
        return self.filter(_in_force(), since__lte=clock.today())


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self) -> Self:
        return self.filter(_in_force())

    def reachable(self) -> Self:
        """In force, of people to whom letters can go; the oldest first, each with its person."""
        reached = self.in_force().filter(user__is_active=True, user__erased_at=None)
        return reached.select_related("user").order_by("pk")

    def contacts_of(self, actor_ids: Collection[int]) -> Self:
        """Of the actors' contact persons."""
        return self.filter(role=ActorRole.CONTACT, actor__in=actor_ids)


class CenterRoleQuerySet(models.QuerySet["CenterRole"]):
    def in_force(self) -> Self:
        return self.filter(_in_force())

    def visible_to(self, access: Access, center_id: int) -> Self:
        """Who has which role in the house is seen by its staff."""
        return self.filter(center_id=center_id) if access.is_staff_in(center_id) else self.none()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now())

    def visible_to(self, access: Access, center_id: int) -> Self:
        """The house's own for managers, an actor's for those who may invite to it."""
        theirs = Q(actor__in=[pk for pk in access.actors_in(center_id) if access.is_contact_of(pk)])
        if access.is_staff_in(center_id):
            theirs |= Q(actor__isnull=False)
        if access.is_manager_in(center_id):
            theirs |= Q(actor=None)
        return self.filter(theirs, center_id=center_id)


class DutyQuerySet(models.QuerySet["Duty"]):
    def on(self, day: date) -> Self:
        return self.filter(starts_at__lt=clock.at(day, clock.MINUTES_A_DAY), ends_at__gt=clock.midnight(day))
