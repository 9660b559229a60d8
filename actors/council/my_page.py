"""The council's section of /mig/: seats, ballots to vote in, notices and disputes, over all houses."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from actors.access import Access
from actors.council.enums import DisputeState, HolderRole
from actors.council.models import Dispute, Motion, RuleNotice, Seat, SeatHolder
from actors.council.overview import in_order, waiting
from actors.council.querysets import DisputeQuerySet
from actors.my_page import Section, sections
from actors.requests import PersonRequest
from medborger.common import clock

NEW_FOR = timedelta(days=30)  # how long a notice that nobody has answered stays on the page
MOST = 10


@sections.register(order=10)
def my_council(request: PersonRequest) -> Section | None:
    """The person's seats and open ballots; one statement without seats, two with."""
    access = request.access
    held = SeatHolder.objects.in_force().filter(user=request.user.pk, seat__council__center__retired_at=None)
    places = list(held.select_related("seat__actor", "seat__council__center").order_by("seat__council__name", "pk"))
    places = [place for place in places if _still(place.seat, access)]
    if not places:
        return None
    seats = {place.seat_id: place.seat for place in places}
    before = Motion.objects.before_council().filter(council__in={place.seat.council_id for place in places})
    parts = {place.seat_id: HolderRole(place.part) for place in places}
    motions = before.select_related("council__center").with_waiting(access, parts)
    found = in_order(waiting(motion, seats) for motion in motions)
    return Section("council/_me.html", {"waiting": found, "places": places})


def _still(seat: Seat, access: Access) -> bool:
    """Whether the seat's actor belongs to the house today."""
    return seat.actor_id is None or seat.actor_id in access.actors_in(seat.council.center_id)


@sections.register(order=20)
def my_matters(request: PersonRequest) -> Section | None:
    """New notices to one's actors, disputes to mediate in, and those to follow up on: at most two statements."""
    notices, disputes = _notices(request), list(_disputes(request)[:MOST])
    if not (notices or disputes):
        return None
    return Section(
        "council/_my_matters.html",
        {
            "notices": notices,
            "to_mediate": [dispute for dispute in disputes if dispute.state == DisputeState.MEDIATION],
            "to_follow_up": [dispute for dispute in disputes if dispute.state == DisputeState.SETTLED],
        },
    )


def _notices(request: PersonRequest) -> list[RuleNotice]:
    access = request.access
    new = RuleNotice.objects.filter(
        actor__in=access.actor_ids,
        answer="",
        dispute=None,
        created_at__gt=clock.now() - NEW_FOR,
        center__retired_at=None,
    )
    rows = new.select_related("center", "actor", "version").order_by("-created_at", "-pk")[:MOST]
    return [row for row in rows if row.actor_id in access.actors_in(row.center_id)] if access.actor_ids else []


def _disputes(request: PersonRequest) -> DisputeQuerySet:
    held = SeatHolder.objects.in_force().filter(user=request.user.pk)
    mediates = Q(mediator=request.user.pk) | Exists(held.filter(seat=OuterRef("mediator_seat")))
    due = Dispute.objects.to_follow_up().values("pk")
    in_council = Exists(held.filter(seat__council=OuterRef("council")))
    return (
        Dispute.objects.filter(
            Q(mediates, state=DisputeState.MEDIATION, mediation="") | (Q(pk__in=due) & (mediates | in_council)),
            council__center__retired_at=None,
        )
        .select_related("council__center")
        .order_by("created_at", "pk")
    )
