"""Reading collaborations: who sees which, and what each page needs of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, Value, When

from actors.access import Access
from actors.enums import KINDS_OF
from collaboration.enums import CONFIRMED_STATES, CollaborationState

if TYPE_CHECKING:
    from collaboration.models import Collaboration, CollaborationActor, Introduction


class CollaborationQuerySet(models.QuerySet["Collaboration"]):
    def visible_to(self, access: Access, center_id: int) -> Self:
        """Confirmed ones for all who are tied to the house; what is proposed or dismissed for its own actors' people and staff."""
        here = self.filter(center_id=center_id)
        if access.is_staff_in(center_id):
            return here
        if not access.is_tied_to(center_id):
            return self.none()
        return here.filter(Q(state__in=CONFIRMED_STATES) | Q(Exists(_parties(access.actors_in(center_id)))))

    def of_person(self, access: Access) -> Self:
        """Those of the person's own actors, over all houses that are open."""
        return self.filter(Exists(_parties(access.actor_ids)), center__retired_at=None)

    def confirmed(self) -> Self:
        """Those that count in figures."""
        return self.filter(state__in=CONFIRMED_STATES)

    def proposed(self) -> Self:
        return self.filter(state=CollaborationState.PROPOSED)

    def with_step_by(self, day: date) -> Self:
        """Going on, with a next step that is due by that day; the oldest first."""
        due = self.filter(state=CollaborationState.GOING, next_step_on__lte=day).exclude(next_step="")
        return due.order_by("next_step_on", "id")

    def across_sectors(self) -> Self:
        """Those whose actors come from two sectors at least."""
        from collaboration.models import CollaborationActor

        sector = Case(*(When(actor__kind__in=kinds, then=Value(sector)) for sector, kinds in KINDS_OF.items()))
        parties = CollaborationActor.objects.filter(collaboration=OuterRef("pk")).values("collaboration")
        return self.filter(Exists(parties.annotate(sectors=Count(sector, distinct=True)).filter(sectors__gte=2)))

    def with_parties(self) -> Self:
        """House and actors in one further statement, however many collaborations."""
        from collaboration.models import CollaborationActor

        parties = CollaborationActor.objects.select_related("actor").order_by("actor__sort_key", "actor_id")
        return self.select_related("center").prefetch_related(Prefetch("parties", queryset=parties))


def _parties(actor_ids: frozenset[int]) -> models.QuerySet[CollaborationActor]:
    from collaboration.models import CollaborationActor

    return CollaborationActor.objects.filter(collaboration=OuterRef("pk"), actor__in=actor_ids)


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def visible_to(self, access: Access, center_id: int) -> Self:
        """Which actors a house would bring together is seen by its staff."""
        return self.filter(center_id=center_id) if access.is_staff_in(center_id) else self.none()

    def with_actors(self) -> Self:
        return self.select_related("center", "first", "second")
