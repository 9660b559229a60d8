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
from medborger.demo.council import meetings, votes
from medborger.demo.council.discussions import moved
from medborger.demo.council.stage import FOUNDED, Stage
from medborger.demo.people import SINCE
from medborger.demo.plan import FOLDER
from medborger.demo.scene import Cue
from medborger.demo.year import chance

FOR, AGAINST, BLANK = Choice.FOR, Choice.AGAINST, Choice.BLANK


def tell_kvarterhusledelsen(stage: Stage) -> None:
    """Six residents: proxies and days of review turned on, a tie that the chair breaks, money by a show of hands, an open ballot, a
    motion that is talked about.
    """
    names: list[str] = stage.texts["seats"]
    _found_board(stage, names)
    people = dict(zip(names, [stage.login("raad"), *_residents(stage, len(names) - 1)], strict=True))
    stage.put_on_seats(people, {stage.texts["chair"]: stage.login("suppleant")})
    stage.write_rules()
    votes.hold(stage, moved(stage, "fuldmagt", -100, "19.00"), -95, "17.00", {FOR: 5, AGAINST: 1})
    _broken_tie(stage, moved(stage, "grill", -52, "18.10"), names)
    budget = moved(stage, "budget", -27, "17.20")
    meetings.held(stage)
    _show_of_hands(stage, budget, names)
    _open_ballot(stage, moved(stage, "barnevogne", -8, "19.30"), names)
    moved(stage, "baenke", -2, "12.45")


def _found_board(stage: Stage, names: Sequence[str]) -> None:
    """The manager writes in the seats that the residents or the tenants have decided on, and whom they chose as chair."""
    stage.found(stage.texts["name"], stage.texts["preset"])
    manager = Access.of(stage.login("leder"))
    with stage.at(FOUNDED, "10.00"):
        for name in names:
            councils.give_seat(council=stage.council, name=name, by=manager)
        stage.find_seats()
        councils.choose_chair(seat=stage.seats[stage.texts["chair"]], by=manager)
    stage.find_seats()


def _residents(stage: Stage, number: int) -> list[User]:
    """Invented residents in the actor that the board is, besides its log-ins."""
    names = tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8"))
    example = stage.login("raad")
    slug = stage.house.plan.slug
    users = User.objects.bulk_create(
        User(
            email=f"beboer-{place}@{slug}.example",
            name=" ".join(_drawn(stage, names[which].split(), which, place) for which in ("first", "last")),
            password=example.password,
            joined_at=example.joined_at,
            seen_on=example.seen_on,
        )
        for place in range(1, number + 1)
    )
    actor = stage.house.actors[stage.texts["actor"]]
    Membership.objects.bulk_create(
        Membership(user=user, actor=actor, role=ActorRole.MEMBER, since=stage.today - SINCE) for user in users
    )
    return users


def _drawn(stage: Stage, names: Sequence[str], which: str, place: int) -> str:
    return names[int(chance(stage.seed, stage.story, which, place) * len(names))]


def _broken_tie(stage: Stage, motion: Motion, names: Sequence[str]) -> None:
    ballot = votes.put_to_the_vote(stage, motion, -47, "17.00")
    choices = [FOR, AGAINST, AGAINST, FOR, AGAINST, FOR]
    stage.play(
        Cue(stage.moment(-46 + place % 4, "18.15"), partial(votes.vote, stage, ballot, name, choice))
        for place, (name, choice) in enumerate(zip(names, choices, strict=True))
    )
    votes.close(stage, ballot)


def _show_of_hands(stage: Stage, motion: Motion, names: Sequence[str]) -> None:
    """The chair enters the hands, its own too, and another seat confirms them."""
    days, (chair, second, third) = stage.days_of_meeting("held"), names[:3]
    choices = {stage.seats[name].pk: BLANK if name == third else FOR for name in names}
    with stage.at(days, "18.40"):
        (ballot,) = actions.open_ballots(motion=motion, method=Method.HANDS, by=stage.on(chair))
        actions.enter(ballot=ballot, choices=choices, seen=fingerprint([]), by=stage.on(chair))
        actions.confirm(ballot=ballot, seen=fingerprint(ballot.hand_votes.all()), by=stage.on(second))
    with stage.at(days, "18.55"):
        actions.end_show_of_hands(ballot=ballot, by=stage.on(chair))


def _open_ballot(stage: Stage, motion: Motion, names: Sequence[str]) -> None:
    """Two thirds of the board have voted, one of them by proxy; the chair has not."""
    ballot = votes.put_to_the_vote(stage, motion, -2, "17.30")
    giver, holder = stage.seats[names[4]], stage.seats[names[3]]
    give = partial(actions.give_proxy, ballot=ballot, giver=giver, holder=holder, by=stage.on(names[4]))
    by_proxy = partial(actions.vote, ballot=ballot, seat=giver, choice=FOR, by=stage.on(names[3]))
    stage.play(
        [
            Cue(stage.moment(-2, "17.35"), partial(votes.vote, stage, ballot, names[5], FOR)),
            Cue(stage.moment(-2, "21.15"), give),
            Cue(stage.moment(-1, "8.20"), partial(votes.vote, stage, ballot, names[3], FOR)),
            Cue(stage.moment(-1, "8.21"), by_proxy),
            Cue(stage.moment(-1, "16.45"), partial(votes.vote, stage, ballot, names[1], AGAINST)),
        ]
    )


def tell_lejerforeningen(stage: Stage) -> None:
    """Seven tenants: a tie that was voted on again, a secret ballot that is open, and a motion that is talked about."""
    seats: dict[str, str] = stage.texts["seats"]
    names = list(seats)
    _found_board(stage, names)
    contacts = {name: stage.house.bookers[actor][0] for name, actor in seats.items() if actor}
    chair = stage.texts["chair"]
    stage.put_on_seats({chair: stage.login("raad"), **contacts}, {chair: stage.login("suppleant")})
    stage.write_rules()
    reception = moved(stage, "reception", -54, "11.00")
    _secretly(stage, reception, -45, names, [FOR, AGAINST, FOR, AGAINST, BLANK, FOR, AGAINST])
    _secretly(stage, reception, -30, names, [FOR, AGAINST, FOR, FOR, BLANK, FOR, FOR])
    _secretly(stage, moved(stage, "lokaler", -13, "14.10"), -3, names[1:], [FOR, AGAINST, FOR, FOR])
    moved(stage, "cykler", -5, "9.30")


def _secretly(stage: Stage, motion: Motion, days: int, names: Sequence[str], choices: Sequence[Choice]) -> None:
    """The first of the seats cast, a morning and an afternoon each; when its time is over by now, the ballot is counted."""
    ballot = votes.put_to_the_vote(stage, motion, days, "15.00")
    stage.play(
        Cue(
            stage.moment(days + (place + 1) // 2, "9.10" if place % 2 else "16.20"),
            partial(_cast, stage, ballot, name, choice),
        )
        for place, (name, choice) in enumerate(zip(names, choices, strict=False))
    )
    if ballot.closes_at < stage.moment(0, "0.00"):
        votes.close(stage, ballot)


def _cast(stage: Stage, ballot: Ballot, name: str, choice: Choice) -> None:
    """The code is the voter's own, and forgotten here as everywhere."""
    actions.cast_secret(ballot=ballot, seat=stage.seats[name], choice=choice, by=stage.on(name))
