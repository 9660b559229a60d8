"""A house in which every app has something to tell of the week."""

from __future__ import annotations

from datetime import timedelta

from actors.models import Actor
from bookings.enums import Audience
from bookings.models import Booking
from centers.models import Center
from medborger.common import clock
from tests.actors.council.factories import fill_seats, make_council
from tests.actors.council.motions import open_ballot, open_motion
from tests.collaboration.digests.conftest import MONDAY
from tests.factories import ActorFactory, RoomFactory


def fill(house: Center, number: int) -> None:
    """So many of each: events in the week after MONDAY, open ballots, and motions that wait."""
    room, actors = RoomFactory.create(center=house), [ActorFactory.create(house=house) for _ in range(number)]
    for place, actor in enumerate(actors):
        event(house, room.pk, actor, place)
    council = make_council(house)
    holders = fill_seats(council, number + 1)
    for holder in holders[:number]:
        open_ballot(council, holder)
        open_motion(council, holder[0], days_ago=2)


def event(house: Center, room_id: int, actor: Actor, place: int) -> Booking:
    starts_at = MONDAY + timedelta(hours=3 + 5 * place)
    booking = Booking.objects.create(
        center=house,
        room_id=room_id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        title=f"Fællesspisning {place}",
        audience=[Audience.EVERYONE, Audience.RESIDENTS][place % 2],
        created_at=clock.now(),
    )
    booking.parties.create(actor=actor)
    return booking
