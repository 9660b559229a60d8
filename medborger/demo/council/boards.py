"""Two boards of persons: the Kvarterhusledelse, which decides by hands and by its chair, and the Lejerforening, which votes in secret."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import partial

from actors.access import Access
from actors.council.ballots import actions
from actors.council.ballots.actions.hands import fingerprint
from actors.council.enums import Choice, Method
from actors.council.models import Ballot, Motion
from actors.council.seats import actions as councils
from actors.enums import ActorRole
from actors.models import Membership, User
from medborger.demo.council import council_meetings, votes
from medborger.demo.council.council_timeline import FOUNDED, CouncilTimeline
from medborger.demo.council.discussions import moved
from medborger.demo.house_people import SINCE
from medborger.demo.plan import FOLDER
from medborger.demo.timeline import Step
from medborger.demo.year import chance

FOR, AGAINST, BLANK = Choice.FOR, Choice.AGAINST, Choice.BLANK


def build_kvarterhusledelsen(timeline: CouncilTimeline) -> None:
    """Six residents: proxies and days of review turned on, a tie that the chair breaks, money by a show of hands, an open ballot, a
    motion that is talked about.
    """
    names: list[str] = timeline.texts["seats"]
    _found_board(timeline, names)
    people = dict(zip(names, [timeline.login("raad"), *_residents(timeline, len(names) - 1)], strict=True))
    timeline.put_on_seats(people, {timeline.texts["chair"]: timeline.login("suppleant")})
    timeline.write_rules()
    votes.hold(timeline, moved(timeline, "fuldmagt", -100, "19.00"), -95, "17.00", {FOR: 5, AGAINST: 1})
    _broken_tie(timeline, moved(timeline, "grill", -52, "18.10"), names)
    budget = moved(timeline, "budget", -27, "17.20")
    council_meetings.held(timeline)
    _show_of_hands(timeline, budget, names)
    _open_ballot(timeline, moved(timeline, "barnevogne", -8, "19.30"), names)
    moved(timeline, "baenke", -2, "12.45")


def _found_board(timeline: CouncilTimeline, names: Sequence[str]) -> None:
    """The manager writes in the seats that the residents or the tenants have decided on, and whom they chose as chair."""
    timeline.found(timeline.texts["name"], timeline.texts["preset"])
    manager = Access.of(timeline.login("leder"))
    with timeline.at(FOUNDED, "10.00"):
        for name in names:
            councils.give_seat(council=timeline.council, name=name, by=manager)
        timeline.find_seats()
        councils.choose_chair(seat=timeline.seats[timeline.texts["chair"]], by=manager)
    timeline.find_seats()


def _residents(timeline: CouncilTimeline, number: int) -> list[User]:
    """Invented residents in the actor that the board is, besides its log-ins."""
    names = tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8"))
    example = timeline.login("raad")
    slug = timeline.house.plan.slug
    users = User.objects.bulk_create(
        User(
            email=f"beboer-{place}@{slug}.example",
            name=" ".join(_drawn(timeline, names[which].split(), which, place) for which in ("first", "last")),
            password=example.password,
            joined_at=example.joined_at,
            seen_on=example.seen_on,
        )
        for place in range(1, number + 1)
    )
    actor = timeline.house.actors[timeline.texts["actor"]]
    Membership.objects.bulk_create(
        Membership(user=user, actor=actor, role=ActorRole.MEMBER, since=timeline.today - SINCE) for user in users
    )
    return users


def _drawn(timeline: CouncilTimeline, names: Sequence[str], which: str, place: int) -> str:
    return names[int(chance(timeline.seed, timeline.name, which, place) * len(names))]


def _broken_tie(timeline: CouncilTimeline, motion: Motion, names: Sequence[str]) -> None:
    ballot = votes.put_to_the_vote(timeline, motion, -47, "17.00")
    choices = [FOR, AGAINST, AGAINST, FOR, AGAINST, FOR]
    timeline.run(
        Step(timeline.moment(-46 + place % 4, "18.15"), partial(votes.vote, timeline, ballot, name, choice))
        for place, (name, choice) in enumerate(zip(names, choices, strict=True))
    )
    votes.close(timeline, ballot)


def _show_of_hands(timeline: CouncilTimeline, motion: Motion, names: Sequence[str]) -> None:
    """The chair enters the hands, its own too, and another seat confirms them."""
    days, (chair, second, third) = timeline.days_of_meeting("held"), names[:3]
    choices = {timeline.seats[name].pk: BLANK if name == third else FOR for name in names}
    with timeline.at(days, "18.40"):
        (ballot,) = actions.open_ballots(motion=motion, method=Method.HANDS, by=timeline.on(chair))
        actions.enter(ballot=ballot, choices=choices, seen=fingerprint([]), by=timeline.on(chair))
        actions.confirm(ballot=ballot, seen=fingerprint(ballot.hand_votes.all()), by=timeline.on(second))
    with timeline.at(days, "18.55"):
        actions.end_show_of_hands(ballot=ballot, by=timeline.on(chair))


def _open_ballot(timeline: CouncilTimeline, motion: Motion, names: Sequence[str]) -> None:
    """Two thirds of the board have voted, one of them by proxy; the chair has not."""
    ballot = votes.put_to_the_vote(timeline, motion, -2, "17.30")
    giver, holder = timeline.seats[names[4]], timeline.seats[names[3]]
    give = partial(actions.give_proxy, ballot=ballot, giver=giver, holder=holder, by=timeline.on(names[4]))
    by_proxy = partial(actions.vote, ballot=ballot, seat=giver, choice=FOR, by=timeline.on(names[3]))
    timeline.run(
        [
            Step(timeline.moment(-2, "17.35"), partial(votes.vote, timeline, ballot, names[5], FOR)),
            Step(timeline.moment(-2, "21.15"), give),
            Step(timeline.moment(-1, "8.20"), partial(votes.vote, timeline, ballot, names[3], FOR)),
            Step(timeline.moment(-1, "8.21"), by_proxy),
            Step(timeline.moment(-1, "16.45"), partial(votes.vote, timeline, ballot, names[1], AGAINST)),
        ]
    )


def build_lejerforeningen(timeline: CouncilTimeline) -> None:
    """Seven tenants: a tie that was voted on again, a secret ballot that is open, and a motion that is talked about."""
    seats: dict[str, str] = timeline.texts["seats"]
    names = list(seats)
    _found_board(timeline, names)
    contacts = {name: timeline.house.bookers[actor][0] for name, actor in seats.items() if actor}
    chair = timeline.texts["chair"]
    timeline.put_on_seats({chair: timeline.login("raad"), **contacts}, {chair: timeline.login("suppleant")})
    timeline.write_rules()
    reception = moved(timeline, "reception", -54, "11.00")
    _secretly(timeline, reception, -45, names, [FOR, AGAINST, FOR, AGAINST, BLANK, FOR, AGAINST])
    _secretly(timeline, reception, -30, names, [FOR, AGAINST, FOR, FOR, BLANK, FOR, FOR])
    _secretly(timeline, moved(timeline, "lokaler", -13, "14.10"), -3, names[1:], [FOR, AGAINST, FOR, FOR])
    moved(timeline, "cykler", -5, "9.30")


def _secretly(
    timeline: CouncilTimeline, motion: Motion, days: int, names: Sequence[str], choices: Sequence[Choice]
) -> None:
    """The first of the seats cast, a morning and an afternoon each; when its time is over by now, the ballot is counted."""
    ballot = votes.put_to_the_vote(timeline, motion, days, "15.00")
    timeline.run(
        Step(
            timeline.moment(days + (place + 1) // 2, "9.10" if place % 2 else "16.20"),
            partial(_cast, timeline, ballot, name, choice),
        )
        for place, (name, choice) in enumerate(zip(names, choices, strict=False))
    )
    if ballot.closes_at < timeline.moment(0, "0.00"):
        votes.close(timeline, ballot)


def _cast(timeline: CouncilTimeline, ballot: Ballot, name: str, choice: Choice) -> None:
    """The code is the voter's own, and forgotten here as everywhere."""
    actions.cast_secret(ballot=ballot, seat=timeline.seats[name], choice=choice, by=timeline.on(name))
