"""Reading clashes: who sees which, which still wait, and which have parted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery, prefetch_related_objects
from django.utils.translation import get_language

from actors.access import Access
from actors.models import TargetGroup, Theme
from bookings.enums import BookingRole, BookingState
from bookings.models import Booking, BookingActor
from collaboration.clashes.enums import MEETING_STATES, WAITING_STATES, ClashState
from medborger.common import clock
from medborger.common.models import Audit

if TYPE_CHECKING:
    from collaboration.clashes.models import Clash


def _works_on(holder_of: str, other: str) -> Exists:
    """Whether the actor that holds the one event is on the other too, as its holder or partner."""
    there = BookingActor.objects.filter(booking=OuterRef(other))
    return Exists(there.filter(actor__parties__booking=OuterRef(holder_of), actor__parties__part=BookingRole.HOLDER))


def _parties() -> models.QuerySet[BookingActor]:
    return BookingActor.objects.select_related("actor").order_by("part", "id")


class ClashQuerySet(models.QuerySet["Clash"]):
    def in_house(self, center_id: int) -> Self:
        """Those that one of the house's events is in."""
        return self.filter(Q(center_id=center_id) | Q(first_center_id=center_id))

    def visible_to(self, access: Access, center_id: int) -> Self:
        """All of the house for its staff, for others those of the events that their actors hold."""
        here = self.in_house(center_id)
        return here if access.is_staff_in(center_id) else here.of_person(access)

    def of_person(self, access: Access) -> Self:
        """Those of the events that the person's actors hold."""
        held = BookingActor.objects.filter(part=BookingRole.HOLDER, actor__in=access.actor_ids)
        return self.filter(
            Exists(held.filter(booking=OuterRef("first"))) | Exists(held.filter(booking=OuterRef("second")))
        )

    def of_event(self, booking: Booking) -> Self:
        return self.filter(Q(first=booking) | Q(second=booking))

    def coming(self) -> Self:
        """Those whose events both take place and are not over."""
        ahead = {f"{event}__ends_at__gt": clock.now() for event in ("first", "second")}
        return self.filter(first__state=BookingState.CONFIRMED, second__state=BookingState.CONFIRMED, **ahead)

    def waiting(self) -> Self:
        """Those that somebody can still do something about and nobody has."""
        return self.coming().filter(state__in=WAITING_STATES)

    def left_open(self) -> Self:
        """Those that were let stand and are still to come."""
        return self.coming().filter(state=ClashState.LEFT)

    def parted(self) -> Self:
        """Those entered as meeting that meet no more: one was cancelled or moved away, or the two actors work together on one."""
        both_stand = Q(first__state=BookingState.CONFIRMED, second__state=BookingState.CONFIRMED)
        overlap = Q(first__starts_at__lt=F("second__ends_at"), second__starts_at__lt=F("first__ends_at"))
        together = _works_on("first", "second") | _works_on("second", "first")
        return self.filter(~both_stand | ~overlap | Q(together), state__in=MEETING_STATES)

    def with_what_they_share(self) -> Self:
        """With the names of the themes and target groups of both, in the reader's language."""
        name = "name_en" if get_language() == "en" else "name"
        shared: dict[str, Any] = {}
        for key, model in (("shared_themes", Theme), ("shared_groups", TargetGroup)):
            in_both = model.objects.filter(bookings=OuterRef("first")).filter(bookings=OuterRef("second"))
            shared[key] = ArraySubquery(in_both.order_by("position", "id").values(name))
        return self.annotate(**shared)

    def with_who_did_it(self) -> Self:
        """With the id of the person who did last what was done; None for the night."""
        acts = Audit.objects.filter(subject="clash", subject_id=OuterRef("pk")).order_by("-at", "-id")
        return self.annotate(done_by=Subquery(acts.values("person")[:1]))

    def with_events(self) -> Self:
        """The two events with rooms, houses and actors in two further statements, however many clashes."""
        return self._with_places().prefetch_related(
            Prefetch("first__parties", queryset=_parties()), Prefetch("second__parties", queryset=_parties())
        )

    def read(self) -> list[Clash]:
        """The same as a list, in two statements in all."""
        found = list(self._with_places())
        prefetch_related_objects([event for clash in found for event in clash.events], Prefetch("parties", _parties()))
        return found

    def _with_places(self) -> Self:
        return self.select_related("first__center", "first__room", "second__center", "second__room")
