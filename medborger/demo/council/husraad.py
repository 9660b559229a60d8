"""The Husråd in Foreningernes Hus: all that a council of associations comes to do in a year and a half, told by its texts."""

from __future__ import annotations

from functools import partial

from actors.council.ballots import actions as ballot_actions
from actors.council.discussion import actions
from actors.council.enums import Choice
from actors.council.models import Ballot
from actors.council.motions import actions as motion_actions
from actors.models import User
from medborger.demo.council import enforcement, meetings, votes
from medborger.demo.council.discussions import moved
from medborger.demo.council.stage import Stage
from medborger.demo.scene import Cue

FOR, AGAINST, BLANK = Choice.FOR, Choice.AGAINST, Choice.BLANK
UNDECIDED = ("Folkedanserne", "Brætspilsklubben")  # the log-ins raad@ and medlem@ find the open ballot waiting


def tell(stage: Stage) -> None:
    """The whole story, in the order in which the motions got their numbers."""
    stage.found(stage.texts["name"], stage.texts["preset"])
    stage.put_on_seats(_representatives(stage), _deputies(stage))
    stage.write_rules()
    _long_ago(stage)
    _lately(stage)
    enforcement.first_breach(stage)
    dispute = enforcement.workshop_dispute(stage)
    votes.hold(stage, moved(stage, "affald", -33, "19.15"), -21, "18.00", {FOR: 36, AGAINST: 4, BLANK: 2})
    enforcement.put_to_council(stage, dispute)
    _quiet_evenings(stage)
    enforcement.later_breaches(stage)
    _in_discussion(stage)
    stage.draft("spejle", -2, "21.10")
    meetings.held(stage)


def _representatives(stage: Stage) -> dict[str, User]:
    """Every association's contact; of Folkedanserne the log-in raad@."""
    contacts = {name: stage.house.bookers[name][0] for name in stage.seats}
    return {**contacts, "Folkedanserne": stage.login("raad")}


def _deputies(stage: Stage) -> dict[str, User]:
    phone_only = stage.house.bookers["Somaliske Kvinders Netværk"][-1]
    return {"Folkedanserne": stage.login("suppleant"), "Somaliske Kvinders Netværk": phone_only}


def _long_ago(stage: Stage) -> None:
    votes.hold(stage, moved(stage, "komfur", -400, "18.30"), -392, "19.00", {FOR: 29, AGAINST: 3, BLANK: 1})
    _withdrawn(stage)
    votes.hold(stage, moved(stage, "koeleskab", -230, "17.10"), -221, "18.15", {FOR: 27, AGAINST: 6})
    votes.hold(stage, moved(stage, "sko", -160, "20.05"), -150, "19.20", {FOR: 22, AGAINST: 9, BLANK: 2})
    votes.hold(stage, moved(stage, "gardiner", -130, "16.45"), -121, "17.00", {FOR: 15, AGAINST: 3, BLANK: 1})


def _withdrawn(stage: Stage) -> None:
    motion = moved(stage, "jul", -352, "19.40")
    with stage.at(-346, "20.15"):
        by = stage.on(motion.mover.name)
        actions.comment(motion=motion, seat=motion.mover, text=stage.texts["said"]["jul"], by=by)
        motion_actions.withdraw(motion=motion, by=by)


def _lately(stage: Stage) -> None:
    said_no = {"Eritreisk Fællesskab Selam": AGAINST, "Fædrenes Netværk": AGAINST}
    votes.hold(stage, moved(stage, "soendag", -65, "18.20"), -55, "18.00", {FOR: 17, AGAINST: 29, BLANK: 4}, said_no)
    votes.hold(stage, moved(stage, "service", -49, "17.30"), -35, "18.30", {FOR: 44, AGAINST: 5, BLANK: 3})


def _quiet_evenings(stage: Stage) -> None:
    """The ballot that is open now. 38 seats have voted."""
    said = stage.texts["said"]
    motion = moved(stage, "ro", -13, "17.45")
    with stage.at(-11, "20.30"):
        amendment = actions.propose(
            motion=motion,
            seat=stage.seats["Dabkegruppen Zaytun"],
            base=motion.texts.latest("number"),
            text=said["ro_aendring"],
            short=motion.texts.latest("number").short,
            reason=said["ro_aendring_hvorfor"],
            by=stage.on("Dabkegruppen Zaytun"),
        )
    with stage.at(-10, "9.40"):
        actions.take_in(amendment=amendment, by=stage.on("Syklubben"))
    ballot = votes.put_to_the_vote(stage, motion, -3, "16.00")
    in_their_own_way = (
        "Syklubben",
        "Nabokoret",
        "Skakklubben",
        "Somaliske Kvinders Netværk",
        "Pensionistklubben Çınar",
        "Yogakredsen",
    )
    others = votes.some(stage, ballot, {FOR: 23, AGAINST: 8, BLANK: 2}, without=(*UNDECIDED, *in_their_own_way))
    stage.play([*others, *_in_their_own_way(stage, ballot)])


def _in_their_own_way(stage: Stage, ballot: Ballot) -> list[Cue]:
    """Five votes: two with a reason, a changed mind, a deputy; and a seat that is recused."""
    said, seats = stage.texts["said"], stage.seats
    deputy = stage.member(stage.house.bookers["Somaliske Kvinders Netværk"][-1])
    by_deputy = partial(
        ballot_actions.vote, ballot=ballot, seat=seats["Somaliske Kvinders Netværk"], choice=BLANK, by=deputy
    )
    recuse = partial(
        actions.recuse,
        motion=ballot.motion,
        seat=seats["Yogakredsen"],
        reason=said["ro_inhabil"],
        by=stage.on("Yogakredsen"),
    )
    own = partial(votes.vote, stage, ballot)
    return [
        Cue(stage.moment(-3, "16.10"), partial(own, "Syklubben", FOR)),
        Cue(stage.moment(-3, "18.05"), partial(own, "Nabokoret", FOR, said["ro_ja"])),
        Cue(stage.moment(-3, "19.20"), partial(own, "Skakklubben", AGAINST, said["ro_nej"])),
        Cue(stage.moment(-2, "10.15"), recuse),
        Cue(stage.moment(-2, "11.30"), by_deputy),
        Cue(stage.moment(-2, "18.10"), partial(own, "Pensionistklubben Çınar", FOR)),
        Cue(stage.moment(-1, "19.45"), partial(own, "Skakklubben", FOR)),
    ]


def _in_discussion(stage: Stage) -> None:
    """One that can be put to the vote, one on how the council works, and one that is talked about."""
    moved(stage, "hylder", -10, "20.20")
    moved(stage, "laengere", -6, "18.50")
    cleaning = moved(stage, "rengoering", -5, "15.30")
    said, base = stage.texts["said"], cleaning.texts.latest("number")
    for number, (name, days, wall) in enumerate([("Lektiehjælpen", -4, "18.40"), ("Haveforeningen", -2, "16.05")], 1):
        with stage.at(days, wall):
            actions.propose(
                motion=cleaning,
                seat=stage.seats[name],
                base=base,
                text=said[f"rengoering_{number}"],
                short=base.short,
                reason=said[f"rengoering_{number}_hvorfor"],
                by=stage.on(name),
            )
    with stage.at(-4, "21.00"):
        actions.recuse(
            motion=cleaning,
            seat=stage.seats["Jobklubben"],
            reason=said["rengoering_inhabil"],
            by=stage.on("Jobklubben"),
        )
