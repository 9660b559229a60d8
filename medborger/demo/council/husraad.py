"""The Husråd in Foreningernes Hus: all that a council of associations comes to do in a year and a half, told by its texts."""

from __future__ import annotations

from functools import partial

from actors.council.ballots import actions as ballot_actions
from actors.council.discussion import actions
from actors.council.enums import Choice
from actors.council.models import Ballot
from actors.council.motions import actions as motion_actions
from actors.models import User
from medborger.demo.council import council_meetings, notices_and_disputes, votes
from medborger.demo.council.council_timeline import CouncilTimeline
from medborger.demo.council.discussions import moved
from medborger.demo.timeline import Step

FOR, AGAINST, BLANK = Choice.FOR, Choice.AGAINST, Choice.BLANK
UNDECIDED = ("Folkedanserne", "Brætspilsklubben")  # the log-ins raad@ and medlem@ find the open ballot waiting


def build(timeline: CouncilTimeline) -> None:
    """All of it, in the order in which the motions got their numbers."""
    timeline.found(timeline.texts["name"], timeline.texts["preset"])
    timeline.put_on_seats(_representatives(timeline), _deputies(timeline))
    timeline.write_rules()
    _long_ago(timeline)
    _lately(timeline)
    notices_and_disputes.first_breach(timeline)
    dispute = notices_and_disputes.workshop_dispute(timeline)
    votes.hold(timeline, moved(timeline, "affald", -33, "19.15"), -21, "18.00", {FOR: 36, AGAINST: 4, BLANK: 2})
    notices_and_disputes.put_to_council(timeline, dispute)
    _quiet_evenings(timeline)
    notices_and_disputes.later_breaches(timeline)
    _in_discussion(timeline)
    timeline.draft("spejle", -2, "21.10")
    council_meetings.held(timeline)


def _representatives(timeline: CouncilTimeline) -> dict[str, User]:
    """Every association's contact; of Folkedanserne the log-in raad@."""
    contacts = {name: timeline.house.bookers[name][0] for name in timeline.seats}
    return {**contacts, "Folkedanserne": timeline.login("raad")}


def _deputies(timeline: CouncilTimeline) -> dict[str, User]:
    phone_only = timeline.house.bookers["Somaliske Kvinders Netværk"][-1]
    return {"Folkedanserne": timeline.login("suppleant"), "Somaliske Kvinders Netværk": phone_only}


def _long_ago(timeline: CouncilTimeline) -> None:
    votes.hold(timeline, moved(timeline, "komfur", -400, "18.30"), -392, "19.00", {FOR: 29, AGAINST: 3, BLANK: 1})
    _withdrawn(timeline)
    votes.hold(timeline, moved(timeline, "koeleskab", -230, "17.10"), -221, "18.15", {FOR: 27, AGAINST: 6})
    votes.hold(timeline, moved(timeline, "sko", -160, "20.05"), -150, "19.20", {FOR: 22, AGAINST: 9, BLANK: 2})
    votes.hold(timeline, moved(timeline, "gardiner", -130, "16.45"), -121, "17.00", {FOR: 15, AGAINST: 3, BLANK: 1})


def _withdrawn(timeline: CouncilTimeline) -> None:
    motion = moved(timeline, "jul", -352, "19.40")
    with timeline.at(-346, "20.15"):
        by = timeline.on(motion.mover.name)
        actions.comment(motion=motion, seat=motion.mover, text=timeline.texts["said"]["jul"], by=by)
        motion_actions.withdraw(motion=motion, by=by)


def _lately(timeline: CouncilTimeline) -> None:
    said_no = {"Eritreisk Fællesskab Selam": AGAINST, "Fædrenes Netværk": AGAINST}
    votes.hold(
        timeline, moved(timeline, "soendag", -65, "18.20"), -55, "18.00", {FOR: 17, AGAINST: 29, BLANK: 4}, said_no
    )
    votes.hold(timeline, moved(timeline, "service", -49, "17.30"), -35, "18.30", {FOR: 44, AGAINST: 5, BLANK: 3})


def _quiet_evenings(timeline: CouncilTimeline) -> None:
    """The ballot that is open now. 38 seats have voted."""
    said = timeline.texts["said"]
    motion = moved(timeline, "ro", -13, "17.45")
    with timeline.at(-11, "20.30"):
        amendment = actions.propose(
            motion=motion,
            seat=timeline.seats["Dabkegruppen Zaytun"],
            base=motion.texts.latest("number"),
            text=said["ro_aendring"],
            short=motion.texts.latest("number").short,
            reason=said["ro_aendring_hvorfor"],
            by=timeline.on("Dabkegruppen Zaytun"),
        )
    with timeline.at(-10, "9.40"):
        actions.take_in(amendment=amendment, by=timeline.on("Syklubben"))
    ballot = votes.put_to_the_vote(timeline, motion, -3, "16.00")
    in_their_own_way = (
        "Syklubben",
        "Nabokoret",
        "Skakklubben",
        "Somaliske Kvinders Netværk",
        "Pensionistklubben Çınar",
        "Yogakredsen",
    )
    others = votes.some(timeline, ballot, {FOR: 23, AGAINST: 8, BLANK: 2}, without=(*UNDECIDED, *in_their_own_way))
    timeline.run([*others, *_in_their_own_way(timeline, ballot)])


def _in_their_own_way(timeline: CouncilTimeline, ballot: Ballot) -> list[Step]:
    """Five votes: two with a reason, a changed mind, a deputy; and a seat that is recused."""
    said, seats = timeline.texts["said"], timeline.seats
    deputy = timeline.member(timeline.house.bookers["Somaliske Kvinders Netværk"][-1])
    by_deputy = partial(
        ballot_actions.vote, ballot=ballot, seat=seats["Somaliske Kvinders Netværk"], choice=BLANK, by=deputy
    )
    recuse = partial(
        actions.recuse,
        motion=ballot.motion,
        seat=seats["Yogakredsen"],
        reason=said["ro_inhabil"],
        by=timeline.on("Yogakredsen"),
    )
    own = partial(votes.vote, timeline, ballot)
    return [
        Step(timeline.moment(-3, "16.10"), partial(own, "Syklubben", FOR)),
        Step(timeline.moment(-3, "18.05"), partial(own, "Nabokoret", FOR, said["ro_ja"])),
        Step(timeline.moment(-3, "19.20"), partial(own, "Skakklubben", AGAINST, said["ro_nej"])),
        Step(timeline.moment(-2, "10.15"), recuse),
        Step(timeline.moment(-2, "11.30"), by_deputy),
        Step(timeline.moment(-2, "18.10"), partial(own, "Pensionistklubben Çınar", FOR)),
        Step(timeline.moment(-1, "19.45"), partial(own, "Skakklubben", FOR)),
    ]


def _in_discussion(timeline: CouncilTimeline) -> None:
    """One that can be put to the vote, one on how the council works, and one that is talked about."""
    moved(timeline, "hylder", -10, "20.20")
    moved(timeline, "laengere", -6, "18.50")
    cleaning = moved(timeline, "rengoering", -5, "15.30")
    said, base = timeline.texts["said"], cleaning.texts.latest("number")
    for number, (name, days, wall) in enumerate([("Lektiehjælpen", -4, "18.40"), ("Haveforeningen", -2, "16.05")], 1):
        with timeline.at(days, wall):
            actions.propose(
                motion=cleaning,
                seat=timeline.seats[name],
                base=base,
                text=said[f"rengoering_{number}"],
                short=base.short,
                reason=said[f"rengoering_{number}_hvorfor"],
                by=timeline.on(name),
            )
    with timeline.at(-4, "21.00"):
        actions.recuse(
            motion=cleaning,
            seat=timeline.seats["Jobklubben"],
            reason=said["rengoering_inhabil"],
            by=timeline.on("Jobklubben"),
        )
