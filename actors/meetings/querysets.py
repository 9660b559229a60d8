"""Queries about meetings: who sees which, and what each page needs of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from actors.enums import COORDINATING_ROLES
from actors.meetings import meeting_bodies
from actors.meetings.enums import ACTIVE_STATES, MeetingState
from medborger.common import clock

if TYPE_CHECKING:
    from actors.access import Access
    from actors.meetings.models import ActionPoint, Meeting, Participant
    from actors.models import User
    from centers.models import Center


OVERRUNS_AT_MOST = timedelta(hours=3)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, access: Access, center: Center) -> Self:
        """Those that have been announced, to whom their body shows them and to their participants; drafts to who may convene."""
        from actors.meetings.models import Participant

        here = list(meeting_bodies.of_house(center))
        invited = Participant.objects.filter(meeting=OuterRef("pk"), user=access.user.pk)
        making = [body.key for body in here if body.may_convene(access, center)]
        seeing = [body.key for body in here if body.may_see(access, center)]
        announced = Q(convened_at__isnull=False) & (Q(circle__in=seeing) | Exists(invited))
        return self.filter(Q(circle__in=making) | announced, center=center, circle__in=[c.key for c in here])

    def coming(self) -> Self:
        """Not over yet, the next one first; drafts too."""
        return self.filter(ends_at__gt=clock.now()).exclude(state=MeetingState.CANCELLED).order_by("starts_at", "id")

    def past(self) -> Self:
        """Over or cancelled."""
        return self.filter(Q(ends_at__lte=clock.now()) | Q(state=MeetingState.CANCELLED))

    def announced(self) -> Self:
        """Convened and not cancelled."""
        return self.filter(state__in=ACTIVE_STATES)

    def in_session(self, center_id: int, circle: str) -> Self:
        """Those of a body that were convened and are being held: from when minutes can be taken until some hours after the end."""
        from actors.meetings.models import MINUTES_OPEN_BEFORE

        now = clock.now()
        begun = Q(starts_at__lte=now + MINUTES_OPEN_BEFORE, ends_at__gt=now - OVERRUNS_AT_MOST)
        return self.announced().filter(begun, center=center_id, circle=circle)

    def with_agenda(self) -> Self:
        """Room, items, their owners and audiences in three further statements at most, however many items."""
        from actors.meetings.models import AgendaItem

        items = AgendaItem.objects.select_related("owner").prefetch_related("audience").order_by("position")
        return self.select_related("center", "room").prefetch_related(Prefetch("items", queryset=items))


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def waiting_for(self, user: User) -> Self:
        """One's own places in meetings that are not over."""
        coming = Q(meeting__state__in=ACTIVE_STATES, meeting__ends_at__gt=clock.now(), meeting__center__retired_at=None)
        return self.filter(coming, user=user).order_by("meeting__starts_at", "id")

    def in_order(self) -> Self:
        """With their actors, in the order of the actors' names; who comes in their own right last."""
        return self.prefetch_related("actors").annotate(first=models.Min("actors__sort_key")).order_by("first", "id")


class ActionPointQuerySet(models.QuerySet["ActionPoint"]):
    def visible_to(self, access: Access, center: Center) -> Self:
        """Those of the meetings that the person may see, of their own actors, and their own; all for staff."""
        from actors.meetings.models import Meeting

        here = self.filter(center=center)
        if access.is_staff_in(center.pk):
            return here
        meetings = Meeting.objects.visible_to(access, center)
        return here.filter(Q(meeting__in=meetings.values("pk")) | self._of(access, center))

    def mine(self, access: Access, center: Center) -> Self:
        """Those that wait for the person in one house: their own, their actors', and the house's for who coordinates it."""
        return self.filter(self._of(access, center), center=center)

    def waiting_for(self, access: Access) -> Self:
        """The person's own over all houses, their actors', and the house's where they coordinate it."""
        houses = [pk for pk, roles in access.roles.items() if not COORDINATING_ROLES.isdisjoint(roles)]
        own = Q(owner_user=access.user.pk) | Q(owner_actor__in=access.actor_ids)
        return self.filter(own | Q(owner_house=True, center__in=houses))

    def _of(self, access: Access, center: Center) -> Q:
        own = Q(owner_user=access.user.pk) | Q(owner_actor__in=access.actors_in(center.pk))
        return own | Q(owner_house=True) if COORDINATING_ROLES & access.roles_in(center.pk) else own

    def open(self) -> Self:
        return self.filter(done_at=None)

    def with_owner(self) -> Self:
        return self.select_related("owner_actor", "owner_user", "meeting__center", "item")
