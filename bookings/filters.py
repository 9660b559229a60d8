"""Which bookings a list shows; the choice stands in the address, so that a view can be shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from bookings.enums import BookingState
from bookings.querysets import BookingQuerySet
from centers.models import Center, Room
from medborger.common import clock


class Shown(TextChoices):
    COMING = "kommende", _("Kommende")
    PAST = "tidligere", _("Tidligere")
    CANCELLED = "aflyste", _("Aflyste")


@dataclass(frozen=True)
class Choice:
    """What the address asks for: `vis` (kommende, tidligere, aflyste) and `lokale` (a room's slug)."""

    shown: Shown
    room: Room | None

    @classmethod
    def of(cls, query: QueryDict, center: Center) -> Choice:
        """Raises Http404 for a word or a room that there is not."""
        try:
            shown = Shown(query.get("vis") or Shown.COMING)
        except ValueError:
            raise Http404 from None
        slug = query.get("lokale", "").replace("\0", "")
        room = get_object_or_404(Room, center=center, slug=slug) if slug else None
        return cls(shown, room)

    @property
    def newest_first(self) -> bool:
        return self.shown != Shown.COMING

    def of_bookings(self, bookings: BookingQuerySet) -> BookingQuerySet:
        now = clock.now()
        if self.room is not None:
            bookings = bookings.filter(room=self.room)
        if self.shown == Shown.CANCELLED:
            return bookings.filter(state=BookingState.CANCELLED)
        if self.shown == Shown.PAST:
            return bookings.exclude(state=BookingState.CANCELLED).filter(ends_at__lte=now, starts_at__lt=now)
        # A booking lies within one date: the bound on its start lets the index find what has not ended.
        return bookings.holding().filter(ends_at__gt=now, starts_at__gt=now - timedelta(days=1, hours=1))
