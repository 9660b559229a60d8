"""How a ballot in a story goes: who votes what, and when."""

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
from medborger.demo.calendar import AUDITED
from medborger.demo.council.stage import Stage
from medborger.demo.scene import Cue
from medborger.demo.year import chance

WAKES, RETIRES = 7 * 60, 19 * 60 + 30  # minutes: everybody votes in waking hours, and before eight on the last evening


def put_to_the_vote(stage: Stage, motion: Motion, days: int, wall: str) -> Ballot:
    """The mover's seat opens the ballot on the whole motion."""
    with stage.at(days, wall):
        (ballot,) = actions.open_ballots(motion=motion, by=stage.on(motion.mover.name))
    return ballot


def vote(stage: Stage, ballot: Ballot, seat: str, choice: Choice, reason: str = "") -> None:
    """The seat's representative votes. Of what was done long ago the audit trail keeps nothing: such a vote is in the chain alone."""
    if clock.today() < stage.today - AUDITED:
        locked, voter = Ballot.objects.locked(ballot.pk), stage.people[seat]
        put_vote(locked, stage.seats[seat].pk, choice, Capacity.REPRESENTATIVE, user=voter, reason=reason)
        return
    actions.vote(ballot=ballot, seat=stage.seats[seat], choice=choice, reason=reason, by=stage.on(seat))


def some(
    stage: Stage,
    ballot: Ballot,
    numbers: Mapping[Choice, int],
    *,
    without: Collection[str] = (),
    sure: Mapping[str, Choice] | None = None,
) -> Iterator[Cue]:
    """So many of the seats left vote so, until yesterday. Who and when is drawn by the seed, the same on every machine, but for those
    who have said what they mean: the mover, and `sure`.
    """
    key = (stage.seed, stage.story, ballot.motion.number)
    left = Entitlement.objects.left().filter(ballot=ballot).select_related("seat__actor")
    names = [row.seat.name for row in left if row.seat.name not in without]
    meant = {ballot.motion.mover.name: Choice.FOR, **(sure or {})}
    known = {name: choice for name, choice in meant.items() if name in names}
    drawn = Counter(numbers) - Counter(known.values())
    others = sorted(set(names) - set(known), key=lambda name: chance(*key, "who", name))
    for name, choice in [*known.items(), *zip(others, drawn.elements(), strict=False)]:
        yield Cue(_waking(stage, ballot, (*key, name)), partial(vote, stage, ballot, name, choice))


def _waking(stage: Stage, ballot: Ballot, key: tuple[object, ...]) -> datetime:
    """Some time between the day after the opening and the closing, or yesterday."""
    first = clock.local(ballot.opened_at).date() + timedelta(days=1)
    last = min(clock.local(ballot.closes_at).date(), stage.day(-1))
    day = first + timedelta(days=int(chance(*key, "day") * ((last - first).days + 1)))
    return clock.at(day, WAKES + int(chance(*key, "minute") * (RETIRES - WAKES)))


def close(stage: Stage, ballot: Ballot) -> Result:
    """Count it, a minute after it is over."""
    with stage.then(ballot.closes_at + timedelta(minutes=1)):
        result = actions.close(ballot=ballot)
    assert result is not None
    return result


def hold(
    stage: Stage,
    motion: Motion,
    days: int,
    wall: str,
    numbers: Mapping[Choice, int],
    sure: Mapping[str, Choice] | None = None,
) -> Result:
    """Open a ballot then, let so many vote so, and count it."""
    ballot = put_to_the_vote(stage, motion, days, wall)
    stage.play(some(stage, ballot, numbers, sure=sure))
    return close(stage, ballot)
