"""Which events a planned one meets: overlapping in time, in the same house or one near it, with a theme and a target group in common,
held by other actors than its own.

The one definition beside the nightly search (`nightly_search.py`), which says the same of all events at once; tests hold the two together.
"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from bookings.enums import BookingRole
from bookings.extension_points import Plan
from bookings.models import Booking, BookingActor
from bookings.querysets import BookingQuerySet, Span
from centers.models import Center
from collaboration.models import Neighbour
from medborger.common import clock


def near(center_id: int) -> QuerySet[Center, Any]:
    """The house itself and its neighbours, whichever of the two named the other; as a subquery of ids."""
    ours = Neighbour.objects.filter(center=center_id).values("neighbour")
    theirs = Neighbour.objects.filter(neighbour=center_id).values("center")
    return Center.objects.filter(pk=center_id).values("pk").union(ours, theirs)


def meeting(plan: Plan) -> BookingQuerySet:
    """The events that the planned one overlaps. One statement."""
    return like(plan, plan.span)


def like(plan: Plan, between: Span) -> BookingQuerySet:
    """The events near it in the span that are for the same people and about the same; the span may be longer than its own."""
    themes, groups = Booking.themes.through, Booking.target_groups.through
    themes_of_it = themes._default_manager.filter(booking=OuterRef("pk"), theme__in=plan.themes)
    groups_of_it = groups._default_manager.filter(booking=OuterRef("pk"), targetgroup__in=plan.target_groups)
    parties = BookingActor.objects.filter(booking=OuterRef("pk"))
    held_by_partners = parties.filter(part=BookingRole.HOLDER, actor__in=plan.actors)
    first_midnight = clock.midnight(clock.local(between[0]).date())
    found = Booking.objects.open_to_public().filter(
        Exists(themes_of_it),
        Exists(groups_of_it),
        ~Exists(parties.filter(actor__in=plan.holders)),
        ~Exists(held_by_partners),
        center__in=near(plan.center_id),
        center__retired_at=None,
        drop_in=False,
        starts_at__gte=first_midnight,  # a booking lies within one local date, and the index knows where it starts
        starts_at__lt=between[1],
        ends_at__gt=max(between[0], clock.now()),
    )
    return found.exclude(pk=plan.booking_id) if plan.booking_id else found
