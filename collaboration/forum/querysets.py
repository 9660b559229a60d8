"""Reading a house's forum, its members and what is proposed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from actors.access import Access
from actors.enums import Role
from actors.meetings.enums import ACTIVE_STATES, MeetingState
from actors.meetings.models import Meeting
from actors.models import Affiliation, CenterRole, Membership
from centers.models import Center
from collaboration.forum.enums import KEY
from medborger.common import clock

if TYPE_CHECKING:
    from collaboration.forum.models import Forum, ForumMember, ProposedItem


def _begun(meetings: models.QuerySet[Meeting]) -> models.QuerySet[Meeting]:
    return meetings.filter(state__in=ACTIVE_STATES, starts_at__lte=clock.now())


def _holder_has_left() -> Q:
    """Whether who holds it belongs to the house no longer, as `Access.is_tied_to` has it."""
    here = Affiliation.objects.in_force().filter(
        center=OuterRef(OuterRef("center")), actor=OuterRef("actor"), actor__retired_at=None
    )
    places = Membership.objects.in_force().filter(Exists(here), user=OuterRef("holder"))
    roles = CenterRole.objects.in_force().filter(center=OuterRef("center"), user=OuterRef("holder"))
    belongs = Q(Exists(roles)) | Q(Exists(places)) | Q(holder__is_admin=True)
    return Q(holder__isnull=False) & ~belongs


class ForumQuerySet(models.QuerySet["Forum"]):
    def of(self, center: Center) -> Forum | None:
        return self.filter(center=center).with_holder().select_related("center", "room").first()

    def with_holder(self) -> Self:
        """Who holds it, and whether they have left the house (`holder_has_left`)."""
        return self.select_related("holder").annotate(
            holder_has_left=Case(When(_holder_has_left(), then=True), default=False)
        )

    def with_state(self) -> Self:
        """When it last met (`last_met_at`), whether it has planned to (`is_planned`), how many proposed items wait (`waiting`), and whether
        anybody coordinates the house (`is_coordinated`): all that the warnings are made of."""
        from collaboration.forum.models import ProposedItem

        meetings = Meeting.objects.filter(center=OuterRef("center"), circle=KEY).exclude(state=MeetingState.CANCELLED)
        waiting = ProposedItem.objects.filter(center=OuterRef("center")).waiting().order_by().values("center")
        coordinators = CenterRole.objects.in_force().filter(center=OuterRef("center"), role=Role.COORDINATOR)
        return (
            self.with_holder()
            .select_related("center", "room")
            .annotate(
                last_met_at=Subquery(_begun(meetings).order_by("-starts_at").values("starts_at")[:1]),
                is_planned=Exists(meetings.filter(starts_at__gt=clock.now())),
                waiting=Coalesce(Subquery(waiting.annotate(count=Count("pk")).values("count")), 0),
                is_coordinated=Exists(coordinators),
            )
        )


class ForumMemberQuerySet(models.QuerySet["ForumMember"]):
    def in_force(self) -> Self:
        """Who is a member today, of actors that are in use."""
        today = clock.today()
        return self.filter(Q(until=None) | Q(until__gt=today), since__lte=today, actor__retired_at=None)


class ProposedItemQuerySet(models.QuerySet["ProposedItem"]):
    def waiting(self) -> Self:
        """Neither reached at a meeting nor declined; the oldest first."""
        return self.filter(reached_at=None, declined_at=None, withdrawn_at=None).order_by("proposed_at", "id")

    def visible_to(self, access: Access, center: Center) -> Self:
        """All that were proposed in the house, to everybody who belongs to it."""
        return self.filter(center=center) if access.is_tied_to(center.pk) else self.none()
