"""One's seats and the ballots that wait for one's vote over all houses, for /mig/."""

from __future__ import annotations

from actors.council.enums import Part
from actors.council.models import Motion, Seat, SeatHolder
from actors.council.overview import in_order, waiting, with_waiting
from actors.my_page import Section
from actors.requests import PersonRequest
from actors.standing import Standing


def my_council(request: PersonRequest) -> Section | None:
    """One statement for those without a seat, two for the others."""
    standing = request.standing
    held = SeatHolder.objects.in_force().filter(user=request.user.pk, seat__council__center__retired_at=None)
    places = list(held.select_related("seat__actor", "seat__council__center").order_by("seat__council__name", "pk"))
    places = [place for place in places if _still(place.seat, standing)]
    if not places:
        return None
    seats = {place.seat_id: place.seat for place in places}
    before = Motion.objects.before_council().filter(council__in={place.seat.council_id for place in places})
    parts = {place.seat_id: Part(place.part) for place in places}
    motions = with_waiting(before.select_related("council__center"), standing, parts)
    found = in_order(waiting(motion, seats) for motion in motions)
    return Section("council/_me.html", {"waiting": found, "places": places})


def _still(seat: Seat, standing: Standing) -> bool:
    """Whether the seat's actor belongs to the house today, as the bench asks."""
    return seat.actor_id is None or seat.actor_id in standing.actors_in(seat.council.center_id)
