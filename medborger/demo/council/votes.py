"""Votes in a ballot: who votes what, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from actors.council.ballots import actions
from actors.council.ballots.vote_log import put_vote
from actors.council.enums import Capacity, Choice
from actors.council.models import Ballot, Entitlement, Motion, Result
from medborger.common import clock
from medborger.demo.council.council_timeline import CouncilTimeline
from medborger.demo.timeline import Step
from medborger.demo.year import chance
from medborger.demo.year_of_bookings import AUDITED

WAKES, RETIRES = 7 * 60, 19 * 60 + 30  # minutes: everybody votes in waking hours, and before eight on the last evening


def put_to_the_vote(timeline: CouncilTimeline, motion: Motion, days: int, wall: str) -> Ballot:
    """The mover's seat opens the ballot on the whole motion."""
    with timeline.at(days, wall):
        (ballot,) = actions.open_ballots(motion=motion, by=timeline.on(motion.mover.name))
    return ballot


def vote(timeline: CouncilTimeline, ballot: Ballot, seat: str, choice: Choice, reason: str = "") -> None:
    """The seat's representative votes. Of what was done long ago the audit trail keeps nothing: such a vote is in the chain alone."""
    if clock.today() < timeline.today - AUDITED:
        locked, voter = Ballot.objects.locked(ballot.pk), timeline.people[seat]
        put_vote(locked, timeline.seats[seat].pk, choice, Capacity.REPRESENTATIVE, user=voter, reason=reason)
        return
    actions.vote(ballot=ballot, seat=timeline.seats[seat], choice=choice, reason=reason, by=timeline.on(seat))


def some(
    timeline: CouncilTimeline,
    ballot: Ballot,
    numbers: Mapping[Choice, int],
    *,
    without: Collection[str] = (),
    sure: Mapping[str, Choice] | None = None,
) -> Iterator[Step]:
    """So many of the seats left vote so, until yesterday. Who and when is drawn by the seed, the same on every machine, but for those
    who have said what they mean: the mover, and `sure`.
    """
    key = (timeline.seed, timeline.name, ballot.motion.number)
    left = Entitlement.objects.left().filter(ballot=ballot).select_related("seat__actor")
    names = [row.seat.name for row in left if row.seat.name not in without]
    meant = {ballot.motion.mover.name: Choice.FOR, **(sure or {})}
    known = {name: choice for name, choice in meant.items() if name in names}
    drawn = Counter(numbers) - Counter(known.values())
    others = sorted(set(names) - set(known), key=lambda name: chance(*key, "who", name))
    for name, choice in [*known.items(), *zip(others, drawn.elements(), strict=False)]:
        yield Step(_waking(timeline, ballot, (*key, name)), partial(vote, timeline, ballot, name, choice))


def _waking(timeline: CouncilTimeline, ballot: Ballot, key: tuple[object, ...]) -> datetime:
    """Some time between the day after the opening and the closing, or yesterday."""
    first = clock.local(ballot.opened_at).date() + timedelta(days=1)
    last = min(clock.local(ballot.closes_at).date(), timeline.day(-1))
    day = first + timedelta(days=int(chance(*key, "day") * ((last - first).days + 1)))
    return clock.at(day, WAKES + int(chance(*key, "minute") * (RETIRES - WAKES)))


def close(timeline: CouncilTimeline, ballot: Ballot) -> Result:
    """Count it, a minute after it is over."""
    with timeline.then(ballot.closes_at + timedelta(minutes=1)):
        result = actions.close(ballot=ballot)
    assert result is not None
    return result


def hold(
    timeline: CouncilTimeline,
    motion: Motion,
    days: int,
    wall: str,
    numbers: Mapping[Choice, int],
    sure: Mapping[str, Choice] | None = None,
) -> Result:
    """Open a ballot then, let so many vote so, and count it."""
    ballot = put_to_the_vote(timeline, motion, days, wall)
    timeline.run(some(timeline, ballot, numbers, sure=sure))
    return close(timeline, ballot)
