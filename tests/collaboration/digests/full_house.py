"""A house in which every app has something to tell of the week."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import time_machine

from actors.meetings import actions as meetings
from actors.meetings.action_points.action_point_owners import Owner
from actors.meetings.actions import ActionPointData, ItemData, MeetingData
from actors.meetings.models import Meeting
from actors.models import Actor, User
from bookings.enums import Audience
from bookings.models import Booking
from centers.models import Center
from collaboration.forum import actions as forums
from collaboration.forum.enums import KEY
from medborger.common import clock
from tests.actors.council.factories import fill_seats, make_council
from tests.actors.council.motions import open_ballot, open_motion
from tests.collaboration.clashes.events import Town
from tests.collaboration.digests.conftest import MONDAY
from tests.collaboration.factories import entered, gathered, seen
from tests.collaboration.forum.factories import frame
from tests.factories import ActorFactory, RoomFactory, working_day
from tests.fixtures import access


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


def work_together(house: Center, number: int, by: User) -> None:
    """So many of what collaboration tells of: events that meet, proposals, new collaborations with a next step, newcomers of whom two are
    a neglected tie, and a forum with a meeting behind it and one ahead, items, decisions and tasks."""
    town = Town(house)
    for place in range(number):
        for _side in range(2):
            town.event(start=480 + 60 * place, end=540 + 60 * place, day=working_day(7))
    actors = [ActorFactory.create(house=house) for _ in range(number + 2)]
    for actor in actors:
        actor.affiliations.update(since=(MONDAY - timedelta(days=6)).date())
        actor.themes.add(town.theme)
        actor.target_groups.add(town.group)
    pairs = list(pairwise(actors))[:number]
    gathered(house, *(seen(*pair, key=f"seen:{pair[0].pk}", title=pair[0].name, enough=True) for pair in pairs))
    for one, other in pairs:
        step = {"next_step": "Find en dato", "next_step_owner": one, "next_step_on": MONDAY.date()}
        entered(house, by, one, other, title=f"Fest hos {one.name}", **step)
    _forum(house, actors, by)


def _forum(house: Center, actors: list[Actor], by: User) -> None:
    forum = forums.found(center=house, frame=frame(), by=access(by))
    for actor in actors:
        forums.add_member(forum=forum, actor=actor, by=access(by))
    with time_machine.travel(MONDAY - timedelta(days=6), tick=False):
        past = _meeting(house, actors, by)
    with time_machine.travel(past.ends_at, tick=False):
        for item, actor in zip(past.items.all(), actors, strict=True):
            meetings.save_minutes(item=item, minutes="", decision="Vi gør det.", version=1, by=access(by))
            task = ActionPointData("Hent tilbud", clock.today(), Owner(actor=actor), agreed=True)
            meetings.add_point(item=item, data=task, by=access(by))
        meetings.approve(meeting=past, by=access(by))
    with time_machine.travel(MONDAY - timedelta(hours=1), tick=False):
        _meeting(house, actors, by)


def _meeting(house: Center, actors: list[Actor], by: User) -> Meeting:
    """A meeting in two hours, with an item for each."""
    starts_at = clock.now() + timedelta(hours=2)
    held = MeetingData("Koordinerende forum", starts_at, starts_at + timedelta(hours=3))
    meeting = meetings.create(center=house, body=KEY, data=held, by=access(by))
    for actor in actors:
        words = ItemData(f"Om {actor.name}", minutes_needed=10, audience=(actor,))
        meetings.add(meeting=meeting, data=words, by=access(by))
    return meetings.convene(meeting=meeting, by=access(by))
