"""Reading houses and rooms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from centers.models import Center, Room


class CenterQuerySet(models.QuerySet["Center"]):
    def open_to_visitors(self) -> Self:
        """The houses that are in use."""
        return self.filter(retired_at=None)


class RoomQuerySet(models.QuerySet["Room"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)

    def leaves(self) -> Self:
        """The rooms without parts in use: only these are ever held."""
        return self.filter(~Exists(self.model._default_manager.filter(part_of=OuterRef("pk"), retired_at=None)))

    def bookable_by(self, actor_ids: Iterable[int], *, staff: bool = False) -> Self:
        """The rooms that may be booked: bookable ones, or held by one of the actors (`actors.RoomHolder`); staff may book any."""
        return self if staff else self.filter(Q(bookable=True) | Q(holder__actor__in=list(actor_ids)))

    def with_facilities(self, slugs: Iterable[str]) -> Self:
        """Only rooms that have every one of the facilities."""
        rooms = self
        for slug in slugs:
            rooms = rooms.filter(
                Exists(self.model.facilities.through.objects.filter(room=OuterRef("pk"), facility__slug=slug))
            )
        return rooms

    def for_persons(self, persons: int) -> Self:
        return self.filter(capacity__gte=persons)

    def leaves_of(self, room: Room) -> Self:
        """The rooms that a booking of `room` holds: its parts, or itself when it has none."""
        return self.filter(
            Q(part_of=room) | (Q(pk=room.pk) & ~Exists(self.model._default_manager.filter(part_of=room)))
        )
