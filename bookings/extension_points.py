"""What the apps above have to say of an event among others: a line while it is written, a panel on its page.

They register here, as sections of /mig/ do (`actors.my_page`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from actors.requests import HouseRequest
from bookings.enums import BookingRole
from bookings.models import Booking, BookingActor
from bookings.querysets import Span
from medborger.common.registry import Registry

if TYPE_CHECKING:
    from actors.access import Access

# What `__in` takes: the ids themselves, or a subquery that reads them where they are compared.
Ids = Collection[int] | QuerySet[Any, Any]


@dataclass(frozen=True)
class Plan:
    """An event as far as it decides what it lies beside: one that is being written, or one that is to take place at `span`.

    `holders` is the actor that it is booked for, `actors` that one and its partners; all are ids.
    """

    center_id: int
    span: Span
    holders: Ids
    actors: Ids
    themes: Ids
    target_groups: Ids
    booking_id: int | None = None

    @classmethod
    def of(cls, booking: Booking, span: Span | None = None) -> Plan:
        """A booking, at its own time or another. It reads nothing by itself."""
        parties = BookingActor.objects.filter(booking=booking.pk)
        themes, groups = Booking.themes.through, Booking.target_groups.through
        return cls(
            center_id=booking.center_id,
            span=span or booking.span,
            holders=parties.filter(part=BookingRole.HOLDER).values("actor"),
            actors=parties.values("actor"),
            themes=themes._default_manager.filter(booking=booking.pk).values("theme"),
            target_groups=groups._default_manager.filter(booking=booking.pk).values("targetgroup"),
            booking_id=booking.pk,
        )


@dataclass(frozen=True)
class BookingPanel:
    """A part of a booking's page: `template` draws it with `context`, which it finds as `panel.context`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Lines = Callable[[Plan, "Access"], Iterable[str]]
Panels = Callable[[HouseRequest, Booking], BookingPanel | None]
# Asked while an open event is written.
line_providers: Registry[Lines] = Registry("event_hints")
# Asked for the page of an event that the person may change.
panel_providers: Registry[Panels] = Registry("event_hints")


def lines(plan: Plan, access: Access) -> Iterator[str]:
    """What is said of it on the form. It holds nobody up: it is booked all the same."""
    for said in line_providers:
        yield from said(plan, access)


def panels(request: HouseRequest, booking: Booking) -> list[BookingPanel]:
    return [panel for made in panel_providers if (panel := made(request, booking)) is not None]
