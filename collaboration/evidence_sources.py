"""Evidence from bookings and meetings: rooms booked together, and agenda items that two or more worked on.

A swap of rooms is no collaboration. Nor is what the council takes up: there actors vote, and quarrel.
"""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from actors.council.meeting_body import KEY as COUNCIL
from actors.meetings.enums import ACTIVE_STATES, ItemKind
from actors.meetings.models import AgendaItem
from bookings.enums import OPEN_AUDIENCES, BookingRole, BookingState
from bookings.models import Booking
from centers.models import Center
from collaboration.enums import CollaborationKind, EvidenceKind
from collaboration.proposals import evidence
from collaboration.proposals.evidence import SeenTogether
from medborger.common import clock

# What concerns more actors than this is word to the house, not work together.
MOST_TOGETHER = 6


@evidence.sources.register(order=10)
def shared_bookings(center: Center, since: date) -> Iterator[SeenTogether]:
    """The holder with each partner on bookings that have been; four statements, however many. Two of them make a proposal."""
    been = Booking.objects.filter(
        center=center,
        state=BookingState.CONFIRMED,
        starts_at__gte=clock.midnight(since),
        ends_at__lte=clock.now(),
        parties__part=BookingRole.PARTNER,
    )
    rows = been.distinct().with_parties().prefetch_related("themes", "target_groups")
    for booking in rows.order_by("starts_at", "id"):
        parties = list(booking.parties.all())
        holder = next(party.actor_id for party in parties if party.part == BookingRole.HOLDER)
        for partner in (party.actor_id for party in parties if party.part == BookingRole.PARTNER):
            yield SeenTogether(
                kind=EvidenceKind.BOOKING,
                key=f"booking:{booking.pk}:{holder}-{partner}",
                actor_ids=frozenset({holder, partner}),
                title=_title(booking),
                on=clock.local(booking.starts_at).date(),
                link=reverse("booking", args=[center.slug, booking.pk]),
                form=CollaborationKind.COORDINATE
                if booking.audience in OPEN_AUDIENCES
                else CollaborationKind.EXCHANGE_RESOURCES,
                theme_ids=frozenset(theme.pk for theme in booking.themes.all()),
                target_group_ids=frozenset(group.pk for group in booking.target_groups.all()),
            )


def _title(booking: Booking) -> str:
    """What the whole house may read once the proposal is confirmed: the title of a closed booking is its own actors' alone."""
    if booking.audience in OPEN_AUDIENCES:
        return booking.title
    return _("Fælles booking af %(room)s") % {"room": booking.room.name}


@evidence.sources.register(order=20)
def shared_items(center: Center, since: date) -> Iterator[SeenTogether]:
    """Items that some few actors worked on together at a meeting; two statements. One of them makes a proposal."""
    worked_on = AgendaItem.objects.filter(
        meeting__center=center,
        meeting__state__in=ACTIVE_STATES,
        meeting__starts_at__gte=clock.midnight(since),
        meeting__ends_at__lte=clock.now(),
    )
    rows = (
        worked_on.exclude(meeting__circle=COUNCIL).exclude(kind=ItemKind.INFORMATION).exclude(minutes="", decision="")
    )
    for item in rows.select_related("meeting").prefetch_related("audience").order_by("meeting__starts_at", "id"):
        actor_ids = item.audience_ids | ({item.owner_id} if item.owner_id else set())
        if 2 <= len(actor_ids) <= MOST_TOGETHER:
            yield SeenTogether(
                kind=EvidenceKind.AGENDA,
                key=f"agenda:{item.pk}",
                actor_ids=actor_ids,
                title=item.title,
                on=clock.local(item.meeting.starts_at).date(),
                link=reverse("meeting", args=[center.slug, item.meeting_id]),
                enough=True,
            )
